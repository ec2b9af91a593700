using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core;

/// <summary>
/// Phasing on a device that is not the CPU ends where it ends on the CPU. Runs are short: longer ones are chaotic, and the device's torch
/// calls round otherwise than the CPU's fused passes. In runs like these the overlap was 0.9999 or more.
/// </summary>
[Collection(TensorTests.Name)]
public sealed class DeviceTests
{
    private const double LeastOverlap = 0.999;
    private static readonly Refine Short = new()
    {
        Steps = 10,
        ExtraSteps = 10,
        FinalSteps = 3,
    };

    private static readonly Iterate Iterations = RefinedPhasing.FromRandom with
    {
        Recipe = PhasingRecipe.Parse("2*(3*ER+5*HIO)+3*ER", Iterate.DefaultBeta),
    };

    private static readonly Dictionary<string, RefineWithBlur> Refinements = new()
    {
        ["without a blur"] = new() { Refine = Short, Coherence = CoherenceFit.Never },
        ["with a blur"] = new() { Refine = Short, Coherence = CoherenceFit.Always },
        ["with a blur where it pays"] = new() { Refine = Short },
        ["Adam and sparsity"] = new()
        {
            Refine = Refine.Paper with { Steps = 10, ExtraSteps = 5, FinalSteps = 3 },
            Coherence = CoherenceFit.Always,
        },
        ["Poisson"] = new()
        {
            Refine = Short with
            {
                Misfit = new PoissonMisfit(),
                Optimiser = new ProximalGradient { StepLength = 0.3 },
            },
            Coherence = CoherenceFit.Always,
        },
    };

    public static TheoryData<string> Names => [.. Refinements.Keys];

    [Theory]
    [InlineData("5*ER+5*HIO+5*RAAR+3*ER")]
    [InlineData("5*ER+5*DM+SW+5*SF+3*ER")]
    public void Iterate_OtherDevice_IsAsOnTheCpu(string recipe)
    {
        Iterate method = Iterations with { Recipe = PhasingRecipe.Parse(recipe, Iterate.DefaultBeta), AverageLast = 3 };

        AssertSame(judged => judged.Run(method, Start.Random(1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Refine_OtherDevice_IsAsOnTheCpu(string name) =>
        AssertSame(judged => judged.Run(new Chain(Iterations, Refinements[name]), Start.Random(1)));

    // From an object that is on the CPU, and from one that is already there.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refine_GivenObject_IsAsOnTheCpu(bool isThere)
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor given = TestTensors.Blurred(problem.Truth).contiguous();
        PhasingMethod method = RefinedPhasing.Of(RefinedPhasing.FromObject, new RefineWithBlur { Refine = Short });
        AssertSame(judged =>
            judged.Run(method, Start.From(isThere ? given.to(judged.Problem.Device) : given, "given"))
        );
    }

    [Fact]
    public void Polish_OtherDevice_IsAsOnTheCpu()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor begin = TestTensors.Blurred(problem.Truth);
        StartPlan refined = Plans.Refined(Iterations, new RefineWithBlur { Refine = Short }, starts: 1);
        StartPlan iterated = Plans.Iterated(Iterations, starts: 1);
        AssertSame(judged =>
            Polish(judged, refined.Polish, Start.From(begin, "mean", problem.Support, [0.3, 0.3, 0.3]))
        );
        AssertSame(judged => Polish(judged, iterated.Polish, Start.From(begin, "mean", problem.Support)));
    }

    // The coarser grid is 16 x 80 x 80.
    [Fact]
    public void CoarseToFine_OtherDevice_IsAsOnTheCpu()
    {
        using var scope = NewDisposeScope();
        long[] shape = [16, 160, 160];
        using SyntheticProblem small = SyntheticProblems.Create(new("1e7 photons") { Size = 16, Photons = 1e7 });
        Tensor intensity = ForwardModel.Propagate(ResolutionChange.Resize(small.Truth, shape)).abs().square();
        using DiffractionPattern pattern = new(intensity.contiguous(), zeros(shape, ScalarType.Bool));
        // Error reduction alone: on as many voxels the feedback of the other algorithms is chaotic too soon.
        Iterate iterations = Iterations with
        {
            Recipe = PhasingRecipe.Parse("8*ER", Iterate.DefaultBeta),
        };
        RefineWithBlur refinement = new() { Refine = Short with { Steps = 4, ExtraSteps = 1, FinalSteps = 1 } };
        Chain onEveryGrid = new(iterations, refinement);
        CoarseToFine method = new(onEveryGrid, onEveryGrid);
        using JudgedProblem onCpu = new(pattern);
        using JudgedProblem onOther = new(pattern, device: OtherDevice.Get());
        using Reconstruction here = onCpu.Run(method, Start.Random(1));
        using Reconstruction there = onOther.Run(method, Start.Random(1));

        AssertSame(here.Object, there.Object);
    }

    // Ranking, averaging, polishing and the replicas' photons, which are drawn on the CPU.
    [Fact]
    public void StartsAndReplicas_OtherDevice_ComeToAnEnd()
    {
        using SyntheticProblem problem = Problem();
        StartPlan plan = Plans.Refined(Iterations, new RefineWithBlur { Refine = Short }, starts: 2) with
        {
            LeastAgreement = 0.1,
        };
        using JudgedProblem judged = new(problem.Pattern, device: OtherDevice.Get());

        using PhasingResult result = judged.Run(plan);
        using PhotonBootstrap replicas = judged.Repeat(plan.Repeat, result, 2, seed: 1);

        Assert.Equal(2, result.Starts.Count(start => start.IsKept));
        Assert.Equal(CPU.type, result.Object.device_type);
        Assert.Equal(2, replicas.Objects.Count);
    }

    private static SyntheticProblem Problem() =>
        SyntheticProblems.Create(new("1e7 photons") { Size = 24, Photons = 1e7 });

    // As a mean of several starts is polished: with no voxel kept out.
    private static Reconstruction Polish(JudgedProblem judged, PhasingMethod method, Start mean)
    {
        using PhasingProblem all = judged.Problem.WithoutFreeVoxels();
        return PhasingRun.ToTheEnd(all, method, mean, null, TestContext.Current.CancellationToken);
    }

    private static void AssertSame(Func<JudgedProblem, Reconstruction> run)
    {
        using SyntheticProblem problem = Problem();
        using JudgedProblem onCpu = new(problem.Pattern);
        using JudgedProblem onOther = new(problem.Pattern, device: OtherDevice.Get());
        using Reconstruction here = run(onCpu);
        using Reconstruction there = run(onOther);

        Assert.Equal(CPU.type, there.Object.device_type);
        Assert.Equal(CPU.type, there.Support.device_type);
        Assert.Equal(here.Stop, there.Stop);
        Assert.Equal(here.ChiHistory.Count, there.ChiHistory.Count);
        Assert.Equal(1, there.ChiHistory[^1] / here.ChiHistory[^1], 0.02);
        Assert.Equal(here.CoherenceWidths is null, there.CoherenceWidths is null);
        AssertSame(here.Object, there.Object);
    }

    private static void AssertSame(Tensor here, Tensor there)
    {
        double overlap = TrivialTransforms.Overlap(here, there).Magnitude;
        Assert.InRange(overlap / (TestTensors.Norm(here) * TestTensors.Norm(there)), LeastOverlap, 1.00001);
    }
}
