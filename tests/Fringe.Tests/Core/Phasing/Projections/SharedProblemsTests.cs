using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Core.Phasing.Projections;

/// <summary>Every algorithm over the shared set of synthetic problems (<see cref="SyntheticProblems"/>), from several seeds.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class SharedProblemsTests(ITestOutputHelper output)
{
    private const int Size = 24;
    private const string Alternating = "400*ER";
    private const string Hybrid = "3*(20*ER+80*HIO)+100*ER";
    private const string Relaxed = "3*(20*ER+80*RAAR)+100*ER";
    private const string Difference = "3*(20*ER+50*DM)+100*ER";
    private const string Flipping = "3*(60*ER+40*SF)+100*ER";

    // The real-space error up to which the object is found: noise and a part of the support's rim are left.
    private const double Found = 0.02;

    // From 136 to 168 runs of each row: 56 seeds under MKL's transforms for AMD, AVX2 and AVX-512, whose medians agree. A run in twenty is
    // worse than the bound, so the median of nine is in less than one set of seeds in ten thousand; as rarely do fewer runs find the object.
    // ER and SF stagnate with the rim of the support.
    [Theory]
    [InlineData(Alternating, "noiseless", 0.095, 0)]
    [InlineData(Alternating, "1e7 photons", 0.10, 0)]
    [InlineData(Alternating, "1e6 photons", 0.10, 0)]
    [InlineData(Alternating, "masked gap", 0.20, 0)]
    [InlineData(Hybrid, "noiseless", 0.0005, 7)]
    [InlineData(Hybrid, "1e7 photons", 0.003, 7)]
    [InlineData(Hybrid, "1e6 photons", 0.055, 2)]
    [InlineData(Hybrid, "masked gap", 0.002, 7)]
    [InlineData(Relaxed, "noiseless", 0.04, 3)]
    [InlineData(Relaxed, "1e7 photons", 0.04, 2)]
    [InlineData(Relaxed, "1e6 photons", 0.055, 0)]
    [InlineData(Relaxed, "masked gap", 0.06, 1)]
    [InlineData(Difference, "noiseless", 0.0005, 7)]
    [InlineData(Difference, "1e7 photons", 0.0025, 6)]
    [InlineData(Difference, "1e6 photons", 0.07, 0)]
    [InlineData(Difference, "masked gap", 0.01, 6)]
    [InlineData(Flipping, "noiseless", 0.10, 0)]
    [InlineData(Flipping, "1e7 photons", 0.10, 0)]
    [InlineData(Flipping, "1e6 photons", 0.10, 0)]
    [InlineData(Flipping, "masked gap", 0.20, 0)]
    public void Run_SharedProblems_MedianComesWithinItsError(string recipe, string problem, double median, int found)
    {
        SeveralRuns errors = Errors(recipe, problem, seeds: 9);

        Assert.True(errors.Median <= median, $"median {errors.Median:F4} above {median}: {errors}");
        Assert.True(errors.CountUpTo(Found) >= found, $"{errors.CountUpTo(Found)} within {Found}: {errors}");
    }

    // Of 180 runs (60 seeds under each of the three transforms) HIO found it in 122, DM in 61, RAAR in 26, ER and SF never: fewer
    // than are asked for are found by three sets of seeds in a hundred thousand (HIO), and by five (DM).
    [Theory]
    [InlineData(Hybrid, 12, 2)]
    [InlineData(Difference, 24, 1)]
    public void Run_StronglyStrainedCrystal_IsFoundFromSomeSeeds(string recipe, int seeds, int found)
    {
        SeveralRuns errors = Errors(recipe, "strong strain", seeds);

        Assert.True(errors.CountUpTo(Found) >= found, $"{errors.CountUpTo(Found)} within {Found}: {errors}");
    }

    private SeveralRuns Errors(string recipe, string name, int seeds)
    {
        SyntheticParameters parameters = SyntheticProblems.Standard(Size).Single(problem => problem.Name == name);
        Iterate method = new()
        {
            Recipe = PhasingRecipe.Parse(recipe, Iterate.DefaultBeta),
            // A strained crystal's autocorrelation is narrower than the crystal: a box as the first support.
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
        SeveralRuns errors = SeveralRuns.Of(seeds, seed => Error(parameters with { Seed = seed }, method, seed));
        output.WriteLine($"{recipe}, {name}: {errors}");
        return errors;
    }

    private static double Error(SyntheticParameters parameters, Iterate method, int seed)
    {
        using SyntheticProblem problem = SyntheticProblems.Create(parameters);
        using JudgedProblem judged = new(problem.Pattern, seed);
        using PhasingResult result = judged.Run(Plans.Iterated(method, starts: 1, seed: seed));
        return RealSpaceError.Of(result.Object, problem.Truth);
    }
}
