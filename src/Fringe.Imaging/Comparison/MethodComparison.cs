using Fringe.Core;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Network;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Imaging.Comparison;

/// <summary>One pattern in three ways, with the same threads and the same voxels kept out: iterations, the network, network and refinement.</summary>
public sealed class MethodComparison
{
    private static readonly Iterations Iterative = new() { Starts = 1 };
    private static readonly FromNetwork Refined = new();
    private readonly Imager imager;
    private readonly ComparisonOptions options;
    private readonly IProgress<ImagingUpdate>? watch;
    private readonly CancellationToken cancellation;

    /// <param name="imager">Borrowed.</param>
    /// <param name="options">How to compare.</param>
    /// <param name="watch">Told after every step; may be null.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">The options cannot be used.</exception>
    public MethodComparison(
        Imager imager,
        ComparisonOptions options,
        IProgress<ImagingUpdate>? watch,
        CancellationToken cancellation
    )
    {
        OptionProblem.RequireNone(options.Validate());
        this.imager = imager;
        this.options = options;
        this.watch = watch;
        this.cancellation = cancellation;
    }

    /// <summary>The recipe of the iterative way.</summary>
    public static string RecipeIterative => Iterative.Iterate.Recipe.Text;

    /// <summary>The recipe before refinement.</summary>
    public static string RecipeRefined => Refined.Iterate.Recipe.Text;

    /// <summary>Compares.</summary>
    /// <param name="measurement">As read; its clock gets the stages.</param>
    /// <param name="truth">complex64 of the prepared pattern's shape, to compare with too; null = not known.</param>
    /// <exception cref="InputException">The measurement cannot be used.</exception>
    public CrystalComparison Of(Measurement measurement, ComplexVolume? truth)
    {
        StageClock clock = measurement.Clock ?? new StageClock(TimeProvider.System);
        return imager.Compute(() => Compare(measurement, truth, clock));
    }

    private CrystalComparison Compare(Measurement measurement, ComplexVolume? truth, StageClock clock)
    {
        using PreparedPattern prepared = clock.Run(
            Stage.Prepare,
            () => measurement.Prepare(options.Preparation, cancellation)
        );
        DiffractionPattern pattern = prepared.Pattern;
        using Tensor? known = truth is null ? null : TruthOf(truth, pattern);
        Predictor predictor = clock.Run(Stage.LoadNetwork, imager.Network.Get);
        clock.Run(Stage.PredictCold, () => predictor.Start(pattern)).Dispose();
        using NetworkStart network = clock.Run(Stage.Predict, () => predictor.Start(pattern));
        NetworkJudgement judgement = clock.Run(Stage.JudgePrediction, () => NetworkJudgement.Of(network));
        using Tensor free = FreeVoxels.Choose(pattern, new ImagingOptions().FreeFraction, options.Seed);
        using PhasingProblem problem = new(pattern, free, imager.Device);
        KnownBefore before = new(options.Seed, network.Objects, given: null);
        using PhasingResult iterative = clock.Run(
            Stage.Iterate,
            () => Phase(problem, Iterative.Plan(before), ImagingStage.Iterate)
        );
        using PhasingResult refined = clock.Run(
            Stage.Refine,
            () => Phase(problem, Refined.Plan(before), ImagingStage.Refine)
        );
        double predicting = clock.SecondsOf(Stage.Predict);
        return clock.Run(
            Stage.Judge,
            () =>
            {
                using FoundObject first = FoundObject.Of(Way.Iterative, iterative, clock.SecondsOf(Stage.Iterate));
                using FoundObject second = FoundObject.Of(Way.Network, network.Objects[0], problem, predicting);
                using FoundObject third = FoundObject.Of(
                    Way.Refined,
                    refined,
                    predicting + clock.SecondsOf(Stage.Refine)
                );
                FoundObject[] found = [first, second, third];
                return new CrystalComparison
                {
                    Measurement = measurement,
                    DataHash = measurement.HashStack(),
                    Seed = options.Seed,
                    Threads = imager.Threads,
                    Prepared = prepared.Summary,
                    Measured = pattern.Intensity.ToRealVolume(),
                    Mask = pattern.Mask.ToBooleans(),
                    Network = judgement,
                    Ways = MethodComparer.Compare(found, known),
                    Drawn = ObjectGallery.Draw(found, known, problem),
                };
            }
        );
    }

    private PhasingResult Phase(PhasingProblem problem, StartPlan plan, ImagingStage stage) =>
        ManyStarts.Run(problem, plan, watch is null ? null : new StageRelay(stage, watch), cancellation)
        ?? throw new InputException("phasing gave no finite numbers from any start: check mask and background");

    private static Tensor TruthOf(ComplexVolume volume, DiffractionPattern pattern)
    {
        using var scope = NewDisposeScope();
        Tensor truth = ImagingRun.ObjectOf("TruthPath", volume, pattern);
        double total = truth.abs().sum(ScalarType.Float64).item<double>();
        return double.IsFinite(total) && total > 0
            ? truth.MoveToOuterDisposeScope()
            : throw new InputException("`TruthPath`: holds no object, but only zeros, or NaN or infinite values");
    }
}
