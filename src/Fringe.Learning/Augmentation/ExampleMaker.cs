using Fringe.Core;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation;

/// <summary>
/// Makes examples: draws objects, measures their far field and brings both into the form that a prepared measurement has. Example
/// n depends on the seed and n only.
/// </summary>
public sealed class ExampleMaker
{
    // Objects are drawn on a finer grid: a detector ends where the pattern does not, and so cuts a crystal's sharp edges off in
    // reciprocal space, where a coarse drawing would fold them back.
    private const int Finer = 2;
    private static readonly long[] Axes = [-3, -2, -1];
    private readonly CrystalSource source;
    private readonly MeasurementOptions measurement;
    private readonly int size;
    private readonly long seed;

    /// <param name="source">Where objects come from.</param>
    /// <param name="measurement">What happens to patterns.</param>
    /// <param name="size">Voxels along each edge, even.</param>
    /// <param name="seed">The same seed gives the same examples.</param>
    public ExampleMaker(CrystalSource source, MeasurementOptions measurement, int size, long seed)
    {
        this.source = source;
        this.measurement = measurement;
        this.size = size;
        this.seed = seed;
    }

    /// <summary>Examples <c>first</c> to <c>first + count - 1</c>; belongs to the caller.</summary>
    /// <exception cref="InputException">An object holds a value that is no number.</exception>
    public ExampleBatch Make(long first, int count)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        Random[] randoms = [.. Enumerable.Range(0, count).Select(i => RandomNumbers.ForExample(seed, first + i))];
        Measurement[] drawn = [.. randoms.Select(random => Measurement.Draw(random, measurement, size))];
        Tensor drawnObjects = DrawObjects(randoms);
        RequireNumbers(drawnObjects, first);
        Tensor field = CropAboutPeak(fft.fftn(drawnObjects, dim: Axes));
        Tensor psi = fft.ifftn(field, dim: Axes);
        Tensor expected = Expect(field, drawn);
        using Generator generator = new((ulong)randoms[0].NextInt64());
        Tensor photons = poisson(expected, generator);
        Tensor mask = stack(drawn.Select(one => one.Mask(size)));
        // Noise and partial coherence leave the brightest voxel where it is but for near ties.
        Tensor intensity = fft.fftshift(photons, Axes).Masked(mask, 0);
        return new ExampleBatch(intensity, mask, CentreObject(psi, field), [.. drawn.Select(one => one.Photons)]);
    }

    private Tensor DrawObjects(Random[] randoms)
    {
        int edge = Finer * size;
        int length = 2 * edge * edge * edge;
        float[] pairs = new float[randoms.Length * length];
        Parallel.For(
            0,
            randoms.Length,
            new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() },
            i => source.Draw(randoms[i], edge, pairs.AsSpan(i * length, length))
        );
        Tensor values = tensor(pairs, [randoms.Length, edge, edge, edge, 2], dtype: ScalarType.Float32);
        return view_as_complex(values);
    }

    private static void RequireNumbers(Tensor psi, long first)
    {
        using var scope = NewDisposeScope();
        bool[] good = view_as_real(psi).isfinite().reshape(psi.shape[0], -1).all(1).data<bool>().ToArray();
        if (Array.IndexOf(good, false) is var bad and >= 0)
        {
            throw new InputException($"example {first + bad} holds a value that is no number: check the training set");
        }
    }

    // FFT order, brightest voxel at 0, as preparation centres it; from the fine grid's field to the detector's.
    private Tensor CropAboutPeak(Tensor field)
    {
        using var scope = NewDisposeScope();
        int edge = Finer * size;
        int margin = (edge - size) / 2;
        long[] peaks = field.abs().reshape(field.shape[0], -1).argmax(1).data<long>().ToArray();
        Tensor[] cropped =
        [
            .. peaks.Select(
                (peak, i) =>
                {
                    long half = edge / 2;
                    long[] toMiddle = [half - (peak / edge / edge), half - (peak / edge % edge), half - (peak % edge)];
                    return field[i]
                        .roll(toMiddle, new long[] { 0, 1, 2 })
                        .narrow(0, margin, size)
                        .narrow(1, margin, size)
                        .narrow(2, margin, size);
                }
            ),
        ];
        // A coarse voxel's amplitude is the mean of its fine ones.
        return fft.ifftshift(stack(cropped), Axes).Over(Finer * Finer * Finer).contiguous().MoveToOuterDisposeScope();
    }

    // exp(2 pi i cycles.k / N) for each example; k in FFT order.
    private Tensor Ramps(double[][] cycles)
    {
        using var scope = NewDisposeScope();
        Tensor index = TensorArithmetic.Indices(size, ScalarType.Float32);
        index = where(index.IsAtLeast(size / 2), index.Minus(size), index);
        Tensor? product = null;
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [cycles.Length, 1, 1, 1];
            along[axis + 1] = size;
            float[] steps = [.. cycles.Select(cycle => (float)(cycle[axis] * 2 * Math.PI / size))];
            Tensor angle = (tensor(steps).unsqueeze(1) * index.unsqueeze(0)).reshape(along);
            Tensor ramp = polar(ones_like(angle), angle);
            product = product is null ? ramp : product * ramp;
        }

        return product!.MoveToOuterDisposeScope();
    }

    // float32 in FFT order: photons expected in each voxel.
    private Tensor Expect(Tensor field, Measurement[] drawn)
    {
        using var scope = NewDisposeScope();
        Tensor intensity = field.abs().Squared();
        if (drawn.Any(one => one.CoherenceVoxels is not null))
        {
            // Gaussian coherence function over the autocorrelation.
            Tensor correlation = fft.ifftn(intensity, dim: Axes);
            intensity = fft.fftn(correlation * stack(drawn.Select(one => one.Coherence(size))), dim: Axes)
                .real.AtLeast(0);
        }

        Tensor sums = intensity.sum(Axes, keepdim: true);
        Tensor photons = tensor(drawn.Select(one => (float)one.Photons).ToArray()).reshape(-1, 1, 1, 1);
        Tensor background = tensor(drawn.Select(one => (float)one.Background).ToArray()).reshape(-1, 1, 1, 1);
        return ((intensity * (photons / sums)).Plus(background)).MoveToOuterDisposeScope();
    }

    // Moves the centre of mass of |psi|^2 to N/2, to a fraction of a voxel.
    private Tensor CentreObject(Tensor psi, Tensor field)
    {
        using var scope = NewDisposeScope();
        Tensor weight = psi.abs().Squared();
        Tensor index = TensorArithmetic.Indices(size, ScalarType.Float32).Minus(size / 2);
        Tensor total = weight.sum(Axes);
        float[][] offsets =
        [
            .. Enumerable
                .Range(1, 3)
                .Select(axis =>
                {
                    long[] others = [.. new long[] { 1, 2, 3 }.Where(other => other != axis)];
                    return ((weight.sum(others) * index).sum(1) / total).data<float>().ToArray();
                }),
        ];
        double[][] cycles =
        [
            .. Enumerable
                .Range(0, (int)psi.shape[0])
                .Select(i => offsets.Select(offset => (double)offset[i]).ToArray()),
        ];
        return fft.ifftn(field * Ramps(cycles), dim: Axes).MoveToOuterDisposeScope();
    }
}
