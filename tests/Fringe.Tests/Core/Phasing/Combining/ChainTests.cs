using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Combining;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ChainTests
{
    private static readonly Iterate First = new()
    {
        Recipe = PhasingRecipe.Parse("5*ER+10*HIO+5*ER", 0.9),
        AverageLast = 0,
    };

    private static readonly Refine Second = new()
    {
        Steps = 10,
        ExtraSteps = 10,
        FinalSteps = 3,
    };

    [Fact]
    public void Run_TwoMethods_IsTheSecondFromTheOutcomeOfTheFirst()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        using Reconstruction first = judged.Run(First, Start.Random(4));
        using Reconstruction wanted = judged.Run(Second, Start.From(first.Object, "first", first.Support));
        using Reconstruction found = judged.Run(new Chain(First, Second), Start.Random(4));

        Assert.Equal(wanted.Object.ToComplexVolume().Interleaved, found.Object.ToComplexVolume().Interleaved);
        Assert.Equal(wanted.Support.ToBooleans(), found.Support.ToBooleans());
        Assert.Equal([.. first.ChiHistory, .. wanted.ChiHistory], found.ChiHistory);
        Assert.Equal(wanted.FreeLogLikelihood, found.FreeLogLikelihood);
        Assert.Equal(wanted.Stop, found.Stop);
    }

    [Fact]
    public void Run_BetweenTheMethods_ReadsTheOutcomeOfTheFirst()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        using Reconstruction first = judged.Run(First, Start.Random(4));
        using PhasingRun run = PhasingRun.Begin(judged.Problem, new Chain(First, Second), Start.Random(4));
        while (run.Steps < First.Recipe.Iterations)
        {
            run.For(TimeSpan.Zero, TimeProvider.System, null, TestContext.Current.CancellationToken);
        }

        using Reconstruction found = run.Read();
        Assert.Null(run.Ended);
        Assert.Equal(first.Object.ToComplexVolume().Interleaved, found.Object.ToComplexVolume().Interleaved);
        Assert.Equal(first.FreeLogLikelihood, found.FreeLogLikelihood);
    }

    // Iterations know no blur; what the start knows of one must not be lost with them.
    [Fact]
    public void Run_BlurThatTheStartKnows_IsHandedToTheSecond()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        Chain method = new(First, new RefineWithBlur { Refine = Second, Coherence = CoherenceFit.Never });
        using Reconstruction blurred = judged.Run(
            method,
            Start.From(problem.Truth, "given", problem.Support, [0.4, 0.4, 0.4])
        );
        using Reconstruction coherent = judged.Run(method, Start.From(problem.Truth, "given", problem.Support));

        Assert.NotNull(blurred.CoherenceWidths);
        Assert.Null(coherent.CoherenceWidths);
    }

    [Fact]
    public void Run_FirstWithoutNumbers_IsTheEnd()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = ones(16, 16, 16);
        intensity[3, 4, 5] = float.NaN;
        using DiffractionPattern pattern = new(intensity, zeros([16, 16, 16], ScalarType.Bool));
        using JudgedProblem judged = new(pattern, freeFraction: 0);
        List<string> ran = [];
        GivenObjects never = new();

        using Reconstruction found = judged.Run(
            new Chain(First, never),
            Start.Random(1),
            state => ran.Add(state.Algorithm)
        );

        Assert.Equal(StopReason.NonFinite, found.Stop);
        Assert.Equal(["ER"], ran);
        Assert.Empty(never.Repeated);
    }

    [Fact]
    public void MostSteps_BeforeAndAfterTheFirst_IsTheSum()
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem judged = new(problem.Pattern);
        List<int> most = [];

        using Reconstruction found = judged.Run(
            new Chain(First, Second),
            Start.Random(1),
            state => most.Add(state.MostSteps)
        );

        Assert.Equal([20 + 10 + 10 + 3], most.Distinct());
    }

    [Fact]
    public void Validate_EitherMethod_NamesItsProblems()
    {
        Chain chain = new(First with { TwinBreakIteration = -1 }, Second with { Steps = 0 });

        Assert.Equal(2, chain.Validate().Count());
        Assert.Equal(["5*ER+10*HIO+5*ER"], chain.RecipesFor([16, 16, 16]));
    }

    private static SyntheticProblem Problem() => SyntheticProblems.Create(new("small") { Size = 16, Photons = 1e6 });
}
