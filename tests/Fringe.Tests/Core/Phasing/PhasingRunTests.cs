using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing;

/// <summary>What every method keeps to, whatever it computes: the one loop can stop, read and go on anywhere.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class PhasingRunTests
{
    private static readonly Refine Short = new()
    {
        Steps = 8,
        ExtraSteps = 6,
        JudgeEvery = 2,
        FinalSteps = 3,
        ShrinkWrap = new ShrinkWrap
        {
            First = 3,
            Every = 3,
            Last = 6,
            Sigma = 1,
            SigmaEnd = 1,
        },
    };

    // The last iterations are averaged, and in front of them the support is redrawn.
    private static readonly Iterate Averaged = new()
    {
        Recipe = PhasingRecipe.Parse("4*ER+4*HIO+SW+3*RAAR+2*DM+5*ER", 0.9),
        AverageLast = 4,
        TwinBreakIteration = 5,
    };

    private static readonly Iterate Few = Averaged with
    {
        Recipe = PhasingRecipe.Parse("3*HIO+2*ER", 0.9),
        AverageLast = 0,
    };

    private static readonly Dictionary<string, PhasingMethod> All = new()
    {
        ["iterations"] = Few,
        ["averaged iterations"] = Averaged,
        ["refinement"] = Short,
        ["refinement by Adam"] = Short with { Optimiser = new Adam() },
        ["refinement of a Poisson misfit"] = Short with
        {
            Misfit = new PoissonMisfit(),
            Optimiser = new ProximalGradient { StepLength = 0.3 },
        },
        ["refinement without a blur"] = new RefineWithBlur { Refine = Short, Coherence = CoherenceFit.Never },
        ["refinement with a blur"] = new RefineWithBlur { Refine = Short, Coherence = CoherenceFit.Always },
        ["refinement with a blur where it pays"] = new RefineWithBlur { Refine = Short },
        ["chain"] = new Chain(Few, Short),
        ["chain of a chain"] = new Chain(new Chain(Few, Averaged), new RefineWithBlur { Refine = Short }),
        ["one grid"] = RefinedPhasing.Of(Few, new RefineWithBlur { Refine = Short }),
    };

    public static TheoryData<string> Methods => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Read_AfterAnyStep_GivesAFiniteObjectAndChangesNothing(string name)
    {
        using Case with = new();
        AssertReadable(with.Judged, All[name], with.Start, stride: 1);
    }

    // The coarser grid is 16 x 80 x 80.
    [Fact]
    public void Read_OnEitherGrid_GivesAFiniteObjectAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        (DiffractionPattern pattern, Start given) = OnTwoGrids();
        using DiffractionPattern owned = pattern;
        using JudgedProblem judged = new(pattern);
        Assert.Equal(2, CoarseToFine.Shapes(pattern.Shape).Count);

        AssertReadable(judged, new CoarseToFine(Few, Few), Start.Random(1), stride: 3);
        AssertReadable(judged, new CoarseToFine(new Chain(Few, Few), Few), given, stride: 3);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void For_PartsOfTheTime_EndsAsAtOnce(string name)
    {
        using Case with = new();
        using PhasingRun run = PhasingRun.Begin(with.Judged.Problem, All[name], with.Start);
        using Reconstruction wanted = with.Judged.Run(All[name], with.Start);
        StepClock clock = new();
        int parts = 0;
        StopReason? ended;
        do
        {
            int before = run.Steps;
            // The clock is looked at after every step.
            ended = run.For(TimeSpan.FromMilliseconds(3), clock, null, Token);
            Assert.InRange(run.Steps - before, 0, 3);
            parts++;
        } while (ended is null);

        using Reconstruction found = run.Read();
        Assert.True(parts > 1, "it was not parted");
        Assert.Equal(wanted.Stop, ended);
        AssertSame(wanted, found);
    }

    [Fact]
    public void For_NoTime_IsOneStep()
    {
        using Case with = new();
        using PhasingRun run = PhasingRun.Begin(with.Judged.Problem, Few, with.Start);

        Assert.Null(run.For(TimeSpan.Zero, new StepClock(), null, Token));
        Assert.Equal(1, run.Steps);
        Assert.Equal(StopReason.MaxIterations, run.For(TimeSpan.FromHours(1), new StepClock(), null, Token));
        Assert.Equal(5, run.Steps);
        Assert.Equal(StopReason.MaxIterations, run.For(TimeSpan.FromHours(1), new StepClock(), null, Token));
        Assert.Equal(5, run.Steps);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void ToTheEnd_AfterACancellation_EndsAsIfNotStopped(string name)
    {
        using Case with = new();
        using PhasingRun run = PhasingRun.Begin(with.Judged.Problem, All[name], with.Start);
        using Reconstruction wanted = with.Judged.Run(All[name], with.Start);
        using CancellationTokenSource source = new();

        Assert.Throws<OperationCanceledException>(() =>
            run.ToTheEnd(
                state =>
                {
                    if (state.Steps == 4)
                    {
                        source.Cancel();
                    }
                },
                source.Token
            )
        );
        Assert.Equal(4, run.Steps);
        Assert.Throws<OperationCanceledException>(() =>
            run.For(TimeSpan.FromHours(1), new StepClock(), null, source.Token)
        );
        Assert.Equal(4, run.Steps);
        run.ToTheEnd(null, Token);
        using Reconstruction found = run.Read();

        AssertSame(wanted, found);
    }

    // Of a measurement that did not grow after all: what is left is no more than there was.
    [Theory]
    [MemberData(nameof(Methods))]
    public void On_AfterAnyStep_DoesTheRest(string name)
    {
        using Case with = new();
        PhasingMethod method = All[name];
        using PhasingRun run = PhasingRun.Begin(with.Judged.Problem, method, with.Start);
        using Reconstruction wanted = with.Judged.Run(method, with.Start);
        int most = 0;
        for (int step = 0; step < 30; step++)
        {
            long before = Tensor.TotalCount;
            using (PhasingRun grown = run.On(with.Judged.Problem))
            {
                int left = 0;
                int first = grown.Steps;
                grown.ToTheEnd(state => left = state.MostSteps - first, Token);
                using Reconstruction found = grown.Read();
                Assert.InRange(grown.Steps - first, 1, left);
                Assert.True(step == 0 || run.Ended is not null || left <= most, $"{left} steps left of {most}");
                Assert.True(TestTensors.Norm(found.Object) > 0 && double.IsFinite(TestTensors.Norm(found.Object)));
                most = left;
            }

            Assert.Equal(before, Tensor.TotalCount);
            run.For(TimeSpan.Zero, TimeProvider.System, null, Token);
        }
    }

    // The coarser grid is 16 x 80 x 80: where it is done, it is not done again.
    [Fact]
    public void On_FinerGrid_StaysThere()
    {
        using var scope = NewDisposeScope();
        (DiffractionPattern pattern, Start given) = OnTwoGrids();
        using DiffractionPattern owned = pattern;
        using JudgedProblem judged = new(pattern);
        using PhasingRun run = PhasingRun.Begin(judged.Problem, new CoarseToFine(Few, Few), given);

        Assert.Equal(9, StepsLeft());
        run.For(TimeSpan.FromMilliseconds(7), new StepClock(), null, Token);
        Assert.Equal(2, StepsLeft());

        int StepsLeft()
        {
            using PhasingRun grown = run.On(judged.Problem);
            grown.For(TimeSpan.FromMilliseconds(1), new StepClock(), null, Token);
            using PhasingRun further = grown.On(judged.Problem);
            further.ToTheEnd(null, Token);
            return further.Steps;
        }
    }

    // The voxels of a crop that moved and grew are other ones of the same detector.
    [Fact]
    public void On_CropThatMovesAndGrows_TakesTheObjectAlong()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e7 photons") { Size = 32, Photons = 1e7 });
        Tensor counts = problem.Pattern.Intensity;
        using DiffractionPattern less = Crop(counts.narrow(0, 3, 24).narrow(1, 5, 24).narrow(2, 4, 24), [3, 5, 4]);
        using DiffractionPattern all = Crop(counts, [0, 0, 0]);
        using JudgedProblem judged = new(less);
        using JudgedProblem grown = new(all);
        Tensor known = MovedObject.To(problem.Truth, all.Origin, less);
        using PhasingRun run = PhasingRun.Begin(judged.Problem, Short, Start.From(known, "given"));
        run.For(TimeSpan.FromMilliseconds(2), new StepClock(), null, Token);

        using PhasingRun further = run.On(grown.Problem);
        further.ToTheEnd(null, Token);
        using Reconstruction found = further.Read();

        Assert.Equal(all.Shape, found.Object.shape);
        double error = RealSpaceError.Of(found.Object, problem.Truth);
        Assert.True(error < 0.02, $"error {error}");

        static DiffractionPattern Crop(Tensor part, int[] origin) =>
            new(part.contiguous().clone(), zeros(part.shape, ScalarType.Bool)) { Origin = origin };
    }

    // The tensors of a run that nobody ends are its state's.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Dispose_AfterAnyStep_LeavesNothing(string name)
    {
        using Case with = new();
        using (with.Judged.Run(All[name], with.Start)) { }

        long before = Tensor.TotalCount;
        for (int steps = 0; steps < 12; steps += 2)
        {
            using (PhasingRun run = PhasingRun.Begin(with.Judged.Problem, All[name], with.Start))
            {
                for (int step = 0; step < steps && run.Ended is null; step++)
                {
                    run.For(TimeSpan.Zero, TimeProvider.System, null, Token);
                }
            }

            Assert.Equal(before, Tensor.TotalCount);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void ToTheEnd_NaNInThePattern_StopsAsNonFinite(string name)
    {
        using var scope = NewDisposeScope();
        Tensor intensity = ones(16, 16, 16);
        intensity[3, 4, 5] = float.NaN;
        using DiffractionPattern pattern = new(intensity, zeros([16, 16, 16], ScalarType.Bool));
        using JudgedProblem judged = new(pattern, freeFraction: 0);
        Start start = Start.From(TestTensors.RandomComplex(1, 16, 16, 16), "any", ones(16, 16, 16));

        using Reconstruction found = judged.Run(All[name], start);

        Assert.Equal(StopReason.NonFinite, found.Stop);
        Assert.Single(found.ChiHistory);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Begin_ObjectOfAnotherShape_IsRefusedAndLeavesNothing(string name)
    {
        using Case with = new();
        using var scope = NewDisposeScope();
        Start other = Start.From(TestTensors.RandomComplex(1, 16, 16, 8), "other", ones(16, 16, 8));
        using (PhasingRun.Begin(with.Judged.Problem, All[name], with.Start)) { }

        long before = Tensor.TotalCount;
        Assert.Throws<ArgumentException>(() => PhasingRun.Begin(with.Judged.Problem, All[name], other).Dispose());
        Assert.Equal(before, Tensor.TotalCount);
    }

    // Resized to the coarser grid, a start would hide what it is.
    [Fact]
    public void Begin_ObjectOfAnotherShapeOnACoarseGrid_IsRefusedAndLeavesNothing()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = new(ones(16, 160, 160), zeros([16, 160, 160], ScalarType.Bool));
        using JudgedProblem judged = new(pattern);
        Start other = Start.From(ones(16, 160, 80, ScalarType.ComplexFloat32), "other");
        long before = Tensor.TotalCount;

        Assert.Throws<ArgumentException>(() =>
            PhasingRun.Begin(judged.Problem, new CoarseToFine(Few, Few), other).Dispose()
        );
        Assert.Throws<ArgumentException>(() =>
            PhasingRun.Begin(judged.Problem, new CoarseToFine(Short, Short), Start.Random(1)).Dispose()
        );
        Assert.Equal(before, Tensor.TotalCount);
    }

    // 16 x 160 x 160, whose coarser grid is 16 x 80 x 80; in the caller's dispose scope.
    private static (DiffractionPattern Pattern, Start Given) OnTwoGrids()
    {
        long[] shape = [16, 160, 160];
        using SyntheticProblem small = SyntheticProblems.Create(new("1e7 photons") { Size = 16, Photons = 1e7 });
        Tensor intensity = ForwardModel.Propagate(ResolutionChange.Resize(small.Truth, shape)).abs().square();
        DiffractionPattern pattern = new(intensity.contiguous(), zeros(shape, ScalarType.Bool));
        return (pattern, Start.From(ResolutionChange.Resize(TestTensors.Blurred(small.Truth), shape), "given"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A run that is read after every few steps, and one that is not.
    private static void AssertReadable(JudgedProblem judged, PhasingMethod method, Start start, int stride)
    {
        using PhasingRun run = PhasingRun.Begin(judged.Problem, method, start);
        int most = 0;
        for (int step = 0; run.Ended is null; step++)
        {
            Assert.Equal(step, run.Steps);
            if (step % stride == 0)
            {
                using Reconstruction early = run.Read();
                AssertWhole(early, judged.Problem, step);
            }

            run.For(TimeSpan.Zero, TimeProvider.System, state => most = state.MostSteps, Token);
            Assert.True(run.Steps <= most, $"{run.Steps} steps of {most} at most");
        }

        using Reconstruction found = run.Read();
        using Reconstruction again = run.Read();
        using Reconstruction wanted = judged.Run(method, start);
        AssertWhole(found, judged.Problem, run.Steps);
        Assert.True(double.IsFinite(found.FreeLogLikelihood), "not judged");
        AssertSame(wanted, found);
        AssertSame(wanted, again);
    }

    private static void AssertWhole(Reconstruction found, PhasingProblem problem, int steps)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(problem.Shape, found.Object.shape);
        Assert.Equal(problem.Shape, found.Support.shape);
        Assert.Equal(ScalarType.ComplexFloat32, found.Object.dtype);
        Assert.Equal(ScalarType.Bool, found.Support.dtype);
        Assert.Equal(TorchSharp.DeviceType.CPU, found.Object.device_type);
        Assert.True(double.IsFinite(TestTensors.Norm(found.Object)) && TestTensors.Norm(found.Object) > 0);
        Assert.Equal(0, TestTensors.Norm(found.Object * found.Support.logical_not()));
        // A refinement with a blur that was in vain is no part of the outcome, nor are coarser grids.
        Assert.InRange(found.ChiHistory.Count, 0, steps);
        Assert.All(found.ChiHistory, chi => Assert.InRange(chi, -1e-6, 1));
    }

    private static void AssertSame(Reconstruction wanted, Reconstruction found)
    {
        Assert.Equal(wanted.Stop, found.Stop);
        Assert.Equal(wanted.ChiHistory, found.ChiHistory);
        Assert.Equal(wanted.FreeLogLikelihood, found.FreeLogLikelihood);
        Assert.Equal(wanted.CoherenceWidths, found.CoherenceWidths);
        Assert.Equal(wanted.Object.ToComplexVolume().Interleaved, found.Object.ToComplexVolume().Interleaved);
        Assert.Equal(wanted.Support.ToBooleans(), found.Support.ToBooleans());
    }

    /// <summary>A small pattern of a beam that is not fully coherent, and an object to begin with.</summary>
    private sealed class Case : IDisposable
    {
        private readonly SyntheticProblem problem;
        private readonly DiffractionPattern blurred;
        private readonly Tensor given;

        public Case()
        {
            using var scope = NewDisposeScope();
            problem = SyntheticProblems.Create(new("small") { Size = 16, Photons = 1e6 });
            Tensor counts = PartialCoherence.Blur(problem.Pattern.Intensity, [0.6, 0.6, 0.6]);
            blurred = new DiffractionPattern(counts.contiguous(), problem.Pattern.Mask.clone());
            given = (TestTensors.Blurred(problem.Truth, 0.7) * problem.Support).DetachFromDisposeScope();
            Judged = new JudgedProblem(blurred);
            Start = Start.From(given, "given", problem.Support);
        }

        public JudgedProblem Judged { get; }

        public Start Start { get; }

        public void Dispose()
        {
            Judged.Dispose();
            given.Dispose();
            blurred.Dispose();
            problem.Dispose();
        }
    }
}
