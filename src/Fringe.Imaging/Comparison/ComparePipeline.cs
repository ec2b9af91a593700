using Fringe.Core;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;
using Fringe.Imaging.Network;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Imaging.Comparison;

/// <summary>One pattern in three ways, with the same threads and the same voxels held out: everything before it is written.</summary>
internal static class ComparePipeline
{
    /// <param name="request">What to do; its options are valid.</param>
    /// <param name="clock">Keeps the stages' times.</param>
    /// <param name="phase">Runs a stage of phasing, named, with something that shows its progress.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">The input cannot be used.</exception>
    public static CrystalComparison Run(
        CompareRequest request,
        StageClock clock,
        Func<string, Func<IProgress<PhasingProgress>, PhasingResult>, PhasingResult> phase,
        CancellationToken cancellation
    )
    {
        PhaseRequest measurement = request.Measurement;
        set_num_threads(measurement.Threads ?? Environment.ProcessorCount);
        (MeasuredStack stack, PreparationOptions options) = clock.Run(
            CompareStages.Read,
            () => PhasePipeline.Read(measurement, cancellation)
        );
        using PreparedPattern prepared = clock.Run(
            CompareStages.Prepare,
            () => PatternPreparer.Prepare(stack.Intensity, options, cancellation)
        );
        DiffractionPattern pattern = prepared.Pattern;
        using Tensor? truth = request.TruthPath is { } path ? ReadTruth(path, pattern) : null;
        using Predictor predictor = clock.Run(
            CompareStages.LoadNetwork,
            () => new Predictor(ShippedNetwork.Load(null).Network)
        );
        clock.Run(CompareStages.PredictCold, () => predictor.Predict(pattern)).Dispose();
        using Tensor predicted = clock.Run(CompareStages.Predict, () => predictor.Predict(pattern));
        NetworkJudgement judgement = clock.Run(
            CompareStages.JudgePrediction,
            () => NetworkJudgement.Of(pattern, predictor)
        );
        using PhasingResult iterative = Phase(
            CompareStages.Iterate,
            measurement.Phasing,
            new PhaseRetriever(measurement.Phasing, CPU)
        );
        PhasingOptions fromNetwork = measurement.PhasingFromNetwork;
        using PhasingResult refined = Phase(
            CompareStages.Refine,
            fromNetwork,
            new CoarseToFine(fromNetwork, measurement.Refinement, CPU, predicted)
        );
        double predicting = clock.SecondsOf(CompareStages.Predict);
        return clock.Run(
            CompareStages.Judge,
            () =>
            {
                using FoundObject first = FoundObject.Of(
                    ComparedWay.Iterative,
                    "iterative",
                    iterative,
                    clock.SecondsOf(CompareStages.Iterate)
                );
                using FoundObject second = FoundObject.Of(
                    ComparedWay.Network,
                    "network",
                    predicted,
                    pattern,
                    iterative.Held,
                    predicting
                );
                using FoundObject third = FoundObject.Of(
                    ComparedWay.Refined,
                    "network + refinement",
                    refined,
                    predicting + clock.SecondsOf(CompareStages.Refine)
                );
                FoundObject[] found = [first, second, third];
                return new CrystalComparison
                {
                    Name = PhasePipeline.SampleName(measurement),
                    DataHash = PhasePipeline.Hash(stack.Intensity),
                    Threads = get_num_threads(),
                    Prepared = prepared.Summary,
                    Measured = pattern.Intensity.ToRealVolume(),
                    Mask = pattern.Mask.ToBooleans(),
                    Network = judgement,
                    Ways = WayJudge.Judge(found, truth),
                    Drawn = ObjectGallery.Draw(found, truth, pattern),
                };
            }
        );

        PhasingResult Phase(string stage, PhasingOptions phasing, IPhasingMethod method) =>
            clock.Run(
                stage,
                () => phase(stage, progress => new MultiStart(phasing, method).Run(pattern, progress, cancellation))
            );
    }

    private static Tensor ReadTruth(string path, DiffractionPattern pattern)
    {
        Tensor truth = PhasePipeline.ReadObject("--truth", path, pattern);
        using Tensor amplitude = truth.abs();
        using Tensor sum = amplitude.sum(ScalarType.Float64);
        double total = sum.item<double>();
        if (double.IsFinite(total) && total > 0)
        {
            return truth;
        }

        truth.Dispose();
        throw new InputException($"--truth {path}: holds no object, but only zeros, or NaN or infinite values");
    }
}
