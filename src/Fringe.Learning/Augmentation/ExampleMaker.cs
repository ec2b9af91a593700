using Fringe.Core;
using Fringe.Core.Tensors;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation;

/// <summary>
/// Makes examples: draws objects, measures their far field and brings both into the form that a prepared measurement has. Example
/// n depends on the seed and n only, to the last bit: nothing of it is drawn or computed together with another's.
/// </summary>
public sealed class ExampleMaker
{
    // Objects are drawn on a finer grid: a detector ends where the pattern does not, and so cuts a crystal's sharp edges off in
    // reciprocal space, where a coarse drawing would fold them back.
    private const int Finer = 2;
    private readonly CrystalSource source;
    private readonly MeasurementOptions measurement;
    private readonly int size;
    private readonly long seed;

    /// <param name="source">Where objects come from.</param>
    /// <param name="measurement">What happens to patterns.</param>
    /// <param name="size">Voxels along each edge, even.</param>
    /// <param name="seed">The same seed gives the same examples.</param>
    /// <exception cref="InputException">The options cannot be used.</exception>
    public ExampleMaker(CrystalSource source, MeasurementOptions measurement, int size, long seed)
    {
        OptionProblem.RequireNone(measurement.Validate());
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
        Example[] examples = [.. drawn.Select((one, i) => Measure(drawnObjects[i], one, randoms[i]))];
        return new ExampleBatch(
            stack(examples.Select(one => one.Intensity)),
            stack(examples.Select(one => one.Mask)),
            stack(examples.Select(one => one.Target)),
            [.. drawn.Select(one => one.Photons)]
        );
    }

    // A transform or a sum over a whole batch may round otherwise than that of one example, and noise makes other photons of it.
    private Example Measure(Tensor fine, Measurement drawn, Random random)
    {
        using var scope = NewDisposeScope();
        Tensor field = CropAboutPeak(fft.fftn(fine));
        using Generator generator = new((ulong)random.NextInt64());
        Tensor photons = poisson(Expect(field, drawn), generator);
        Tensor mask = drawn.Mask(size);
        // Noise and partial coherence leave the brightest voxel where it is but for near ties.
        Tensor intensity = fft.fftshift(photons).Masked(mask, 0);
        return new Example(
            intensity.MoveToOuterDisposeScope(),
            mask.MoveToOuterDisposeScope(),
            CentreObject(field).MoveToOuterDisposeScope()
        );
    }

    private Tensor DrawObjects(Random[] randoms)
    {
        int edge = Finer * size;
        int length = 2 * edge * edge * edge;
        float[] pairs = new float[randoms.Length * length];
        Parallel.For(
            0,
            randoms.Length,
            ThreadLimit.Options(),
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
        long half = edge / 2;
        long peak = field.abs().argmax().item<long>();
        long[] toMiddle = [half - (peak / edge / edge), half - (peak / edge % edge), half - (peak % edge)];
        Tensor cropped = field
            .roll(toMiddle, new long[] { 0, 1, 2 })
            .narrow(0, margin, size)
            .narrow(1, margin, size)
            .narrow(2, margin, size);
        // A coarse voxel's amplitude is the mean of its fine ones.
        return fft.ifftshift(cropped).Over(Finer * Finer * Finer).contiguous().MoveToOuterDisposeScope();
    }

    // exp(2 pi i cycles.k / N); k in FFT order.
    private Tensor Ramp(float[] cycles)
    {
        using var scope = NewDisposeScope();
        Tensor index = TensorArithmetic.Indices(size, ScalarType.Float32);
        index = where(index.IsAtLeast(size / 2), index.Minus(size), index);
        Tensor? product = null;
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = size;
            Tensor angle = index.Times((float)(cycles[axis] * 2 * Math.PI / size)).reshape(along);
            Tensor ramp = polar(ones_like(angle), angle);
            product = product is null ? ramp : product * ramp;
        }

        return product!.MoveToOuterDisposeScope();
    }

    // float32 in FFT order: photons expected in each voxel.
    private Tensor Expect(Tensor field, Measurement drawn)
    {
        using var scope = NewDisposeScope();
        Tensor intensity = field.abs().Squared();
        if (drawn.Coherence(size) is { } coherence)
        {
            // Gaussian coherence function over the autocorrelation.
            intensity = fft.fftn(fft.ifftn(intensity) * coherence).real.AtLeast(0);
        }

        Tensor photons = TensorArithmetic.Filled([], drawn.Photons, ScalarType.Float32);
        return (intensity * (photons / intensity.sum())).Plus(drawn.Background).MoveToOuterDisposeScope();
    }

    // The object with its centre of mass of |psi|^2 at N/2, to a fraction of a voxel.
    private Tensor CentreObject(Tensor field)
    {
        using var scope = NewDisposeScope();
        Tensor weight = fft.ifftn(field).abs().Squared();
        Tensor index = TensorArithmetic.Indices(size, ScalarType.Float32).Minus(size / 2);
        float total = weight.sum().item<float>();
        long[][] others =
        [
            [1, 2],
            [0, 2],
            [0, 1],
        ];
        float[] offsets = [.. others.Select(axes => (weight.sum(axes) * index).sum().item<float>() / total)];
        return fft.ifftn(field * Ramp(offsets)).MoveToOuterDisposeScope();
    }

    private readonly struct Example(Tensor intensity, Tensor mask, Tensor target)
    {
        public Tensor Intensity { get; } = intensity;

        public Tensor Mask { get; } = mask;

        public Tensor Target { get; } = target;
    }
}
