using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fringe.Core;
using Fringe.Core.PhaseRetrieval;
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
    private const float Tiny = 1e-20f;
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

    /// <summary>Voxels that an object fills: the blurred modulus above a share of its maximum; bool.</summary>
    public static Tensor Support(Tensor psi)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        Tensor modulus = psi.abs().unsqueeze(1);
        Tensor blurred = nn.functional.avg_pool3d(modulus, [3, 3, 3], stride: [1, 1, 1], padding: [1, 1, 1]);
        Tensor level = blurred.amax([-3, -2, -1], keepdim: true).Times(Threshold);
        return blurred.ge(level).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Runs the steps from an object within its own support.</summary>
    /// <returns>The last projection, <c>P_M x</c>.</returns>
    public static Tensor Run(Tensor psi, PatternInput pattern, int steps)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        Tensor inside = Support(psi).to(ScalarType.Float32).contiguous();
        Tensor x = psi.detach().clone().contiguous();
        Tensor projected = Project(x, pattern);
        for (int step = 0; step < steps; step++)
        {
            FeedBack(x, projected, inside);
            projected = Project(x, pattern);
        }

        return projected.MoveToOuterDisposeScope();
    }

    // F -> A F/|F| where A is known.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Impose(Tensor field, Tensor amplitude)
    {
        float* f = NativeMemory.Floats(field);
        float* a = NativeMemory.Floats(amplitude);
        Vector256<int> swap = Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6);
        Vector256<int> spread = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
        // Edges are multiples of 8: no voxel is left over.
        for (long i = 0; i < amplitude.numel(); i += 4)
        {
            Vector256<float> value = Vector256.Load(f + (2 * i));
            Vector256<float> square = value * value;
            Vector256<float> modulus = Vector256.Sqrt(square + Vector256.Shuffle(square, swap));
            Vector128<float> four = Vector128.Load(a + i);
            Vector256<float> target = Vector256.Shuffle(Vector256.Create(four, four), spread);
            Vector256<float> known = Vector256.GreaterThanOrEqual(target, Vector256<float>.Zero);
            Vector256<float> ratio = target / Vector256.Max(modulus, Vector256.Create(Tiny));
            (value * Vector256.ConditionalSelect(known, ratio, Vector256<float>.One)).Store(f + (2 * i));
        }
    }

    // x -> P x inside the support, x - beta P x outside.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void FeedBack(Tensor x, Tensor projected, Tensor inside)
    {
        float* old = NativeMemory.Floats(x);
        float* p = NativeMemory.Floats(projected);
        float* s = NativeMemory.Floats(inside);
        Vector256<int> spread = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
        Vector256<float> minusBeta = Vector256.Create(-Beta);
        for (long i = 0; i < inside.numel(); i += 4)
        {
            Vector128<float> four = Vector128.Load(s + i);
            Vector256<float> within = Vector256.Shuffle(Vector256.Create(four, four), spread);
            Vector256<float> isWithin = Vector256.GreaterThan(within, Vector256<float>.Zero);
            Vector256<float> next = Vector256.Load(p + (2 * i));
            Vector256<float> fed = Vector256.Load(old + (2 * i)) + (next * minusBeta);
            Vector256.ConditionalSelect(isWithin, next, fed).Store(old + (2 * i));
        }
    }
}
