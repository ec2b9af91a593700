using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Learning.Evaluation;

/// <summary>Judges a predictor by simulated crystals that it never saw, one example a crystal.</summary>
public sealed class Evaluator(Predictor predictor, long seed)
{
    private const double Inside = 0.3;

    /// <summary>The example that a crystal is judged by; the same crystal, photons and seed give the same. Belongs to the caller.</summary>
    public ExampleBatch Example(CrystalRecord crystal, double photons) =>
        new ExampleMaker(
            new AtomisticCrystals([crystal]),
            MeasurementOptions.Clean(photons),
            NetworkInput.Size,
            seed + crystal.Index
        ).Make(0, 1);

    /// <summary>Scores one crystal.</summary>
    /// <param name="crystal">Never seen in training.</param>
    /// <param name="photons">Of its pattern.</param>
    /// <param name="withSpread">Whether to ask for the spread, which takes eight passes.</param>
    public ExampleScore Score(CrystalRecord crystal, double photons, bool withSpread)
    {
        using var scope = NewDisposeScope();
        using ExampleBatch example = Example(crystal, photons);
        Tensor truth = example.Target[0];
        Tensor found = predictor.Predict(example.Intensity, example.Mask)[0];
        Tensor raw = predictor.PredictRaw(example.Intensity, example.Mask)[0];
        using AlignedObject aligned = Alignment.Align(truth, found, removeRamp: true);
        (double shape, double phase) = Differences(aligned.Object, truth);
        using DiffractionPattern pattern = new(example.Intensity[0].clone(), example.Mask[0].clone());
        double spread = withSpread ? predictor.Spread(example.Intensity, example.Mask) : double.NaN;
        float[] angles = (truth * (truth * truth.abs()).sum().conj())
            .angle()
            .masked_select(Crystal(truth))
            .data<float>()
            .ToArray();
        Array.Sort(angles);
        return new ExampleScore(
            crystal.Index,
            1 - (aligned.Correlation * aligned.Correlation),
            RealSpaceError.Of(raw, truth),
            shape,
            phase,
            aligned.IsTwin,
            spread,
            AmplitudeMisfits.Chi(found, pattern).Chi,
            PhotonNoise.ChiOf(pattern),
            photons,
            crystal.StrainLeft,
            angles[(int)(0.99 * (angles.Length - 1))] - angles[(int)(0.01 * (angles.Length - 1))],
            crystal.Atoms,
            SmallestRatio(Crystal(truth))
        );
    }

    /// <summary>What is shown of a crystal: its truth and the prediction, aligned.</summary>
    /// <param name="crystal">Never seen in training.</param>
    /// <param name="photons">Of its pattern.</param>
    public ShownExample Show(CrystalRecord crystal, double photons)
    {
        using var scope = NewDisposeScope();
        using ExampleBatch example = Example(crystal, photons);
        Tensor truth = example.Target[0].clone();
        Tensor found = predictor.Predict(example.Intensity, example.Mask)[0];
        using AlignedObject aligned = Alignment.Align(truth, found, removeRamp: true);
        return new ShownExample(truth.ToComplexVolume(), aligned.Object.ToComplexVolume(), Crystal(truth).ToBooleans());
    }

    private static Tensor Crystal(Tensor truth) => truth.abs().ge(truth.abs().max().Times(Inside));

    private static (double Shape, double Phase) Differences(Tensor found, Tensor truth)
    {
        using var scope = NewDisposeScope();
        Tensor a = found.abs();
        Tensor t = truth.abs();
        Tensor scaled = a * ((a * t).sum() / a.Squared().sum().AtLeast(1e-12));
        Tensor either = Crystal(truth).logical_or(scaled.ge(t.max().Times(Inside)));
        double shape = ((scaled - t).abs() * either).sum().item<float>() / t.sum().item<float>();
        Tensor weight = t * Crystal(truth);
        Tensor difference = (found * truth.conj()).angle().abs();
        return (shape, (difference * weight).sum().item<float>() / weight.sum().item<float>());
    }

    private static double SmallestRatio(Tensor inside)
    {
        double least = double.PositiveInfinity;
        for (int axis = 0; axis < 3; axis++)
        {
            long[] others = [.. new long[] { 0, 1, 2 }.Where(other => other != axis)];
            long extent = inside.sum(others).IsAbove(0).sum().item<long>();
            least = Math.Min(least, (double)inside.shape[axis] / Math.Max(extent, 1));
        }

        return least;
    }
}
