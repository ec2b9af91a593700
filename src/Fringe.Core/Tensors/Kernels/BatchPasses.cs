using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>
/// The passes between the transforms of hybrid input-output (Fienup, Appl. Opt. 21, 2758 (1982)) on a batch of objects, as an unrolled
/// network takes them: fused on one thread where the memory can be reached, in torch calls on any other device
/// (docs/decisions/0005-fused-passes.md).
/// </summary>
public static class BatchPasses
{
    private const float Tiny = 1e-30f;
    private static readonly float[] Neighbours = [1f / 3, 1f / 3, 1f / 3];

    /// <summary><c>F -> A F/|F|</c> where A is known, in place.</summary>
    /// <param name="field">F: complex64 <c>[batch, z, y, x]</c>, contiguous; changed.</param>
    /// <param name="amplitude">A: float32, same shape and order, negative where it was not measured; borrowed.</param>
    /// <exception cref="ArgumentException">Wrong dtypes or shapes.</exception>
    public static void Impose(Tensor field, Tensor amplitude)
    {
        Check(field, amplitude);
        if (NativeMemory.IsReachable(field, amplitude))
        {
            ImposeFused(field, amplitude);
        }
        else
        {
            ImposeWithTorch(field, amplitude);
        }
    }

    /// <summary><c>x -> P x</c> inside the support, <c>x - beta P x</c> outside, in place.</summary>
    /// <param name="x">complex64 <c>[batch, z, y, x]</c>, contiguous; changed.</param>
    /// <param name="projected"><c>P x</c>: complex64, same shape; borrowed.</param>
    /// <param name="inside">The support: float32, same shape, above 0 inside; borrowed.</param>
    /// <param name="beta">How strongly what lies outside is fed back.</param>
    /// <exception cref="ArgumentException">Wrong dtypes or shapes.</exception>
    public static void FeedBack(Tensor x, Tensor projected, Tensor inside, double beta)
    {
        Check(x, inside);
        Check(projected, inside);
        if (NativeMemory.IsReachable(x, projected, inside))
        {
            FeedBackFused(x, projected, inside, (float)beta);
        }
        else
        {
            FeedBackWithTorch(x, projected, inside, beta);
        }
    }

    /// <summary>Replaces each voxel by the mean of the 3^3 about it, with zeros beyond the faces, in place.</summary>
    /// <param name="volumes">float32 <c>[batch, z, y, x]</c>, contiguous; changed.</param>
    public static void AverageNeighbours(Tensor volumes)
    {
        using var scope = NewDisposeScope();
        for (long i = 0; i < volumes.shape[0]; i++)
        {
            GaussianBlur.Apply(volumes[i], Neighbours);
        }
    }

    internal static void ImposeWithTorch(Tensor field, Tensor amplitude)
    {
        using var scope = NewDisposeScope();
        Tensor intensity = field.real.Squared().Plus(field.imag.Squared());
        Tensor ratio = amplitude * intensity.AtLeast(Tiny).rsqrt();
        Tensor kept = where(amplitude.IsAtLeast(0), ratio, ones_like(ratio));
        view_as_real(field).mul_(kept.unsqueeze(-1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void ImposeFused(Tensor field, Tensor amplitude)
    {
        float* f = NativeMemory.Floats(field);
        float* a = NativeMemory.Floats(amplitude);
        long voxels = amplitude.numel();
        Vector512<float> tiny = Vector512.Create(Tiny);
        long i = 0;
        for (; i + 8 <= voxels; i += 8)
        {
            Vector512<float> value = Vector512.Load(f + (2 * i));
            Vector512<float> square = value * value;
            Vector512<float> intensity =
                square
                + Vector512.Shuffle(square, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
            Vector512<float> target = Spread(a + i);
            Vector512<float> known = Vector512.GreaterThanOrEqual(target, Vector512<float>.Zero);
            Vector512<float> ratio = target * ReciprocalSqrt(Vector512.Max(intensity, tiny));
            Vector512.Store(value * Vector512.ConditionalSelect(known, ratio, Vector512<float>.One), f + (2 * i));
        }

        for (; i < voxels; i++)
        {
            (float re, float im) = (f[2 * i], f[(2 * i) + 1]);
            float ratio = a[i] >= 0 ? a[i] / MathF.Sqrt(MathF.Max((re * re) + (im * im), Tiny)) : 1;
            f[2 * i] = re * ratio;
            f[(2 * i) + 1] = im * ratio;
        }
    }

    internal static void FeedBackWithTorch(Tensor x, Tensor projected, Tensor inside, double beta)
    {
        using var scope = NewDisposeScope();
        Tensor old = view_as_real(x);
        Tensor next = view_as_real(projected);
        Tensor isWithin = inside.IsAbove(0).unsqueeze(-1);
        old.copy_(where(isWithin, next, old.Plus(next.Times(-beta))));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void FeedBackFused(Tensor x, Tensor projected, Tensor inside, float beta)
    {
        float* old = NativeMemory.Floats(x);
        float* p = NativeMemory.Floats(projected);
        float* s = NativeMemory.Floats(inside);
        long voxels = inside.numel();
        Vector512<float> minusBeta = Vector512.Create(-beta);
        long i = 0;
        for (; i + 8 <= voxels; i += 8)
        {
            Vector512<float> isWithin = Vector512.GreaterThan(Spread(s + i), Vector512<float>.Zero);
            Vector512<float> next = Vector512.Load(p + (2 * i));
            Vector512<float> fed = Vector512.Load(old + (2 * i)) + (next * minusBeta);
            Vector512.Store(Vector512.ConditionalSelect(isWithin, next, fed), old + (2 * i));
        }

        for (long k = 2 * i; k < 2 * voxels; k++)
        {
            old[k] = s[k / 2] > 0 ? p[k] : old[k] - (beta * p[k]);
        }
    }

    private static void Check(Tensor values, Tensor weights)
    {
        if (
            values.dtype != ScalarType.ComplexFloat32
            || weights.dtype != ScalarType.Float32
            || !values.shape.SequenceEqual(weights.shape)
        )
        {
            throw new ArgumentException(
                "objects and fields are complex64, amplitudes and supports float32 of their shape"
            );
        }
    }

    // Eight values, each twice: for the real and the imaginary part.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<float> Spread(float* values)
    {
        Vector256<float> eight = Vector256.Load(values);
        return Vector512.Shuffle(
            Vector512.Create(eight, eight),
            Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)
        );
    }

    // An estimate of 14 bits, doubled by one step of Newton's: a root and a division take several times as long.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReciprocalSqrt(Vector512<float> value)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512<float>.One / Vector512.Sqrt(value);
        }

        Vector512<float> estimate = Avx512F.ReciprocalSqrt14(value);
        return estimate * (Vector512.Create(1.5f) - (value * 0.5f * estimate * estimate));
    }
}
