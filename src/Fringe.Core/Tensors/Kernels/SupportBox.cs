using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>
/// The smallest box around a support: what a pass over the object has to visit, since everything beyond is 0. A tenth of the volume at an
/// oversampling ratio of 2. First index along each axis and one past the last; empty where the support is.
/// </summary>
internal readonly record struct SupportBox(int Z0, int Z1, int Y0, int Y1, int X0, int X1)
{
    // Beyond the cores' caches two axes are transformed at once.
    private const long LargeVolume = 1 << 20;

    /// <summary>Around a support; the whole volume where its memory is out of reach, as on another device than the CPU.</summary>
    /// <param name="support">float32 <c>[z, y, x]</c>; borrowed.</param>
    public static SupportBox Of(Tensor support) =>
        NativeMemory.IsReachable(support)
            ? OfReachable(support)
            : new(0, (int)support.shape[0], 0, (int)support.shape[1], 0, (int)support.shape[2]);

    private static unsafe SupportBox OfReachable(Tensor support)
    {
        (int depth, int height, int width) = ((int)support.shape[0], (int)support.shape[1], (int)support.shape[2]);
        float* s = NativeMemory.Floats(support);
        SupportBox box = new(depth, 0, height, 0, width, 0);
        for (int z = 0; z < depth; z++)
        {
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<float> row = new(s + (((long)z * height) + y) * width, width);
                int first = row.IndexOfAnyExcept(0f);
                if (first >= 0)
                {
                    int last = row.LastIndexOfAnyExcept(0f);
                    box = new(
                        Math.Min(box.Z0, z),
                        z + 1,
                        Math.Min(box.Y0, y),
                        Math.Max(box.Y1, y + 1),
                        Math.Min(box.X0, first),
                        Math.Max(box.X1, last + 1)
                    );
                }
            }
        }

        return box.Z1 == 0 ? default : box;
    }

    /// <summary>
    /// The far field of what lies in the box, moved to the volume's corner, which only multiplies the field by unit phases: lines that hold
    /// nothing are not transformed.
    /// </summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, borrowed.</param>
    /// <returns>complex64, same shape, FFT order, orthonormal, contiguous; in the caller's dispose scope.</returns>
    public Tensor Transform(Tensor psi)
    {
        if (IsEmpty)
        {
            return zeros_like(psi);
        }

        long[] n = psi.shape;
        Tensor columns = fft.fft_(Crop(psi), n[0], 0, FFTNormType.Ortho);
        Tensor field = IsLarge(psi)
            ? fft.fftn(columns, s: [n[1], n[2]], dim: [1, 2], norm: FFTNormType.Ortho)
            : fft.fft_(fft.fft_(columns, n[1], 1, FFTNormType.Ortho), n[2], 2, FFTNormType.Ortho);
        return field.contiguous();
    }

    /// <summary>The inverse of <see cref="Transform"/> within the box, 0 beyond it.</summary>
    /// <param name="field">complex64 <c>[z, y, x]</c>, FFT order, borrowed.</param>
    /// <returns>complex64, same shape, contiguous; in the caller's dispose scope.</returns>
    public Tensor TransformBack(Tensor field)
    {
        Tensor psi = zeros_like(field);
        if (IsEmpty)
        {
            return psi;
        }

        Tensor columns = IsLarge(field)
            ? fft.ifftn(field, dim: [1, 2], norm: FFTNormType.Ortho).narrow(2, 0, X1 - X0)
            : fft.ifft(fft.ifft(field, -1, 2, FFTNormType.Ortho).narrow(2, 0, X1 - X0), -1, 1, FFTNormType.Ortho);
        Tensor inside = fft.ifft(columns.narrow(1, 0, Y1 - Y0), -1, 0, FFTNormType.Ortho).narrow(0, 0, Z1 - Z0);
        Crop(psi).copy_(inside);
        return psi;
    }

    private bool IsEmpty => Z1 == Z0;

    private static bool IsLarge(Tensor volume) => volume.numel() >= LargeVolume;

    private Tensor Crop(Tensor volume) => volume.narrow(0, Z0, Z1 - Z0).narrow(1, Y0, Y1 - Y0).narrow(2, X0, X1 - X0);
}
