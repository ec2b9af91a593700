using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Learning.Prediction;

/// <summary>
/// A measured pattern of any shape, brought to the network's grid: resampled along each axis so that the object is oversampled
/// 1.5 times. Owns its tensors.
/// </summary>
public sealed class NetworkInput : IDisposable
{
    /// <summary>Voxels along each edge of the network's grid.</summary>
    public const int Size = 32;

    /// <summary>Oversampling ratio that the network knows best.</summary>
    public const double TargetRatio = 1.5;

    // The autocorrelation's rim is too weak to be seen: its extent comes out an eighth too small (on 30 simulated crystals).
    private const double RimFactor = 1.15;

    // At and below this the autocorrelation reaches the faces.
    private const double Wrapped = 2.05;
    private readonly long[] shape;

    private NetworkInput(Tensor intensity, Tensor mask, long[] shape, double[] step, double[] ratio)
    {
        Intensity = intensity.DetachFromDisposeScope();
        Mask = mask.DetachFromDisposeScope();
        this.shape = shape;
        Step = step;
        OversamplingRatio = ratio;
    }

    /// <summary>float32 <c>[1, 32, 32, 32]</c>, centred, photons (of samples, not sums).</summary>
    public Tensor Intensity { get; }

    /// <summary>bool, same shape; true = not measured.</summary>
    public Tensor Mask { get; }

    /// <summary>Voxels of the pattern that a voxel of the grid stands for, along z, y, x.</summary>
    public IReadOnlyList<double> Step { get; }

    /// <summary>The ratio achieved along z, y, x.</summary>
    public IReadOnlyList<double> OversamplingRatio { get; }

    /// <summary>Resamples a pattern on the CPU; belongs to the caller.</summary>
    /// <param name="pattern">At least 32 voxels along each axis, peak at N/2, on any device; borrowed.</param>
    /// <param name="oversamplingRatio">
    /// <see cref="Autocorrelation.OversamplingRatio"/> of this pattern along z, y, x; null = not known: it is found here.
    /// </param>
    /// <exception cref="InputException">It is too small.</exception>
    public static NetworkInput Of(DiffractionPattern pattern, IReadOnlyList<double>? oversamplingRatio = null)
    {
        long[] shape = [.. pattern.Shape];
        if (shape.Any(length => length < Size))
        {
            throw new InputException(
                $"the pattern has {string.Join(" x ", shape)} voxels; the network needs at least {Size} along each axis"
            );
        }

        using var scope = NewDisposeScope();
        IReadOnlyList<double> known = oversamplingRatio ?? Autocorrelation.Of(pattern).OversamplingRatio();
        double[] ratio = [.. known.Select(seen => seen / RimFactor)];
        // Never finer than measured, never beyond its faces. Where the autocorrelation wraps around, the ratio may be anything under 2: the
        // pattern is then taken as it is sampled.
        double[] step =
        [
            .. ratio.Select(
                (value, axis) =>
                    value <= Wrapped / RimFactor ? 1 : Math.Clamp(value / TargetRatio, 1, (double)shape[axis] / Size)
            ),
        ];
        Tensor intensity = FillMasked(pattern);
        Tensor mask = pattern.Mask.cpu();
        for (int axis = 0; axis < 3; axis++)
        {
            intensity = Resample(intensity, axis, step[axis]);
            long[] nearest =
            [
                .. Enumerable.Range(0, Size).Select(i => (long)Math.Round(Place(i, shape[axis], step[axis]))),
            ];
            mask = mask.index_select(axis, tensor(nearest));
        }

        Tensor kept = intensity.AtLeast(0).Masked(mask, 0);
        return new NetworkInput(
            kept.unsqueeze(0),
            mask.unsqueeze(0),
            shape,
            step,
            [.. ratio.Zip(step, (value, by) => value / by)]
        );
    }

