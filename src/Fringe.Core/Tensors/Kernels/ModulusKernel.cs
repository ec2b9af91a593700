using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>The pass of the modulus projection over a far field: <c>F -> A F/|F|</c> where A is known.</summary>
internal static class ModulusKernel
{
    private const float Tiny = 1e-20f;

    /// <summary>Replaces the modulus of F by A where A is not negative, in place.</summary>
    /// <param name="field">F: complex64 <c>[z, y, x]</c>, changed.</param>
    /// <param name="amplitude">A: float32, same shape and order; a negative number leaves F as it is; borrowed.</param>
    /// <returns>Sums of <c>|F| A</c> and <c>|F|^2</c> as it was, over the voxels where A is known.</returns>
    public static (double Cross, double Model) Impose(Tensor field, Tensor amplitude) =>
        NativeMemory.IsReachable(field, amplitude) ? ImposeFused(field, amplitude) : ImposeWithTorch(field, amplitude);

    /// <summary>The modulus of F replaced by A where A is not negative, in torch calls, for any device.</summary>
    /// <inheritdoc cref="Impose" path="/param"/>
    /// <inheritdoc cref="Impose" path="/returns"/>
    public static (double Cross, double Model) ImposeWithTorch(Tensor field, Tensor amplitude)
    {
        using var scope = NewDisposeScope();
        Tensor modulus = field.abs();
        Tensor constrained = amplitude.IsAtLeast(0);
        Tensor known = where(constrained, modulus, zeros_like(modulus));
        double cross = (known * amplitude).sum(ScalarType.Float64).item<double>();
        double model = known.Squared().sum(ScalarType.Float64).item<double>();
        Tensor ratio = where(constrained, amplitude / modulus.AtLeast(Tiny), ones_like(modulus));
        view_as_real(field).mul_(ratio.unsqueeze(-1));
        return (cross, model);
    }

    /// <summary>The modulus of F replaced by A where A is not negative, in one pass in place of about ten; sums in float64 every few thousand voxels.</summary>
    /// <inheritdoc cref="Impose" path="/param"/>
    /// <inheritdoc cref="Impose" path="/returns"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe (double Cross, double Model) ImposeFused(Tensor field, Tensor amplitude)
    {
        float* f = NativeMemory.Floats(field);
        float* a = NativeMemory.Floats(amplitude);
        long voxels = amplitude.numel();
        const int Block = 4096;
        Vector256<float> tiny = Vector256.Create(Tiny);
        Vector256<int> swap = Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6);
        Vector256<int> spread = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
        double cross = 0;
        double model = 0;
        long i = 0;
        while (i + 4 <= voxels)
        {
            Vector256<float> blockCross = Vector256<float>.Zero;
            Vector256<float> blockModel = Vector256<float>.Zero;
            long end = Math.Min(voxels - 3, i + Block);
            for (; i < end; i += 4)
            {
                // Four voxels (re, im pairs); square, modulus and amplitude stand twice, once for each of the pair.
                Vector256<float> value = Vector256.Load(f + (2 * i));
                Vector256<float> square = value * value;
                square += Vector256.Shuffle(square, swap);
                Vector128<float> four = Vector128.Load(a + i);
                Vector256<float> target = Vector256.Shuffle(Vector256.Create(four, four), spread);
                Vector256<float> constrained = Vector256.GreaterThanOrEqual(target, Vector256<float>.Zero);
                Vector256<float> modulus = Vector256.Sqrt(square);
                Vector256<float> ratio = target / Vector256.Max(modulus, tiny);
                blockCross += (modulus * target) & constrained;
                blockModel += square & constrained;
                (value * Vector256.ConditionalSelect(constrained, ratio, Vector256<float>.One)).Store(f + (2 * i));
            }

            cross += Vector256.Sum(blockCross) / 2;
            model += Vector256.Sum(blockModel) / 2;
        }

        for (; i < voxels; i++)
        {
            if (a[i] < 0)
            {
                continue;
            }

            float re = f[2 * i];
            float im = f[(2 * i) + 1];
            float modulus = MathF.Sqrt((re * re) + (im * im));
            float ratio = a[i] / MathF.Max(modulus, Tiny);
            cross += modulus * a[i];
            model += modulus * modulus;
            f[2 * i] = re * ratio;
            f[(2 * i) + 1] = im * ratio;
        }

        return (cross, model);
    }
}
