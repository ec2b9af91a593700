using Fringe.Core;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class MultiStartTests
{
    [Fact]
    public void Run_SeveralStarts_RanksThemByFreeLogLikelihood()
    {
        using SyntheticProblem problem = Problem();
        using PhasingResult result = Run(Options() with { Starts = 4 }, problem.Pattern);

        Assert.Equal([1, 2, 3, 4], result.Starts.Select(start => start.Start).Order());
        double[] figures = [.. result.Starts.Select(start => start.FreeLogLikelihood)];
        Assert.Equal(figures.Order(), figures);
        Assert.Equal(1, result.Starts[0].Agreement);
        Assert.True(result.Starts[0].IsKept);
        Assert.All(
            result.Starts,
            start => Assert.Equal(start.Agreement >= new PhasingOptions().LeastAgreement, start.IsKept)
        );
    }

    [Fact]
    public void Run_WithoutFreeVoxels_RanksByChi()
    {
        using SyntheticProblem problem = Problem();
        using PhasingResult result = Run(Options() with { Starts = 3, FreeFraction = 0 }, problem.Pattern);

        Assert.True(double.IsNaN(result.FreeLogLikelihood));
        double[] figures = [.. result.Starts.Select(start => start.Chi)];
        Assert.Equal(figures.Order(), figures);
    }

    [Fact]
    public void Run_OneStart_IsThatStart()
    {
        using SyntheticProblem problem = Problem();
        PhasingOptions options = Options() with { Starts = 1 };
        using PhasingResult result = Run(options, problem.Pattern);
        using Reconstruction alone = new PhaseRetriever(options, CPU).Run(
            problem.Pattern,
            result.Held,
            1,
            null,
            TestContext.Current.CancellationToken
        );

        using var scope = NewDisposeScope();
        Assert.Null(result.Prtf);
        (double chi, double scale) = AmplitudeMisfits.Chi(alone.Object, problem.Pattern);
        Assert.InRange(Tensors.Difference(result.Object, alone.Object * scale), 0, 1e-6);
        Assert.Equal(chi, result.Chi, 1e-6);
        // The mean is stored on the scale of the measured amplitudes.
        Assert.Equal(1, result.Scale, 1e-4);
    }

    [Fact]
    public void Run_AgreeingStarts_HaveAMeanNoFurtherFromTheTruth()
    {
        using SyntheticProblem problem = Problem();
        PhasingOptions options = Options() with { Starts = 4 };
        using PhasingResult result = Run(options, problem.Pattern);
        List<double> errors = [];
        foreach (StartSummary start in result.Starts.Where(start => start.IsKept))
        {
            using Reconstruction alone = new PhaseRetriever(options, CPU).Run(
                problem.Pattern,
                result.Held,
                start.Start,
                null,
                TestContext.Current.CancellationToken
            );
            errors.Add(RealSpaceError.Of(alone.Object, problem.Truth));
        }

        Assert.True(errors.Count >= 2, "the starts do not agree: choose another problem");
        // Averaging cancels what differs between starts.
        Assert.True(RealSpaceError.Of(result.Object, problem.Truth) <= errors.Average() + 1e-3);
        Assert.NotNull(result.Prtf);
    }

    [Fact]
    public void Run_NoFiniteStart_IsBadInput()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = ones(16, 16, 16);
        intensity[1, 2, 3] = float.NaN;
        using DiffractionPattern pattern = new(intensity, zeros([16, 16, 16], ScalarType.Bool));

        Assert.Throws<InputException>(() => Run(Options(), pattern).Dispose());
    }

    [Fact]
    public void Run_StartAtThePhotonNoise_NeedsNoOther()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth, problem.Truth);

        using PhasingResult result = RunSettling(method, problem.Pattern);

        Assert.Equal(1, method.Runs);
        Assert.True(result.ReachesNoise);
        Assert.InRange(result.NoiseRatio, 0.5, 1.5);
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

        Assert.Equal(2, same.Runs);
        Assert.False(agreed.ReachesNoise);
        Assert.Equal(3, different.Runs);
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

        using PhasingResult result = Run(method, Options() with { Starts = 2 }, problem.Pattern);

        Assert.All(result.Starts, start => Assert.True(start.IsKept, $"agreement {start.Agreement}"));
        Assert.Equal(AmplitudeMisfits.Chi(problem.Truth, problem.Pattern).Chi, result.Chi, 1e-6);
        Assert.InRange(RealSpaceError.Of(result.Object, problem.Truth), -1e-6, 1e-6);
    }

    private static PhasingResult RunSettling(GivenObjects method, DiffractionPattern pattern) =>
        Run(method, Options() with { Starts = 5, StopWhenSettled = true }, pattern);

    private static PhasingResult Run(GivenObjects method, PhasingOptions options, DiffractionPattern pattern) =>
        new MultiStart(options, new StartsInTurn(method, method)).Run(
            pattern,
            null,
            TestContext.Current.CancellationToken
        );

    private static SyntheticProblem Problem() => SyntheticProblems.Create(new("small") { Size = 20, Photons = 1e7 });

    private static PhasingOptions Options() => new() { Recipe = PhasingRecipe.Parse("2*(10*ER+40*HIO)+50*ER", 0.9) };

    private static PhasingResult Run(PhasingOptions options, DiffractionPattern pattern) =>
        new MultiStart(options, new PhaseRetriever(options, CPU)).Run(
            pattern,
            null,
            TestContext.Current.CancellationToken
        );
}
