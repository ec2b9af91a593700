using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// The measured modulus as a projection (Fienup, Appl. Opt. 21, 2758 (1982)): <c>F -> A F/|F|</c> in constrained voxels,
/// <c>F</c> unchanged in voxels that were not measured or are held out, which therefore float. Owns its tensor.
/// </summary>
internal sealed class ModulusConstraint : IDisposable
{
    private const float Tiny = 1e-20f;

    // float32 [z, y, x] in FFT order: the amplitude A, or Floating.
    private const float Floating = -1;
    private readonly Tensor amplitude;
    private readonly double power;

    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">bool, centred: measured voxels kept out of the constraint; borrowed.</param>
    /// <param name="device">Where the iterations run.</param>
    public ModulusConstraint(DiffractionPattern pattern, Tensor held, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor floating = pattern.Mask.logical_or(held);
        Tensor root = pattern.Intensity.sqrt().Masked(floating, Floating);
        amplitude = ForwardModel.ToFftOrder(root).contiguous().to(device).DetachFromDisposeScope();
        power = pattern.Intensity.Masked(floating, 0).sum(ScalarType.Float64).item<double>();
    }

    /// <summary>sum A^2 over constrained voxels, photons.</summary>
    public double Power => power;

    /// <summary>float32 <c>[z, y, x]</c> in FFT order: the amplitude A, or a negative number in voxels that float.</summary>
    internal Tensor Amplitude => amplitude;

    /// <summary><c>P_M x</c>, and how far <c>x</c> was from it.</summary>
    /// <param name="iterate">complex64, centred, borrowed. Being centred only multiplies F by unit phases, which the
    /// projection keeps, so no shift is needed.</param>
    /// <param name="box">
    /// Around all that is not 0 of x, where alone <c>P_M x</c> is wanted: it is 0 beyond; null = everywhere.
    /// </param>
    /// <param name="deblurring">Of a partly coherent beam: the amplitudes are those that a coherent one would have shown; null = coherent.</param>
    public ModulusProjection Project(Tensor iterate, SupportBox? box = null, Deblurring? deblurring = null)
    {
        using var scope = NewDisposeScope();
        Tensor field = box?.Transform(iterate) ?? fft.fftn(iterate, norm: FFTNormType.Ortho);
        (Tensor target, double aim) = deblurring?.TargetAt(field, amplitude) ?? (amplitude, power);
        (double cross, double model) = NativeMemory.IsReachable(field, target)
            ? ImposeFused(field, target)
            : ImposeWithTorch(field, target);
        // A model that is no number must stay one, so that the iterations end.
        double chi = model == 0 ? 1 : 1 - (cross * cross / (model * aim));
        Tensor projected = box?.TransformBack(field) ?? fft.ifftn(field, norm: FFTNormType.Ortho);
        double misfit = model - (2 * cross) + aim;
        return new ModulusProjection(projected.MoveToOuterDisposeScope(), chi, misfit);
    }

    public void Dispose() => amplitude.Dispose();

    /// <summary>The same in torch calls, for any device.</summary>
    internal static (double Cross, double Model) ImposeWithTorch(Tensor field, Tensor amplitude)
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

    /// <summary>One pass over F and A in place of about ten; sums in float64 every few thousand voxels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe (double Cross, double Model) ImposeFused(Tensor field, Tensor amplitude)
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
