using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Imaging.Methods;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Imaging.Methods;

/// <summary>The starts of each way, and what becomes of them.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ImagingMethodTests
{
    private static readonly RefineWithBlur Refinement = new() { Refine = new Refine().WithSteps(12) };

    [Fact]
    public void Plan_AutomaticWithPredictions_IsTheNetworksStartsAndThenRandomOnes()
    {
        using Tensor best = ones(4, 4, 4, ScalarType.ComplexFloat32);
        using Tensor second = zeros_like(best);
        Automatic method = new() { Starts = 4, Refinement = Refinement };

        StartPlan plan = method.Plan(new KnownBefore(seed: 7, [best, second], given: null));

        Assert.Equal(2, method.Predictions);
        Assert.Equal(["network", "network", "random 9", "random 10"], plan.Starts.Select(start => start.Start.Origin));
        GivenStart[] fromNetwork = [.. plan.Starts.Take(2).Select(start => Assert.IsType<GivenStart>(start.Start))];
        Assert.Same(best, fromNetwork[0].Object);
        Assert.Same(second, fromNetwork[1].Object);
        Assert.All(fromNetwork, start => Assert.True(start.Support is null && start.CoherenceWidths is null));
        Assert.All(
            plan.Starts.Take(2),
            start => Assert.Equal(RefinedPhasing.Of(method.FromPrediction, Refinement), start.Method)
        );
        Assert.All(
            plan.Starts.Skip(2),
            start => Assert.Equal(RefinedPhasing.Of(method.FromRandom, Refinement), start.Method)
        );
        Assert.True(plan.StopWhenSettled);
        Assert.Equal(RefinedPhasing.LeastAgreement, plan.LeastAgreement);
    }

    // Start i has the seed's number and i - 1.
    [Fact]
    public void Plan_AutomaticWithoutAPrediction_IsRandomStarts()
    {
        Automatic method = new() { Starts = 3, StopWhenSettled = false };

        StartPlan plan = method.Plan(new KnownBefore(seed: 7, predicted: [], given: null));

        Assert.Equal([7, 8, 9], Seeds(plan));
        Assert.All(
            plan.Starts,
            start => Assert.Equal(RefinedPhasing.Of(method.FromRandom, method.Refinement), start.Method)
        );
        Assert.False(plan.StopWhenSettled);
    }

    [Fact]
    public void Plan_AutomaticOfOneStart_IsTheNetworks()
    {
        using Tensor predicted = ones(4, 4, 4, ScalarType.ComplexFloat32);

        Automatic method = new() { Starts = 1 };

        StartPlan plan = method.Plan(new KnownBefore(1, [predicted], given: null));

        Assert.Equal(1, method.Predictions);
        Assert.Equal("network", Assert.Single(plan.Starts).Start.Origin);
    }

    [Fact]
    public void Plan_FromRandom_IsRandomStartsAllRun()
    {
        FromRandom method = new() { Starts = 2, Refinement = Refinement };

        StartPlan plan = method.Plan(new KnownBefore(3, predicted: [], given: null));

        Assert.Equal([3, 4], Seeds(plan));
        Assert.All(plan.Starts, start => Assert.Equal(RefinedPhasing.Of(method.Iterate, Refinement), start.Method));
        Assert.False(plan.StopWhenSettled);
        Assert.Equal(RefinedPhasing.LeastAgreement, plan.LeastAgreement);
    }

    [Fact]
    public void Plan_FromNetworkOrObject_IsTheOneStart()
    {
        using Tensor psi = ones(4, 4, 4, ScalarType.ComplexFloat32);
        StartPlan network = new FromNetwork { Refinement = Refinement }.Plan(new KnownBefore(3, [psi], given: null));
        StartPlan given = new FromObject { Refinement = Refinement }.Plan(new KnownBefore(3, predicted: [], psi));

        Assert.Equal("network", Assert.Single(network.Starts).Start.Origin);
        Assert.Equal("given", Assert.Single(given.Starts).Start.Origin);
        Assert.All(
            new[] { network, given },
            plan =>
            {
                Assert.Same(psi, ((GivenStart)plan.Starts[0].Start).Object);
                Assert.Equal(RefinedPhasing.Of(RefinedPhasing.FromObject, Refinement), plan.Starts[0].Method);
            }
        );
    }

    [Fact]
    public void Plan_Iterations_AreOfRandomStartsAndNothingElse()
    {
        Iterations method = new() { Starts = 2 };

        StartPlan plan = method.Plan(new KnownBefore(5, predicted: [], given: null));

        Assert.Equal([5, 6], Seeds(plan));
        Assert.All(plan.Starts, start => Assert.Equal(method.Iterate, start.Method));
        Assert.Equal(0.8, plan.LeastAgreement);
        Assert.False(plan.StopWhenSettled);
        Iterate polish = Assert.IsType<Iterate>(plan.Polish);
        Assert.Equal("20*ER", polish.Recipe.Text);
        Assert.Equal((0, 0, 0), (polish.ShrinkWrap.Every, polish.AverageLast, polish.TwinBreakIteration));
    }

    // Seeds are any numbers.
    [Fact]
    public void Plan_LargestSeed_WrapsAround() =>
        Assert.Equal(
            [int.MaxValue, int.MinValue],
            Seeds(new Iterations { Starts = 2 }.Plan(new KnownBefore(int.MaxValue, [], null)))
        );

    // A replica of the uncertainty is found from the object: by refinement on its support where that is how it was found, by all iterations
    // where those are all.
    [Fact]
    public void Plan_Repeat_IsHowTheObjectWasFound()
    {
        using Tensor psi = ones(4, 4, 4, ScalarType.ComplexFloat32);
        KnownBefore known = new(1, [psi], psi);
        RefiningMethod[] refining =
        [
            new Automatic { Refinement = Refinement },
            new FromNetwork { Refinement = Refinement },
            new FromObject { Refinement = Refinement },
            new FromRandom { Refinement = Refinement },
        ];

        Assert.All(
            refining.Select(method => method.Plan(known)),
            plan =>
            {
                Refine repeat = Assert.IsType<Refine>(plan.Repeat);
                Assert.Equal((6, 0, 0), (repeat.Steps, repeat.ExtraSteps, repeat.ShrinkWrap.Every));
                Assert.Equal(repeat, plan.Polish);
            }
        );
        Iterations iterations = new();
        // From an object there are no two to part.
        Assert.Equal(iterations.Iterate with { TwinBreakIteration = 0 }, iterations.Plan(known).Repeat);
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    public void UsesNetwork_Automatic_WhereThePatternIsLargeEnough(long length, bool uses)
    {
        Assert.Equal(uses, new Automatic().UsesNetwork([64, length, 64]));
        // It says itself why it cannot.
        Assert.True(new FromNetwork().UsesNetwork([64, length, 64]));
        Assert.All(
            new ImagingMethod[] { new FromRandom(), new FromObject(), new Iterations() },
            method => Assert.False(method.MayUseNetwork || method.UsesNetwork([64, length, 64]))
        );
    }

    [Fact]
    public void Validate_BadParts_NamesEachProblemOnce()
    {
        Iterate bad = new() { TwinBreakIteration = -1, AverageLast = -1 };
        RefineWithBlur refinement = new() { Refine = new Refine { Steps = 0 } };

        // The iterations from the prediction and from random numbers are options of their own.
        Assert.Equal(
            6,
            new Automatic
            {
                FromPrediction = bad,
                FromRandom = bad,
                Refinement = refinement,
                Starts = 0,
            }
                .Validate()
                .Count()
        );
        Assert.Equal(
            4,
            new FromRandom
            {
                Iterate = bad,
                Refinement = refinement,
                Starts = 10_001,
            }
                .Validate()
                .Count()
        );
        Assert.Equal(
            3,
            new FromNetwork { Iterate = bad, Refinement = refinement }
                .Validate()
                .Count()
        );
        Assert.Equal(
            3,
            new FromObject { Iterate = bad, Refinement = refinement }
                .Validate()
                .Count()
        );
        Assert.Equal(
            3,
            new Iterations { Iterate = bad, Starts = 0 }
                .Validate()
                .Count()
        );
        Assert.Empty(new Automatic().Validate());
    }

    private static IEnumerable<int> Seeds(StartPlan plan) =>
        plan.Starts.Select(start => Assert.IsType<RandomStart>(start.Start).Seed);
}
