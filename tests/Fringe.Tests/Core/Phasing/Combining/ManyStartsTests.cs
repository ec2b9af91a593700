using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Combining;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ManyStartsTests
{
    private static readonly Iterate Iterations = new() { Recipe = PhasingRecipe.Parse("2*(10*ER+40*HIO)+50*ER", 0.9) };

    [Fact]
    public void Run_SeveralStarts_RanksThemByFreeLogLikelihood()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        StartPlan plan = Plans.Iterated(Iterations, starts: 4);
        using PhasingResult result = judged.Run(plan);

        Assert.Equal([1, 2, 3, 4], result.Starts.Select(start => start.Number).Order());
        Assert.All(result.Starts, start => Assert.Equal($"random {start.Number}", start.Origin));
        double[] figures = [.. result.Starts.Select(start => start.FreeLogLikelihood)];
        Assert.Equal(figures.Order(), figures);
        Assert.Equal(1, result.Starts[0].Agreement);
        Assert.True(result.Starts[0].IsKept);
        Assert.All(result.Starts, start => Assert.Equal(start.Agreement >= plan.LeastAgreement, start.IsKept));
    }

    [Fact]
    public void Run_WithoutFreeVoxels_RanksByChi()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern, freeFraction: 0);
        using PhasingResult result = judged.Run(Plans.Iterated(Iterations, starts: 3));

        Assert.True(double.IsNaN(result.FreeLogLikelihood));
        double[] figures = [.. result.Starts.Select(start => start.Chi)];
        Assert.Equal(figures.Order(), figures);
    }

    [Fact]
    public void Run_OneStart_IsThatStart()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Iterated(Iterations, starts: 1));
        using Reconstruction alone = judged.Run(Iterations, Start.Random(1));

        using var scope = NewDisposeScope();
        Assert.Null(result.Prtf);
        (double chi, double scale) = AmplitudeMisfits.Chi(alone.Object, problem.Pattern);
        Assert.InRange(TestTensors.Difference(result.Object, alone.Object * scale), 0, 1e-6);
        Assert.Equal(chi, result.Chi, 1e-6);
        // The mean is stored on the scale of the measured amplitudes.
        Assert.Equal(1, result.Scale, 1e-4);
    }

    // Averaging cancels what differs between starts. Of 72 runs, under MKL's transforms for AMD, AVX2 and AVX-512, the mean's error was 0.05 to
    // 0.87 of that of its starts, below 0.51 in nineteen of twenty, 0.11 at the median.
    [Fact]
    public void Run_AgreeingStarts_HaveAMeanNearerToTheTruth()
    {
        SeveralRuns ratios = SeveralRuns.Of(9, ErrorOfMeanOverThatOfItsStarts);

        Assert.True(ratios.Median <= 0.6, $"{ratios}");
    }

    [Fact]
    public void Run_NoFiniteStart_IsNoResult()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = ones(16, 16, 16);
        intensity[1, 2, 3] = float.NaN;
        using DiffractionPattern pattern = new(intensity, zeros([16, 16, 16], ScalarType.Bool));
        using JudgedProblem judged = new(pattern);
        StartPlan plan = Plans.Iterated(Iterations, starts: 3);

        Assert.Null(ManyStarts.Run(judged.Problem, plan, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Run_StartWithoutNumbers_IsLeftOutOfTheMean()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        using JudgedProblem judged = new(problem.Pattern);
        Tensor none = full_like(problem.Truth, float.NaN);
        GivenObjects method = new(none, problem.Truth);

        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 2));

        Assert.Equal([2, 1], result.Starts.Select(start => start.Number));
        Assert.Equal([true, false], result.Starts.Select(start => start.IsKept));
        Assert.InRange(RealSpaceError.Of(result.Object, problem.Truth), -1e-6, 1e-6);
    }

    [Fact]
    public void Run_StartAtThePhotonNoise_NeedsOneThatAgrees()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor point = zeros_like(problem.Truth);
        point[10, 10, 10] = 1;
        GivenObjects method = new(problem.Truth, problem.Truth);
        GivenObjects later = new(problem.Truth, point, problem.Truth);

        using PhasingResult result = RunSettling(method, problem.Pattern);
        using PhasingResult afterAnother = RunSettling(later, problem.Pattern);

        Assert.Equal(2, result.Starts.Count);
        Assert.Equal([1, 3, 2], afterAnother.Starts.Select(start => start.Number));
        Assert.True(result.ReachesNoise);
        Assert.InRange(result.NoiseRatio, 0.5, 1.5);
    }

    // Few voxels judge, and chance may spare them a wrong object: here those at which it is right.
    [Fact]
    public void Run_StartThatOnlyTheFreeVoxelsAllow_NeedsAnotherAndIsNotTheBest()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor wrong = problem.Truth.clone();
        wrong.narrow(0, 0, 10).zero_();
        double scale = AmplitudeMisfits.Chi(wrong, problem.Pattern).Scale;
        Tensor predicted = (ForwardModel.Propagate(wrong).abs() * scale).square();
        Tensor free = (predicted - problem.Pattern.Intensity).abs().le(0.3 * predicted.sqrt());
        using PhasingProblem lenient = new(problem.Pattern, free, CPU);
        GivenObjects method = new(wrong, problem.Truth);
        StartPlan plan = Plans.Alike(method, starts: 3) with { StopWhenSettled = true };

        using PhasingResult result = ManyStarts.Run(lenient, plan, null, TestContext.Current.CancellationToken)!;

        Assert.Equal([2, 3, 1], result.Starts.Select(start => start.Number));
        Assert.True(result.Starts[2].FreeLogLikelihood < result.Starts[0].FreeLogLikelihood, "not a case of it");
        Assert.True(result.ReachesNoise);
        Assert.InRange(result.MisfitRatio, 0.8, PhotonNoise.LargestMisfitRatio);
    }

    // Two that agree settle it, whatever they are; one alone that does not explain the pattern does not.
    [Fact]
    public void Run_StartsAwayFromTheNoise_GoOnUntilTwoAgree()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        // A half of the crystal is nearer to the pattern than a single voxel is.
        Tensor wrong = problem.Truth.clone();
        wrong.narrow(0, 0, 10).zero_();
        Tensor point = zeros_like(wrong);
        point[10, 10, 10] = 1;
        GivenObjects same = new(wrong, wrong);
        GivenObjects different = new(point, wrong);

        using PhasingResult agreed = RunSettling(same, problem.Pattern);
        using PhasingResult later = RunSettling(different, problem.Pattern);

        Assert.Equal(2, agreed.Starts.Count);
        Assert.False(agreed.ReachesNoise);
        Assert.Equal(3, later.Starts.Count);
    }

    // Few photons hide all that a model may lack: two halves of the crystal agree, and the whole one is still to come.
    [Fact]
    public void Run_StartsThatAgreeInLessThanFewPhotonsAllow_GoOn()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("few photons") { Size = 20, Photons = 2e4 });
        using var scope = NewDisposeScope();
        Tensor wrong = problem.Truth.clone();
        wrong.narrow(0, 0, 10).zero_();
        GivenObjects method = new(wrong, wrong, problem.Truth, problem.Truth);

        using PhasingResult result = RunSettling(method, problem.Pattern);

        Assert.Equal([3, 4, 1, 2], result.Starts.Select(start => start.Number));
        Assert.InRange(result.MisfitRatio, 0.8, PhotonNoise.LargestMisfitRatio);
    }

    // What misled one start of an origin may mislead the next, too: unless photon noise explains the rest, one of another origin must agree.
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public void Run_StartsOfOneOrigin_AreNoConfirmationAwayFromTheNoise(bool isTrue, int runs)
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor psi = problem.Truth.clone();
        if (!isTrue)
        {
            psi.narrow(0, 0, 10).zero_();
        }

        GivenObjects method = new(psi);
        PlannedStart[] alike =
        [
            .. Enumerable.Repeat(new PlannedStart(Start.From(psi, "network", psi.abs().gt(0)), method), 2),
        ];
        StartPlan plan = Plans.Alike(method, starts: 3) with { StopWhenSettled = true };
        using JudgedProblem judged = new(problem.Pattern);

        using PhasingResult result = judged.Run(plan with { Starts = [.. alike, .. plan.Starts] });

        Assert.Equal(isTrue, result.ReachesNoise);
        Assert.Equal(runs, result.Starts.Count);
        Assert.All(result.Starts, start => Assert.True(start.IsKept));
        Assert.Equal(isTrue, result.Prtf is null);
    }

    // With three threads as many starts as are sure to be needed: all where all are asked for, two where two may settle it.
    [Fact]
    public void Run_StartsSideBySide_AreAsInTurn()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth, problem.Truth, problem.Truth);
        Iterate few = Iterations with { Recipe = PhasingRecipe.Parse("5*ER+5*HIO+5*ER", 0.9) };
        StartPlan four = Plans.Iterated(few, starts: 4);
        using JudgedProblem judged = new(problem.Pattern);

        using PhasingResult settled = OnThreads(3, () => RunSettling(method, problem.Pattern));
        using PhasingResult beside = OnThreads(3, () => judged.Run(four));
        using PhasingResult inTurn = OnThreads(1, () => judged.Run(four));

        Assert.Equal(2, method.Runs);
        Assert.Equal([1, 2], settled.Starts.Select(start => start.Number));
        Assert.Equal(inTurn.Starts.Select(start => start.Number), beside.Starts.Select(start => start.Number));
        Assert.True(TestTensors.Difference(beside.Object, inTurn.Object) == 0);
    }

    // A truncated crystal agrees with the whole one in nearly everything, and spoils the mean.
    [Fact]
    public void Run_MeanThatExplainsLess_IsNotTheResult()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor truncated = problem.Truth.clone();
        truncated.narrow(0, 0, 8).zero_();
        GivenObjects method = new(problem.Truth, truncated);
        using JudgedProblem judged = new(problem.Pattern);

        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 2));

        Assert.All(result.Starts, start => Assert.True(start.IsKept, $"agreement {start.Agreement}"));
        Assert.Equal(AmplitudeMisfits.Chi(problem.Truth, problem.Pattern).Chi, result.Chi, 1e-6);
        Assert.InRange(RealSpaceError.Of(result.Object, problem.Truth), -1e-6, 1e-6);
    }

    // A mean is made consistent with all that was measured, so the polish leaves nothing out.
    [Fact]
    public void Run_Polish_SeesTheFreeVoxels()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        GivenObjects polish = new(problem.Truth);
        using JudgedProblem judged = new(problem.Pattern);

        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 2) with { Polish = polish });

        Assert.Equal([0L], polish.FreeVoxels);
        Assert.Empty(method.Repeated);
    }

    [Fact]
    public void Run_Progress_CountsStartsAndSteps()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        Iterate few = Iterations with { Recipe = PhasingRecipe.Parse("2*ER+3*HIO", 0.9) };
        Recorder reports = new();

        Recorder besides = new();
        StartPlan two = Plans.Iterated(few, starts: 2);
        CancellationToken token = TestContext.Current.CancellationToken;

        OnThreads(1, () => ManyStarts.Run(judged.Problem, two, reports, token))!.Dispose();
        OnThreads(2, () => ManyStarts.Run(judged.Problem, two, besides, token))!.Dispose();

        Assert.Equal(reports.Places, besides.Places.Order());
        Assert.Equal([(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 1), (2, 2), (2, 3), (2, 4), (2, 5)], reports.Places);
        Assert.All(reports.Heard, report => Assert.Equal((2, 5), (report.Starts, report.Iterations)));
        Assert.Equal(["ER", "ER", "HIO", "HIO", "HIO"], reports.Heard.Take(5).Select(report => report.Algorithm));
        Assert.All(reports.Heard, report => Assert.InRange(report.Chi, 0, 1));
    }

    [Fact]
    public void Run_CancelledSideBySide_LeavesNothing()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        using CancellationTokenSource source = new();
        Recorder reports = new() { CancelAt = (2, 7), Source = source };
        StartPlan three = Plans.Iterated(Iterations, starts: 3);

        Assert.Throws<OperationCanceledException>(() =>
            OnThreads(3, () => ManyStarts.Run(judged.Problem, three, reports, source.Token))?.Dispose()
        );
        Assert.DoesNotContain((2, 8), reports.Places);
    }

    [Fact]
    public void Run_Cancelled_StopsBeforeTheNextStep()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        using CancellationTokenSource source = new();
        Recorder reports = new() { CancelAt = (2, 7), Source = source };

        StartPlan three = Plans.Iterated(Iterations, starts: 3);
        Assert.Throws<OperationCanceledException>(() =>
            OnThreads(1, () => ManyStarts.Run(judged.Problem, three, reports, source.Token))?.Dispose()
        );
        Assert.Equal((2, 7), reports.Places[^1]);
    }

    private static double ErrorOfMeanOverThatOfItsStarts(int seed)
    {
        using SyntheticProblem problem = SyntheticProblems.Create(
            new("1e6 photons")
            {
                Size = 20,
                Photons = 1e6,
                Seed = seed,
            }
        );
        Iterate method = new()
        {
            Recipe = PhasingRecipe.Parse("2*(20*ER+80*HIO)+50*ER", Iterate.DefaultBeta),
            InitialSupport = new InitialSupport { Kind = InitialSupportKind.Box },
            ShrinkWrap = new ShrinkWrap
            {
                First = 20,
                Sigma = 2,
                SigmaEnd = 0.7,
                Threshold = 0.15,
                ThresholdEnd = 0.2,
                MinimumFraction = 0.05,
            },
        };
        using JudgedProblem judged = new(problem.Pattern, 10 * seed);
        StartPlan plan = Plans.Iterated(method, starts: 4, seed: 10 * seed);
        using PhasingResult result = judged.Run(plan);
        List<double> errors = [];
        foreach (StartOutcome start in result.Starts.Where(start => start.IsKept))
        {
            using Reconstruction alone = judged.Run(method, plan.Starts[start.Number - 1].Start);
            errors.Add(RealSpaceError.Of(alone.Object, problem.Truth));
        }

        Assert.True(errors.Count >= 2, "the starts do not agree: choose another problem");
        Assert.NotNull(result.Prtf);
        return RealSpaceError.Of(result.Object, problem.Truth) / errors.Average();
    }

    private static T OnThreads<T>(int threads, Func<T> run)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        try
        {
            return run();
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static PhasingResult RunSettling(GivenObjects method, DiffractionPattern pattern)
    {
        using JudgedProblem judged = new(pattern);
        return judged.Run(Plans.Alike(method, starts: 5) with { StopWhenSettled = true });
    }

    private static SyntheticProblem Problem() => SyntheticProblems.Create(new("small") { Size = 20, Photons = 1e7 });

    // Progress<T> would report on another thread.
    private sealed class Recorder : IProgress<PhasingProgress>
    {
        public List<PhasingProgress> Heard { get; } = [];

        public IReadOnlyList<(int, int)> Places => [.. Heard.Select(report => (report.Start, report.Iteration))];

        public (int, int)? CancelAt { get; init; }

        public CancellationTokenSource? Source { get; init; }

        public void Report(PhasingProgress value)
        {
            Heard.Add(value);
            if ((value.Start, value.Iteration) == CancelAt)
            {
                Source!.Cancel();
            }
        }
    }
}