    /// <summary>Evaluates an object of the network's grid on the pattern's own grid.</summary>
    /// <param name="psi">complex64 <c>[32, 32, 32]</c>, centred, borrowed.</param>
    /// <returns>complex64 of the pattern's shape, centred, any scale; belongs to the caller.</returns>
    public Tensor ToPatternGrid(Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor values = ForwardModel.Propagate(psi);
        for (int axis = 0; axis < 3; axis++)
        {
            values = values.Along(axis, Synthesis(shape[axis], Step[axis]));
        }

        return values.contiguous().MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        Intensity.Dispose();
        Mask.Dispose();
    }

    private static double Place(int index, long length, double step) => (length / 2) + ((index - (Size / 2)) * step);

    // Voxels that were not measured take the mean of their measured neighbours, so that the interpolation does not ring.
    private static Tensor FillMasked(DiffractionPattern pattern)
    {
        RealVolume volume = pattern.Intensity.ToRealVolume();
        bool[] mask = pattern.Mask.ToBooleans();
        float[] filled = [.. volume.Values];
        for (int index = Array.IndexOf(mask, true); index >= 0; index = Array.IndexOf(mask, true, index + 1))
        {
            filled[index] = MeanOfMeasured(volume, mask, index);
        }

        return tensor(filled).reshape([.. pattern.Shape]);
    }

    private static float MeanOfMeasured(RealVolume volume, bool[] mask, int index)
    {
        (int height, int width) = (volume.Height, volume.Width);
        int x = index % width;
        int y = index / width % height;
        int z = index / (width * height);
        double sum = 0;
        int count = 0;
        for (int dz = Math.Max(z - 1, 0); dz <= Math.Min(z + 1, volume.Depth - 1); dz++)
        {
            for (int dy = Math.Max(y - 1, 0); dy <= Math.Min(y + 1, height - 1); dy++)
            {
                for (int dx = Math.Max(x - 1, 0); dx <= Math.Min(x + 1, width - 1); dx++)
                {
                    int near = (((dz * height) + dy) * width) + dx;
                    sum += mask[near] ? 0 : volume.Values[near];
                    count += mask[near] ? 0 : 1;
                }
            }
        }

        return count == 0 ? 0 : (float)(sum / count);
    }

    // Band-limited interpolation: an intensity is the transform of the autocorrelation, which fits into the field of view when the
    // object is oversampled twice. A whole step just takes voxels.
    private static Tensor Resample(Tensor intensity, int axis, double step)
    {
        long length = intensity.shape[axis];
        if (step == 1 && length == Size)
        {
            return intensity;
        }

        using var scope = NewDisposeScope();
        float[] matrix = new float[Size * length];
        for (int i = 0; i < Size; i++)
        {
            for (int n = 0; n < length; n++)
            {
                matrix[(i * length) + n] = (float)PeriodicSinc(Place(i, length, step) - n, length);
            }
        }

        return intensity.Along(axis, tensor(matrix).reshape(Size, length)).MoveToOuterDisposeScope();
    }

    // The sum of cos(2 pi k d / length) / length over all frequencies k, of which the Nyquist term counts half from either side.
    private static double PeriodicSinc(double distance, long length)
    {
        double turn = Math.PI * distance / length;
        double sine = Math.Sin(turn);
        if (Math.Abs(sine) < 1e-9)
        {
            return 1;
        }

        double sinc = Math.Sin(turn * length) / (length * sine);
        return length % 2 == 0 ? sinc * Math.Cos(turn) : sinc;
    }

    // exp(2 pi i j step r / N) over the grid's far field j; 0 beyond its field of view.
    private static Tensor Synthesis(long length, double step)
    {
        float[] pairs = new float[2 * length * Size];
        for (int r = 0; r < length; r++)
        {
            double place = (r - (length / 2)) * step / length;
            if (Math.Abs(place) > 0.5)
            {
                continue;
            }

            for (int j = 0; j < Size; j++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * place * (j - (Size / 2)));
                pairs[2 * ((r * Size) + j)] = (float)cosine;
                pairs[(2 * ((r * Size) + j)) + 1] = (float)sine;
            }
        }

        return view_as_complex(tensor(pairs).reshape(length, Size, 2));
    }
}
