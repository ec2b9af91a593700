using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>The real-space half of an iteration: one weighted sum inside the support, another outside, in place.</summary>
internal static class SupportUpdate
{
    /// <param name="iterate">complex64, changed in place.</param>
    /// <param name="projected">complex64, borrowed.</param>
    /// <param name="support">float32, 1 inside and 0 outside, borrowed.</param>
    /// <param name="inside">Weights where the support is 1.</param>
    /// <param name="outside">Weights where the support is 0.</param>
    public static void Apply(
        Tensor iterate,
        Tensor projected,
        Tensor support,
        RegionWeights inside,
        RegionWeights outside
    )
    {
        if (NativeMemory.IsReachable(iterate, projected, support))
        {
            ApplyFused(iterate, projected, support, inside, outside);
        }
        else
        {
            ApplyWithTorch(iterate, projected, support, inside, outside);
        }
    }

    /// <summary>The same in torch calls, for any device.</summary>
    internal static void ApplyWithTorch(
        Tensor iterate,
        Tensor projected,
        Tensor support,
        RegionWeights inside,
        RegionWeights outside
    )
    {
        using var scope = NewDisposeScope();
        Tensor ofProjected = support.Times(inside.Projected - outside.Projected).Plus(outside.Projected);
        Tensor ofIterate = support.Times(inside.Iterate - outside.Iterate).Plus(outside.Iterate);
        Tensor x = view_as_real(iterate);
        x.mul_(ofIterate.unsqueeze(-1)).PlusInPlace(view_as_real(projected) * ofProjected.unsqueeze(-1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void ApplyFused(
        Tensor iterate,
        Tensor projected,
        Tensor support,
        RegionWeights inside,
        RegionWeights outside
    )
    {
        float* x = NativeMemory.Floats(iterate);
        float* p = NativeMemory.Floats(projected);
        float* s = NativeMemory.Floats(support);
        long voxels = support.numel();
        Vector256<int> spread = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
        Vector256<float> insideP = Vector256.Create((float)inside.Projected);
        Vector256<float> insideX = Vector256.Create((float)inside.Iterate);
        Vector256<float> outsideP = Vector256.Create((float)outside.Projected);
        Vector256<float> outsideX = Vector256.Create((float)outside.Iterate);
        long i = 0;
        for (; i + 4 <= voxels; i += 4)
        {
            Vector128<float> four = Vector128.Load(s + i);
            Vector256<float> weight = Vector256.Shuffle(Vector256.Create(four, four), spread);
            Vector256<float> within = Vector256.GreaterThan(weight, Vector256<float>.Zero);
            Vector256<float> ofP = Vector256.ConditionalSelect(within, insideP, outsideP);
            Vector256<float> ofX = Vector256.ConditionalSelect(within, insideX, outsideX);
            Vector256<float> value = (ofP * Vector256.Load(p + (2 * i))) + (ofX * Vector256.Load(x + (2 * i)));
            value.Store(x + (2 * i));
        }

        for (; i < voxels; i++)
        {
            RegionWeights weights = s[i] > 0 ? inside : outside;
            for (long k = 2 * i; k < (2 * i) + 2; k++)
            {
                x[k] = (float)((weights.Projected * p[k]) + (weights.Iterate * x[k]));
            }
        }
    }
}
