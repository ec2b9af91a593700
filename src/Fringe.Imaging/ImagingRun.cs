using Fringe.Core;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Imaging.Crystals;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Network;
using Fringe.Imaging.Trust;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>
/// From a measurement to a result, on the thread that computes: prepare, ask the network, phase, estimate the uncertainty, find the strain,
/// judge.
/// </summary>
/// <param name="imager">Borrowed.</param>
/// <param name="options">Valid.</param>
/// <param name="watch">Told after every step; may be null.</param>
/// <param name="cancellation">Looked at throughout.</param>
internal sealed class ImagingRun(
    Imager imager,
    ImagingOptions options,
    IProgress<ImagingUpdate>? watch,
    CancellationToken cancellation
)
{
    /// <summary>A measurement as read.</summary>
    /// <param name="measurement">Borrowed.</param>
    /// <exception cref="InputException">It cannot be used, or no start gave finite numbers.</exception>
    public ImagingResult Of(Measurement measurement)
    {
        StageClock clock = measurement.Clock ?? new StageClock(TimeProvider.System);
        // Beside the preparation.
        if (options.Method.MayUseNetwork)
        {
            imager.Network.Begin();
        }

        using PreparedPattern prepared = clock.Run(
            Stage.Prepare,
            () => measurement.Prepare(options.Preparation, cancellation)
        );
        return Of(measurement, prepared, clock);
    }

    /// <summary>A pattern that is prepared already.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <exception cref="InputException">It cannot be used, or no start gave finite numbers.</exception>
    public ImagingResult Of(DiffractionPattern pattern)
    {
        Measurement measurement = new() { Name = "pattern", Stack = pattern.Intensity.ToRealVolume() };
        PreparedPattern prepared = new(pattern, PreparationSummary.Of(pattern));
        return Of(measurement, prepared, new StageClock(TimeProvider.System));
    }

    private ImagingResult Of(Measurement measurement, PreparedPattern prepared, StageClock clock)
    {
        DiffractionPattern pattern = prepared.Pattern;
        // Known to be usable before anything is phased.
        MeasuredPeak? peak = measurement.Scan is { } scan
            ? MeasuredPeak.Of(scan, prepared, Axes3.FromList(options.Preparation.Bin), options.Frame)
            : null;
        using Tensor? given = measurement.Initial is { } initial
            ? ObjectOf(nameof(MeasurementSource.InitialPath), initial, pattern)
            : null;
        if (options.Method is FromObject && given is null)
        {
            throw new InputException("there is no object to begin with");
        }

        using Tensor free = FreeVoxels.Choose(pattern, options.FreeFraction, options.Seed);
        using PhasingProblem problem = new(pattern, free, imager.Device);
        using PatternPrediction? predicted = Predict(problem, prepared.Summary.OversamplingRatio, clock);
        NetworkJudgement? network = predicted is null ? null : clock.Run(Stage.JudgePrediction, predicted.Judge);
        KnownBefore known = new(options.Seed, predicted?.Objects ?? [], given)
        {
            CoherenceWidths = predicted?.CoherenceWidths,
        };
        StartPlan plan = options.Method.Plan(known);
        using PhasingResult found = clock.Run(
            Stage.Phase,
            () =>
                ManyStarts.Run(problem, plan, Watch(ImagingStage.Phase), cancellation)
                ?? throw new InputException(
                    "phasing gave no finite numbers from any start: check mask, background and recipe"
                )
        );
        using PhotonBootstrap? bootstrap =
            options.Replicas == 0
                ? null
                : clock.Run(
                    Stage.EstimateUncertainty,
                    () =>
                        PhotonBootstrap.Run(
                            problem,
                            plan.Repeat,
                            found,
                            new BootstrapOptions { Replicas = options.Replicas, Seed = options.Seed },
                            Watch(ImagingStage.Uncertainty),
                            cancellation
                        )
                );
        CrystalInSpace? space = peak is null
            ? null
            : clock.Run(
                Stage.Strain,
                () =>
                    CrystalInSpace.Resample(
                        measurement.Scan!,
                        peak,
                        found.Canonical,
                        bootstrap,
                        (options.Frame, options.Reflection),
                        cancellation
                    )
            );
        using Tensor modelled = found.Modelled();
        return new ImagingResult
        {
            Measurement = measurement,
            DataHash = measurement.HashStack(),
            Options = options,
            Imager = imager.Options with { Threads = imager.Threads },
            Clock = clock,
            Preparation = prepared.Summary,
            Measured = pattern.Intensity.ToRealVolume(),
            Mask = pattern.Mask.ToBooleans(),
            Modelled = modelled.ToRealVolume(),
            Crystal = CrystalView.Of(found.Canonical),
            Ramp = found.Canonical.Ramp,
            Fit = PatternFit.Of(found, problem, modelled),
            Starts = found.Starts,
            LeastAgreement = plan.LeastAgreement,
            Network = network,
            Uncertainty = bootstrap?.Uncertainty,
            Space = space,
        };
    }

    private PatternPrediction? Predict(
        PhasingProblem problem,
        IReadOnlyList<double> oversamplingRatio,
        StageClock clock
    )
    {
        if (!options.Method.UsesNetwork(problem.Shape))
        {
            return null;
        }

        IReadOnlyList<double>? widths = options.Method is RefiningMethod { Refinement: var refinement }
            ? clock.Run(
                Stage.FindCoherence,
                () => CoherenceSearch.Find(problem, imager.Network.Get(), refinement, cancellation)
            )
            : null;
        return clock.Run(
            Stage.Predict,
            () =>
                PatternPrediction.Of(
                    problem,
                    imager.Network.Get(),
                    options.Method.Predictions,
                    widths,
                    oversamplingRatio,
                    cancellation
                )
        );
    }

    private StageRelay? Watch(ImagingStage stage) => watch is null ? null : new StageRelay(stage, watch);

    /// <summary>An object on a pattern's grid.</summary>
    /// <param name="property">Of the option that gave it, for the message.</param>
    /// <param name="given">It.</param>
    /// <param name="pattern">Whose shape it must have; borrowed.</param>
    /// <returns>complex64 <c>[z, y, x]</c>; belongs to the caller.</returns>
    /// <exception cref="InputException">It has another shape.</exception>
    internal static Tensor ObjectOf(string property, ComplexVolume given, DiffractionPattern pattern)
    {
        long[] shape = [given.Depth, given.Height, given.Width];
        return shape.SequenceEqual(pattern.Shape)
            ? given.ToTensor()
            : throw new InputException(
                $"`{property}`: the object has the shape {string.Join(" x ", shape)}, the prepared pattern "
                    + $"{string.Join(" x ", pattern.Shape)}; `Preparation.Shape` changes the pattern's"
            );
    }
}
