using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Refinement;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class RefinedPhasingTests(ITestOutputHelper output)
{
    // Bounds are about twice what was measured.
    [Theory]
    [InlineData("noiseless", 0.003)]
    [InlineData("1e7 photons", 0.004)]
    [InlineData("1e6 photons", 0.012)]
    [InlineData("masked gap", 0.012)]
    public void Run_SharedProblems_ComeWithinTheirErrors(string name, double bound)
    {
        SyntheticParameters parameters = SyntheticProblems.Standard(32).Single(problem => problem.Name == name);
        using SyntheticProblem problem = SyntheticProblems.Create(parameters);
        PhasingOptions options = RefinedPhasing.DefaultOptions;
        RefinedPhasing method = new(options, new RefinementOptions(), CPU);

        using PhasingResult result = new MultiStart(options, method).Run(
            problem.Pattern,
            null,
            TestContext.Current.CancellationToken
        );

        double error = RealSpaceError.Of(result.Object, problem.Truth);
        output.WriteLine(
            $"{name}: error {error:F4}, chi {result.Chi:F5}, kept {result.Starts.Count(start => start.IsKept)}"
        );
        Assert.InRange(error, 0, bound);
    }

    [Fact]
    public void Run_GivenObject_StartsFromIt()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e6 photons") { Size = 24, Photons = 1e6 });
        using var scope = NewDisposeScope();
        Tensor given = Tensors.Blurred(problem.Truth).contiguous();
        Tensor held = FreeVoxels.Choose(problem.Pattern, 0.03, 1);
        PhasingOptions options = RefinedPhasing.OptionsFromGiven;
        RefinedPhasing method = new(options, new RefinementOptions(), CPU, given);
        List<PhasingProgress> reports = [];

        using Reconstruction found = method.Run(
            problem.Pattern,
            held,
            1,
            new Listener(reports.Add),
            TestContext.Current.CancellationToken
        );

        // Its position and twin are the given one's: no alignment is needed.
        (double overlap, _) = TrivialTransforms.Overlap(found.Object, problem.Truth);
        double correlation = overlap / (Tensors.Norm(found.Object) * Tensors.Norm(problem.Truth));
        Assert.True(correlation > 0.98, $"correlation {correlation}");
        Assert.Equal(found.ChiHistory.Count, reports[^1].Iteration);
        Assert.Equal(options.Recipe.Iterations, reports.Count(report => report.Algorithm is "HIO" or "ER"));
        Assert.All(reports, report => Assert.True(report.Iteration <= report.Iterations));
    }

    [Fact]
    public void Run_FreeVoxels_AreNotSeenBeforeTheyJudge()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e6 photons") { Size = 24, Photons = 1e6 });
        using var scope = NewDisposeScope();
        Tensor held = FreeVoxels.Choose(problem.Pattern, 0.03, 1);
        using DiffractionPattern other = new(
            problem.Pattern.Intensity.masked_fill(held, 7),
            problem.Pattern.Mask.clone()
        );
        // No last steps, which see the free voxels, and no blur, which is kept or not by what they say.
        RefinementOptions unseen = new()
        {
            FinalSteps = 0,
            Patience = 1000,
            Coherence = CoherenceFit.Never,
        };
        // A given support: the autocorrelation, from which the first one is drawn, sees all voxels.
        PhasingOptions options = RefinedPhasing.OptionsFromGiven;
        Tensor given = Tensors.Blurred(problem.Truth).contiguous();
        RefinedPhasing method = new(options, unseen, CPU, given);

        using Reconstruction one = method.Run(problem.Pattern, held, 1, null, TestContext.Current.CancellationToken);
        using Reconstruction two = method.Run(other, held, 1, null, TestContext.Current.CancellationToken);

        Assert.Equal(one.ChiHistory[^1], two.ChiHistory[^1], 1e-6);
        Assert.True(two.FreeLogLikelihood > one.FreeLogLikelihood);
    }

    private sealed class Listener(Action<PhasingProgress> hear) : IProgress<PhasingProgress>
    {
        public void Report(PhasingProgress value) => hear(value);
    }
}
