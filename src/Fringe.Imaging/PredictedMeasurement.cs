using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Preparation;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>What the network alone makes of a measurement: managed data.</summary>
public sealed record PredictedMeasurement
{
    /// <summary>Of what it was made.</summary>
    public required Measurement Measurement { get; init; }

    /// <summary>What preparation did.</summary>
    public required PreparationSummary Preparation { get; init; }

    /// <summary>Shape of the prepared pattern, <c>[z, y, x]</c>.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>What the prediction is worth.</summary>
    public required NetworkJudgement Network { get; init; }

    /// <summary>What the weights say of themselves.</summary>
    public required IReadOnlyDictionary<string, string> About { get; init; }

    /// <summary>The object on the pattern's grid: complex64 <c>[z, y, x]</c>, centred, in canonical form, |psi|^2 in photons.</summary>
    public required ComplexVolume Object { get; init; }

    /// <summary>chi of the object on the pattern's grid.</summary>
    public required double Chi { get; init; }

    /// <summary>Whether canonical form took the twin.</summary>
    public required bool IsTwin { get; init; }

    /// <summary>The phase ramp that canonical form took out, cycles across z, y, x.</summary>
    public required IReadOnlyList<double> Ramp { get; init; }

    /// <summary>The object on the network's own grid, canonical, with its support.</summary>
    public required CrystalView Small { get; init; }

    /// <summary>Standard deviation of the object over the passes, over its largest amplitude; on the network's grid.</summary>
    public required RealVolume Uncertainty { get; init; }

    /// <summary>What the network saw: photons.</summary>
    public required RealVolume Seen { get; init; }

    /// <summary>true where it saw nothing; of its length.</summary>
    public required bool[] SeenMask { get; init; }

    /// <summary>The intensity of the object on the network's grid, photons.</summary>
    public required RealVolume Modelled { get; init; }

    /// <summary>Voxels of the pattern in one of the network's grid, along z, y, x.</summary>
    public required IReadOnlyList<double> Step { get; init; }

    /// <summary>Oversampling ratios on the network's grid.</summary>
    public required IReadOnlyList<double> SmallOversamplingRatio { get; init; }

    /// <summary>Time of a warm prediction, one pass, seconds.</summary>
    public required double Seconds { get; init; }

    /// <param name="measurement">Borrowed.</param>
    /// <param name="prepared">Borrowed.</param>
    /// <param name="network">Borrowed.</param>
    /// <param name="clock">Measures the prediction.</param>
    /// <exception cref="InputException">The pattern is smaller than the network's grid.</exception>
    internal static PredictedMeasurement Of(
        Measurement measurement,
        PreparedPattern prepared,
        WarmNetwork network,
        TimeProvider clock
    )
    {
        using var scope = NewDisposeScope();
        Predictor predictor = network.Get();
        using NetworkInput input = NetworkInput.Of(prepared.Pattern, prepared.Summary.OversamplingRatio);
        // The first pass warms up.
        using PredictedObject found = predictor.PredictWithSpread(input);
        long begin = clock.GetTimestamp();
        predictor.Predict(input.Intensity, input.Mask);
        double seconds = clock.GetElapsedTime(begin).TotalSeconds;
        Tensor psi = input.ToPatternGrid(found.Object);
        (double chi, double scale) = AmplitudeMisfits.Chi(psi, prepared.Pattern);
        Tensor scaled = psi.Times(scale);
        using CanonicalForm small = CanonicalForm.Of(found.Object, found.Support);
        using CanonicalForm large = CanonicalForm.Of(scaled, CrystalOutline.Of(scaled));
        // The canonical form moved the object by less than a voxel or by whole ones, after taking the twin.
        Tensor uncertainty = small.IsTwin ? TrivialTransforms.Invert(found.Uncertainty) : found.Uncertainty;
        return new PredictedMeasurement
        {
            Measurement = measurement,
            Preparation = prepared.Summary,
            Shape = prepared.Pattern.Shape,
            Network = NetworkJudgement.Of(found),
            About = network.About,
            Object = large.Object.ToComplexVolume(),
            Chi = chi,
            IsTwin = large.IsTwin,
            Ramp = large.Ramp,
            Small = CrystalView.Of(small),
            Uncertainty = uncertainty.ToRealVolume(),
            Seen = input.Intensity[0].ToRealVolume(),
            SeenMask = input.Mask[0].ToBooleans(),
            Modelled = ForwardModel.Propagate(found.Object).abs().Squared().ToRealVolume(),
            Step = input.Step,
            SmallOversamplingRatio = input.OversamplingRatio,
            Seconds = seconds,
        };
    }
}
