using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>
/// A separable Gaussian blur of a real volume with zeros beyond its faces, cut off at 3 sigma and normalised. On the CPU
/// three vectorised passes: torch's real FFT of the same volume takes several times as long.
/// </summary>
internal static class GaussianBlur
{
    // Floats that one call of SumTaps makes: four vectors, which share each weight.
    private const int Lane = 32;

    /// <param name="volume">float32 <c>[z, y, x]</c>, blurred in place.</param>
    /// <param name="sigma">Standard deviation, voxels; 0 leaves the volume as it is.</param>
    public static void Apply(Tensor volume, double sigma)
    {
        if (sigma <= 0)
        {
            return;
        }

        Apply(volume, Weights(sigma));
    }

    /// <summary>A separable blur with any weights, with zeros beyond the faces.</summary>
    /// <param name="volume">float32 <c>[z, y, x]</c>, blurred in place.</param>
    /// <param name="weights">Of the voxels about one along each axis, as many on either side.</param>
    public static void Apply(Tensor volume, float[] weights)
    {
        if (NativeMemory.IsReachable(volume))
        {
            ApplyFused(volume, weights);
        }
        else
        {
            ApplyWithTorch(volume, weights);
        }
    }

    /// <summary>The same in torch calls, for any device.</summary>
    internal static void ApplyWithTorch(Tensor volume, float[] weights)
    {
        using var scope = NewDisposeScope();
        long taps = weights.Length;
        Tensor kernel = tensor(weights, dtype: ScalarType.Float32, device: volume.device);
        Tensor blurred = volume.unsqueeze(0).unsqueeze(0);
        blurred = nn.functional.conv3d(blurred, kernel.reshape(1, 1, taps, 1, 1), padding: [taps / 2, 0, 0]);
        blurred = nn.functional.conv3d(blurred, kernel.reshape(1, 1, 1, taps, 1), padding: [0, taps / 2, 0]);
        blurred = nn.functional.conv3d(blurred, kernel.reshape(1, 1, 1, 1, taps), padding: [0, 0, taps / 2]);
        volume.copy_(blurred.reshape(volume.shape));
    }

    internal static unsafe void ApplyFused(Tensor volume, float[] weights)
    {
        long depth = volume.shape[0];
        long height = volume.shape[1];
        long width = volume.shape[2];
        using Tensor scratch = empty_like(volume);
        float* a = NativeMemory.Floats(volume);
        float* b = NativeMemory.Floats(scratch);
        fixed (float* w = weights)
        {
            int radius = weights.Length / 2;
            AlongRows(a, b, depth * height, width, w, radius);
            AlongSlabs(b, b, depth, height, width, w, radius);
            AlongSlabs(b, a, 1, depth, height * width, w, radius);
        }
    }

    internal static float[] Weights(double sigma)
    {
        int radius = Math.Max(1, (int)Math.Ceiling(3 * sigma));
        double[] weights =
        [
            .. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))),
        ];
        double sum = weights.Sum();
        return [.. weights.Select(weight => (float)(weight / sum))];
    }

    // The contiguous axis: each row is copied between zeros, then every tap is an unaligned load.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AlongRows(float* from, float* to, long rows, long length, float* w, int radius)
    {
        float[] padded = new float[length + (2 * radius) + Lane];
        float[] blurred = new float[length + Lane];
        fixed (float* row = padded)
        fixed (float* result = blurred)
        {
            for (long r = 0; r < rows; r++)
            {
                new ReadOnlySpan<float>(from + (r * length), (int)length).CopyTo(padded.AsSpan(radius));
                for (long i = 0; i < length; i += Lane)
                {
                    SumTaps(row + i, 1, w, (2 * radius) + 1, result + i);
                }

                blurred.AsSpan(0, (int)length).CopyTo(new Span<float>(to + (r * length), (int)length));
            }
        }
    }

    // An outer axis of [slabs, length, inner]: lanes of the inner axis are gathered, so that the taps lie close together in
    // memory; a power-of-two stride would throw them out of each other's cache lines.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AlongSlabs(
        float* from,
        float* to,
        long slabs,
        long length,
        long inner,
        float* w,
        int radius
    )
    {
        float[] gathered = new float[(length + (2 * radius)) * Lane];
        float[] blurred = new float[Lane];
        fixed (float* lanes = gathered)
        fixed (float* result = blurred)
        {
            for (long s = 0; s < slabs; s++)
            {
                for (long j = 0; j < inner; j += Lane)
                {
                    int width = (int)Math.Min(Lane, inner - j);
                    long first = (s * length * inner) + j;
                    for (long i = 0; i < length; i++)
                    {
                        Span<float> lane = new(lanes + ((i + radius) * Lane), width);
                        new ReadOnlySpan<float>(from + first + (i * inner), width).CopyTo(lane);
                    }

                    for (long i = 0; i < length; i++)
                    {
                        SumTaps(lanes + (i * Lane), Lane, w, (2 * radius) + 1, result);
                        blurred.AsSpan(0, width).CopyTo(new Span<float>(to + first + (i * inner), width));
                    }
                }
            }
        }
    }

    // One lane of sums: sum_k w[k] from[k * step + i].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void SumTaps(float* from, int step, float* w, int taps, float* result)
    {
        Vector256<float> a = Vector256<float>.Zero;
        Vector256<float> b = Vector256<float>.Zero;
        Vector256<float> c = Vector256<float>.Zero;
        Vector256<float> d = Vector256<float>.Zero;
        for (int k = 0; k < taps; k++, from += step)
        {
            Vector256<float> weight = Vector256.Create(w[k]);
            a = Vector256.MultiplyAddEstimate(weight, Vector256.Load(from), a);
            b = Vector256.MultiplyAddEstimate(weight, Vector256.Load(from + 8), b);
            c = Vector256.MultiplyAddEstimate(weight, Vector256.Load(from + 16), c);
            d = Vector256.MultiplyAddEstimate(weight, Vector256.Load(from + 24), d);
        }

        a.Store(result);
        b.Store(result + 8);
        c.Store(result + 16);
        d.Store(result + 24);
    }
}
