using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

/// <summary>Every algorithm over the shared set of synthetic problems (<see cref="SyntheticProblems"/>), two starts each.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class SharedProblemsTests(ITestOutputHelper output)
{
    private const string Hybrid = "3*(20*ER+80*HIO)+100*ER";
    private const string Relaxed = "3*(20*ER+80*RAAR)+100*ER";
    private const string Difference = "3*(20*ER+50*DM)+100*ER";
    private const string Flipping = "3*(60*ER+40*SF)+100*ER";

    // Bounds are about twice what was measured. What stays of the error is the noise and, with ER and SF, which stagnate, the rim of the
    // support. ER, SF and, from two starts, RAAR are not expected to solve the strained
    // crystal (RAAR: 0.28 on one machine, 0.63 with another order of summation): a bound of 1 says so.
    [Theory]
    [InlineData("400*ER", 0.20, 0.20, 0.20, 0.30, 1)]
    [InlineData(Hybrid, 0.01, 0.01, 0.03, 0.02, 0.02)]
    [InlineData(Relaxed, 0.01, 0.01, 0.04, 0.02, 1)]
    [InlineData(Difference, 0.01, 0.01, 0.05, 0.02, 0.02)]
    [InlineData(Flipping, 0.20, 0.20, 0.20, 0.30, 1)]
    public void Run_SharedProblems_ComeWithinTheirErrors(
        string recipe,
        double noiseless,
        double manyPhotons,
        double fewPhotons,
        double gap,
        double strain
    )
    {
        PhasingOptions options = new()
        {
            Starts = 2,
            Recipe = PhasingRecipe.Parse(recipe, PhasingOptions.DefaultBeta),
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
        double[] bounds = [noiseless, manyPhotons, fewPhotons, gap, strain];
        IEnumerable<string> failures = SyntheticProblems
            .Standard(32)
            .Zip(bounds, (parameters, bound) => (parameters.Name, Error: Error(parameters, options), Bound: bound))
            .Where(row => !(row.Error <= row.Bound))
            .Select(row => $"{row.Name}: {row.Error:F4} > {row.Bound}");

        Assert.Empty(failures.ToArray());
    }

    private double Error(SyntheticParameters parameters, PhasingOptions options)
    {
        using SyntheticProblem problem = SyntheticProblems.Create(parameters);
        using PhasingResult result = new MultiStart(options, new PhaseRetriever(options, CPU)).Run(
            problem.Pattern,
            null,
            TestContext.Current.CancellationToken
        );
        double error = RealSpaceError.Of(result.Object, problem.Truth);
        output.WriteLine($"{options.Recipe.Text}, {parameters.Name}: error {error:F4}, chi {result.Chi:F5}");
        return error;
    }
}
