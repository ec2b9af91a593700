using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Refinement;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class RefineTests(ITestOutputHelper output)
{
    private static readonly Refine Short = new() { Steps = 30, ExtraSteps = 20 };

    public static TheoryData<Optimiser, Misfit> Ways =>
        new()
        {
            { new ProximalGradient(), new AmplitudeMisfit() },
            { new Adam(), new AmplitudeMisfit() },
            {
                new ProximalGradient { StepLength = 0.3 },
                new PoissonMisfit()
            },
            { new Adam(), new PoissonMisfit() },
        };

    // The start is the truth with its phase wrong by up to a radian: an error of about 0.2. What stays is noise and rim.
    [Theory]
    [MemberData(nameof(Ways))]
    public void Run_FromAWrongPhase_FindsTheObject(Optimiser optimiser, Misfit misfit)
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e6 photons") { Size = 32, Photons = 1e6 });
        using Tensor start = WrongPhase(problem.Truth);
        Refine method = new()
        {
            Optimiser = optimiser,
            Misfit = misfit,
            Steps = 150,
        };

        using Reconstruction found = Run(method, problem.Pattern, start, problem.Support);

        double before = RealSpaceError.Of(start, problem.Truth);
        double after = RealSpaceError.Of(found.Object, problem.Truth);
        output.WriteLine($"{optimiser.Name}: {before:F4} to {after:F4}, {found.ChiHistory.Count} steps, {found.Stop}");
        Assert.True(before > 0.1);
        Assert.InRange(after, 0, 0.02);
    }

    [Fact]
    public void Run_Twin_GivesTheTwinsResult()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e6 photons") { Size = 24, Photons = 1e6 });
        using var scope = NewDisposeScope();
        Tensor start = WrongPhase(problem.Truth);
        using DiffractionPattern mirrored = new(
            TrivialTransforms.Invert(problem.Pattern.Intensity).contiguous(),
            TrivialTransforms.Invert(problem.Pattern.Mask).contiguous()
        );
        // An even axis has no mirror image of its first plane, so nothing of the object may lie there.
        Tensor held = FreeVoxels.Choose(problem.Pattern, 0.03, 1);
        using Reconstruction direct = Run(Short, problem.Pattern, start, problem.Support, held);
        // The mirrored pattern I(-q) is the pattern of psi(-r).
        using Reconstruction other = Run(
            Short,
            mirrored,
            TrivialTransforms.Invert(start).contiguous(),
            TrivialTransforms.Invert(problem.Support).contiguous(),
            TrivialTransforms.Invert(held).contiguous()
        );

        using CanonicalForm one = CanonicalForm.Of(direct.Object, direct.Support);
        using CanonicalForm two = CanonicalForm.Of(TrivialTransforms.Invert(other.Object), other.Support);
        // Rounding, carried through 50 steps.
        Assert.InRange(TestTensors.Difference(two.Object, one.Object), 0, 1e-3);
        Assert.Equal(1, other.ChiHistory[^1] / direct.ChiHistory[^1], 1e-3);
    }

    [Fact]
    public void Run_MaskedVoxels_DoNotCount()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("gap") { Size = 16, HasGap = true });
        using var scope = NewDisposeScope();
        Tensor start = WrongPhase(problem.Truth);
        // Nonsense where nothing was measured.
        Tensor nonsense = problem.Pattern.Intensity.masked_fill(problem.Pattern.Mask, 1e6);
        using DiffractionPattern other = new(nonsense, problem.Pattern.Mask.clone());

        foreach (Misfit misfit in new Misfit[] { new AmplitudeMisfit(), new PoissonMisfit() })
        {
            Refine method = Short with { Misfit = misfit, Optimiser = new Adam() };
            using Reconstruction wanted = Run(method, problem.Pattern, start, problem.Support);
            using Reconstruction found = Run(method, other, start, problem.Support);

            Assert.Equal(0, TestTensors.Difference(found.Object, wanted.Object));
        }
    }

    public static TheoryData<Optimiser> Optimisers => [new ProximalGradient(), new Adam()];

    [Theory]
    [MemberData(nameof(Optimisers))]
    public void Run_AfterACancellation_EndsAsIfNotStopped(Optimiser optimiser)
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16, Photons = 1e6 });
        using var scope = NewDisposeScope();
        Tensor start = WrongPhase(problem.Truth);
        Refine method = Short with { Optimiser = optimiser };
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingRun run = PhasingRun.Begin(judged.Problem, method, Start.From(start, "wrong", problem.Support));
        using CancellationTokenSource source = new();

        Assert.Throws<OperationCanceledException>(() => run.ToTheEnd(StopAt(23, source), source.Token));
        Assert.Equal(23, run.Steps);
        run.ToTheEnd(null, TestContext.Current.CancellationToken);
        using Reconstruction resumed = run.Read();
        using Reconstruction whole = Run(method, problem.Pattern, start, problem.Support);

        Assert.Equal(whole.ChiHistory, resumed.ChiHistory);
        Assert.Equal(0, TestTensors.Difference(resumed.Object, whole.Object));
    }

    // Also where the amplitudes of a partly coherent beam are renewed only now and then.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_ReadAtTheFirstJudgement_EndsAsIfItHadRunAtOnce(bool isBlurred)
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16, Photons = 1e6 });
        using var scope = NewDisposeScope();
        using JudgedProblem judged = new(problem.Pattern);
        Start start = Start.From(
            WrongPhase(problem.Truth),
            "wrong",
            problem.Support,
            isBlurred ? PartialCoherence.FirstWidths : null
        );
        using RefinementState inParts = (RefinementState)Short.Begin(judged.Problem, start);
        while (double.IsNaN(inParts.FreeMisfit))
        {
            Short.Step(judged.Problem, inParts);
        }

        int first = inParts.Steps;
        using Reconstruction early = Short.Read(judged.Problem, inParts);
        while (Short.Ended(inParts) is null)
        {
            Short.Step(judged.Problem, inParts);
        }

        using Reconstruction found = Short.Read(judged.Problem, inParts);
        using Reconstruction wanted = judged.Run(Short, start);

        Assert.InRange(first, 1, found.ChiHistory.Count - 1);
        Assert.Equal(first, early.ChiHistory.Count);
        Assert.Equal(isBlurred, found.CoherenceWidths is not null);
        Assert.Equal(wanted.CoherenceWidths, found.CoherenceWidths);
        Assert.Equal(wanted.ChiHistory, found.ChiHistory);
        Assert.Equal(0, TestTensors.Difference(found.Object, wanted.Object));
    }

    [Fact]
    public void Run_NaNInThePattern_StopsAsNonFinite()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = ones(16, 16, 16);
        Tensor mask = zeros([16, 16, 16], ScalarType.Bool);
        intensity[3, 4, 5] = float.NaN;
        using DiffractionPattern bad = new(intensity, mask);
        Tensor start = TestTensors.RandomComplex(1, 16, 16, 16);

        using Reconstruction found = Run(Short, bad, start, ones_like(mask), zeros_like(mask));

        Assert.Equal(StopReason.NonFinite, found.Stop);
        Assert.Single(found.ChiHistory);
    }

    [Fact]
    public void Run_TooLongSteps_StopAsDiverged()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16, Photons = 1e6 });
        Refine wild = Short with { Optimiser = new Adam { Rate = 50 } };

        using Reconstruction found = Run(wild, problem.Pattern, problem.Truth, problem.Support);

        Assert.Equal(StopReason.Diverged, found.Stop);
    }

    [Fact]
    public void Run_Settled_StopsAsConvergedBeforeTheLastStep()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 24, Photons = 1e6 });
        Refine patient = new() { Steps = 60, ExtraSteps = 1000 };

        using Reconstruction found = Run(patient, problem.Pattern, problem.Truth, problem.Support);

        Assert.Equal(StopReason.Converged, found.Stop);
        Assert.InRange(found.ChiHistory.Count, 60, 200);
        // Photon noise leaves a half, the same noise in what the object was fitted to about as much again.
        Assert.InRange(found.FreeLogLikelihood, 0.05, 1);
    }

    [Fact]
    public void Run_PartlyCoherentBeam_FindsItsWidths()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("noiseless") { Size = 24 });
        double[] widths = [0.8, 0.5, 0.65];
        using PartialCoherence beam = new(widths, CPU);
        Tensor blurred = beam.Blur(problem.Pattern.Intensity).detach();
        using DiffractionPattern pattern = new(blurred, zeros_like(blurred, ScalarType.Bool));
        Refine method = new()
        {
            Optimiser = new Adam { Rate = 5e-3 },
            Regularisers = [],
            Steps = 200,
            ExtraSteps = 0,
            ShrinkWrap = new ShrinkWrap { Every = 0 },
        };
        using JudgedProblem judged = new(pattern, freeFraction: 0);
        using Reconstruction found = judged.Run(
            method,
            Start.From(problem.Truth, "truth", problem.Support, PartialCoherence.FirstWidths)
        );
        using Reconstruction coherent = judged.Run(method, Start.From(problem.Truth, "truth", problem.Support));

        for (int axis = 0; axis < 3; axis++)
        {
            Assert.Equal(widths[axis], found.CoherenceWidths![axis], 0.1);
        }

        Assert.True(
            found.ChiHistory[^1] < 0.2 * coherent.ChiHistory[^1],
            $"chi {found.ChiHistory[^1]} with the blur, {coherent.ChiHistory[^1]} without"
        );
    }

    [Fact]
    public void Run_ManySteps_KeepsTheNumberOfLiveTensors()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16, Photons = 1e6 });
        using JudgedProblem judged = new(problem.Pattern, freeFraction: 0);
        Refine method = new() { Steps = 400, Patience = 1000 };
        List<long> live = [];

        using Reconstruction found = judged.Run(
            method,
            Start.From(problem.Truth, "truth", problem.Support),
            _ => live.Add(Tensor.TotalCount)
        );

        // The first step makes the dual variables, the first judgement keeps the best object.
        Assert.Single(live.Skip(1).Take(300).Distinct());
        Assert.Single(live.Skip(330).Distinct());
    }

    [Fact]
    public void Begin_OtherShape_IsRefused()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16 });
        using Tensor psi = TestTensors.RandomComplex(1, 16, 16, 8);
        using Tensor support = ones(16, 16, 8);

        using JudgedProblem judged = new(problem.Pattern);

        Assert.Throws<ArgumentException>(() =>
            PhasingRun.Begin(judged.Problem, Short, Start.From(psi, "other", support)).Dispose()
        );
    }

    [Fact]
    public void Begin_RandomStart_IsRefused()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16 });
        using JudgedProblem judged = new(problem.Pattern);

        Assert.Throws<ArgumentException>(() => PhasingRun.Begin(judged.Problem, Short, Start.Random(1)).Dispose());
    }

    [Fact]
    public void Validate_BadOptions_NamesEachProblem()
    {
        Refine bad = new()
        {
            Steps = 0,
            JudgeEvery = 0,
            MostGrowth = 0.5,
            RedrawAfterFall = 1,
            Optimiser = new ProximalGradient { StepLength = 0 },
            Regularisers = [new TotalVariation { Weight = -1, Softening = 0 }],
        };

        Assert.Equal(7, bad.Validate().Count());
        Assert.Empty(new Refine().Validate());
        Assert.Empty(Refine.Paper.Validate());
    }

    private static Reconstruction Run(
        Refine method,
        DiffractionPattern pattern,
        Tensor psi,
        Tensor support,
        Tensor? free = null
    )
    {
        using JudgedProblem judged = free is null ? new(pattern) : new(pattern, free.clone());
        return judged.Run(method, Start.From(psi, "given", support));
    }

    private static Action<PhasingState> StopAt(int step, CancellationTokenSource source) =>
        state =>
        {
            if (state.Steps == step)
            {
                source.Cancel();
            }
        };

    // A smooth phase error that is neither a ramp nor a shift.
    private static Tensor WrongPhase(Tensor truth)
    {
        using var scope = NewDisposeScope();
        long length = truth.shape[0];
        Tensor at = (arange(length, ScalarType.Float32) - (length / 2)) * (6.0f / length);
        Tensor phase =
            at.sin().reshape(length, 1, 1).square()
            + (at.cos().reshape(1, length, 1) * at.reshape(1, 1, length).square());
        return (truth * polar(ones_like(phase), phase)).MoveToOuterDisposeScope();
    }
}
