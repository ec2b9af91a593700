using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>
/// A few steps of hybrid input-output (Fienup, Appl. Opt. 21, 2758 (1982)) on a batch of objects: what the pattern says of them. Not
/// differentiated. The passes between the transforms are fused, on one thread (docs/decisions/0005-fused-passes.md).
/// </summary>
internal static class ModulusSteps
{
    private const float Beta = 0.9f;
    private const double Threshold = 0.12;
    private static readonly float[] Box = [1f / 3, 1f / 3, 1f / 3];
    private const float Tiny = 1e-30f;
    private static readonly long[] Axes = [-3, -2, -1];

    /// <summary>
    /// <c>P_M x</c>: the object whose far field has the measured modulus and the phases of x's, unmeasured voxels unchanged.
    /// </summary>
    /// <param name="psi">complex64 <c>[batch, z, y, x]</c>, centred, borrowed.</param>
    /// <param name="pattern">Borrowed.</param>
    public static Tensor Project(Tensor psi, PatternInput pattern)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        // Being centred only multiplies the field by unit phases, which the projection keeps.
        Tensor field = fft.fftn(psi, dim: Axes, norm: FFTNormType.Ortho).contiguous();
        Impose(field, pattern.Amplitude);
        return fft.ifftn(field, dim: Axes, norm: FFTNormType.Ortho).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Voxels that an object fills: the modulus, blurred over 3^3 voxels, above a share of its maximum; bool.</summary>
    public static Tensor Support(Tensor psi)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        Tensor blurred = psi.abs().contiguous();
        for (long i = 0; i < blurred.shape[0]; i++)
        {
            GaussianBlur.ApplyFused(blurred[i], Box);
        }

        return blurred.ge(blurred.amax(Axes, keepdim: true).Times(Threshold)).MoveToOuterDisposeScope();
    }

    /// <summary>Runs the steps from an object within its support.</summary>
    /// <returns>The first projection, <c>P_M psi</c>, and the last.</returns>
    public static (Tensor First, Tensor Last) Run(Tensor psi, Tensor support, PatternInput pattern, int steps)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        Tensor inside = support.to(ScalarType.Float32).contiguous();
        Tensor x = psi.detach().clone().contiguous();
        Tensor first = Project(x, pattern);
        Tensor projected = first;
        for (int step = 0; step < steps; step++)
        {
            FeedBack(x, projected, inside);
            projected = Project(x, pattern);
        }

        return (first.MoveToOuterDisposeScope(), projected.MoveToOuterDisposeScope());
    }

    // F -> A F/|F| where A is known.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Impose(Tensor field, Tensor amplitude)
    {
        float* f = NativeMemory.Floats(field);
        float* a = NativeMemory.Floats(amplitude);
        long voxels = amplitude.numel();
        Vector512<float> tiny = Vector512.Create(Tiny);
        // Edges are multiples of 8: no voxel is left over.
        for (long i = 0; i < voxels; i += 8)
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
    }

    // x -> P x inside the support, x - beta P x outside.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void FeedBack(Tensor x, Tensor projected, Tensor inside)
    {
        float* old = NativeMemory.Floats(x);
        float* p = NativeMemory.Floats(projected);
        float* s = NativeMemory.Floats(inside);
        long voxels = inside.numel();
        Vector512<float> minusBeta = Vector512.Create(-Beta);
        for (long i = 0; i < voxels; i += 8)
        {
            Vector512<float> isWithin = Vector512.GreaterThan(Spread(s + i), Vector512<float>.Zero);
            Vector512<float> next = Vector512.Load(p + (2 * i));
            Vector512<float> fed = Vector512.Load(old + (2 * i)) + (next * minusBeta);
            Vector512.Store(Vector512.ConditionalSelect(isWithin, next, fed), old + (2 * i));
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
