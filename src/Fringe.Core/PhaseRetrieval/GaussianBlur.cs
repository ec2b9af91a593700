using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Fringe.Core.PhaseRetrieval;

/// <summary>
/// A separable Gaussian blur of a real volume with zeros beyond its faces, cut off at 3 sigma and normalised. On the CPU
/// three vectorised passes: torch's real FFT of the same volume takes several times as long.
/// </summary>
internal static class GaussianBlur
{
    /// <param name="volume">float32 <c>[z, y, x]</c>, blurred in place.</param>
    /// <param name="sigma">Standard deviation, voxels; 0 leaves the volume as it is.</param>
    public static void Apply(Tensor volume, double sigma)
    {
        if (sigma <= 0)
        {
            return;
        }

        float[] weights = Weights(sigma);
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
            AlongSlabs(b, a, depth, height, width, w, radius);
            AlongSlabs(a, b, 1, depth, height * width, w, radius);
        }

        volume.copy_(scratch);
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
    private static unsafe void AlongRows(float* from, float* to, long rows, long length, float* w, int radius)
    {
        float[] padded = new float[length + (2 * radius) + 8];
        fixed (float* row = padded)
        {
            for (long r = 0; r < rows; r++)
            {
                new ReadOnlySpan<float>(from + (r * length), (int)length).CopyTo(padded.AsSpan(radius));
                float* result = to + (r * length);
                long i = 0;
                for (; i + 8 <= length; i += 8)
                {
                    Vector256<float> sum = Vector256<float>.Zero;
                    for (int k = 0; k <= 2 * radius; k++)
                    {
                        sum += Vector256.Create(w[k]) * Vector256.Load(row + i + k);
                    }

                    sum.Store(result + i);
                }

                for (; i < length; i++)
                {
                    float sum = 0;
                    for (int k = 0; k <= 2 * radius; k++)
                    {
                        sum += w[k] * row[i + k];
                    }

                    result[i] = sum;
                }
            }
        }
    }

    // An outer axis of [slabs, length, inner]: vectorised over inner, which is contiguous.
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
        for (long s = 0; s < slabs; s++)
        {
            float* slab = from + (s * length * inner);
            for (long i = 0; i < length; i++)
            {
                long first = Math.Max(0, i - radius);
                long last = Math.Min(length - 1, i + radius);
                float* tap = w + (first - i + radius);
                float* result = to + (((s * length) + i) * inner);
                long j = 0;
                for (; j + 8 <= inner; j += 8)
                {
                    Vector256<float> sum = Vector256<float>.Zero;
                    for (long k = first; k <= last; k++)
                    {
                        sum += Vector256.Create(tap[k - first]) * Vector256.Load(slab + (k * inner) + j);
                    }

                    sum.Store(result + j);
                }

                for (; j < inner; j++)
                {
                    float sum = 0;
                    for (long k = first; k <= last; k++)
                    {
                        sum += tap[k - first] * slab[(k * inner) + j];
                    }

                    result[j] = sum;
                }
            }
        }
    }
}
