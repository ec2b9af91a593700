using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>Adam's running moments of the gradient, and its update. Owns its tensors.</summary>
internal sealed class AdamMoments : IDisposable
{
    private const float Tiny = 1e-8f;
    private readonly Tensor first;
    private readonly Tensor second;
    private int steps;

    /// <param name="psi">complex64 of the object's shape; borrowed.</param>
    public AdamMoments(Tensor psi)
    {
        first = zeros_like(psi).DetachFromDisposeScope();
        second = zeros_like(psi).DetachFromDisposeScope();
    }

    /// <summary>Moves the object against the gradient <c>2 S (x - T)</c>, in place.</summary>
    /// <param name="psi">complex64, 0 outside the support; changed.</param>
    /// <param name="toward"><c>T</c>; borrowed.</param>
    /// <param name="support">float32, 1 inside; borrowed.</param>
    /// <param name="rate">Length of a step in units of the object.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second.</param>
    public void Step(Tensor psi, Tensor toward, Tensor support, double rate, double beta1, double beta2)
    {
        steps++;
        double unbias1 = 1 / (1 - Math.Pow(beta1, steps));
        double unbias2 = 1 / (1 - Math.Pow(beta2, steps));
        if (NativeMemory.IsReachable(psi, toward, support))
        {
            StepFused(psi, toward, support, rate * unbias1, unbias2, beta1, beta2);
        }
        else
        {
            StepWithTorch(psi, toward, support, rate * unbias1, unbias2, beta1, beta2);
        }
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    /// <summary>The same in torch calls, for any device.</summary>
    internal void StepWithTorch(
        Tensor psi,
        Tensor toward,
        Tensor support,
        double rate,
        double unbias2,
        double beta1,
        double beta2
    )
    {
        using var scope = NewDisposeScope();
        Tensor gradient = view_as_real((psi - toward) * support).Times(2);
        Tensor mean = view_as_real(first);
        Tensor square = view_as_real(second);
        mean.TimesInPlace(beta1).PlusInPlace(gradient, 1 - beta1);
        square.TimesInPlace(beta2).PlusInPlace(gradient.Squared(), 1 - beta2);
        view_as_real(psi).sub_(mean.Times(rate) / square.Times(unbias2).sqrt().Plus(Tiny) * support.unsqueeze(-1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal unsafe void StepFused(
        Tensor psi,
        Tensor toward,
        Tensor support,
        double rate,
        double unbias2,
        double beta1,
        double beta2
    )
    {
        float* x = NativeMemory.Floats(psi);
        float* t = NativeMemory.Floats(toward);
        float* s = NativeMemory.Floats(support);
        float* m = NativeMemory.Floats(first);
        float* v = NativeMemory.Floats(second);
        (float step, float scale, float keep1, float keep2) = ((float)rate, (float)unbias2, (float)beta1, (float)beta2);
        long voxels = support.numel();
        Vector256<int> spread = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
        long i = 0;
        for (; i + 4 <= voxels; i += 4)
        {
            Vector128<float> four = Vector128.Load(s + i);
            Vector256<float> inside = Vector256.Shuffle(Vector256.Create(four, four), spread);
            Vector256<float> value = Vector256.Load(x + (2 * i));
            Vector256<float> gradient = (value - Vector256.Load(t + (2 * i))) * inside * 2;
            Vector256<float> mean = (Vector256.Load(m + (2 * i)) * keep1) + (gradient * (1 - keep1));
            Vector256<float> square = (Vector256.Load(v + (2 * i)) * keep2) + (gradient * gradient * (1 - keep2));
            Vector256<float> root = Vector256.Sqrt(square * scale) + Vector256.Create(Tiny);
            mean.Store(m + (2 * i));
            square.Store(v + (2 * i));
            (value - (inside * mean * step / root)).Store(x + (2 * i));
        }

        for (; i < voxels; i++)
        {
            for (long k = 2 * i; k < (2 * i) + 2; k++)
            {
                float gradient = (x[k] - t[k]) * s[i] * 2;
                m[k] = (m[k] * keep1) + (gradient * (1 - keep1));
                v[k] = (v[k] * keep2) + (gradient * gradient * (1 - keep2));
                x[k] -= s[i] * m[k] * step / (MathF.Sqrt(v[k] * scale) + Tiny);
            }
        }
    }
}
