using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class PhaseRetrieverTests
{
    private static readonly SyntheticParameters Small = new("small") { Size = 16, Photons = 1e6 };

    [Fact]
    public void Run_SameSeed_GivesTheSameBytes()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(Small);
        PhasingOptions options = Options("10*ER+SW+10*HIO+5*DM") with { Seed = 3 };

        float[] first = Values(options, problem.Pattern, start: 1);

        Assert.Equal(first, Values(options, problem.Pattern, start: 1));
        Assert.Equal(first, Values(options with { Seed = 2 }, problem.Pattern, start: 2));
        Assert.NotEqual(first, Values(options, problem.Pattern, start: 2));
    }

    [Fact]
    public void Run_TwoThousandIterations_KeepsTheNumberOfLiveTensors()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(Small);
        using Tensor held = zeros([16, 16, 16], ScalarType.Bool);
        PhasingOptions options = Options("500*ER+500*HIO+500*RAAR+300*DM+200*SF") with
        {
            ShrinkWrap = new ShrinkWrap { First = 1, Every = 1 },
        };
        List<long> live = new(2000);
        Recorder progress = new(_ => live.Add(Tensor.TotalCount));

        using Reconstruction found = new PhaseRetriever(options, CPU).Run(
            problem.Pattern,
            held,
            1,
            progress,
            TestContext.Current.CancellationToken
        );

        // From the first iteration to the last; every algorithm keeps its last projection and nothing else.
        Assert.Equal(2000, live.Count);
        Assert.Single(live.Distinct());
    }

    [Fact]
    public void Run_Cancelled_StopsAtOnceAndLeaksNothing()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(Small);
        using Tensor held = zeros([16, 16, 16], ScalarType.Bool);
        using CancellationTokenSource source = new();
        int last = 0;
        Recorder progress = new(report =>
        {
            last = report.Iteration;
            if (last == 7)
            {
                source.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() =>
            new PhaseRetriever(Options("100*HIO"), CPU).Run(problem.Pattern, held, 1, progress, source.Token)
        );
        Assert.Equal(7, last);
    }

    [Fact]
    public void Run_SupportTerm_RedrawsTheSupportThere()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(Small);
        ShrinkWrap onlyWhereTold = new()
        {
            Every = 0,
            Sigma = 1,
            Threshold = 0.3,
        };

        long[] sizes =
        [
            .. new[] { "20*ER", "20*ER+SW", "SW+20*ER" }.Select(recipe =>
            {
                using Reconstruction found = Run(Options(recipe) with { ShrinkWrap = onlyWhereTold }, problem.Pattern);
                return found.Support.ToBooleans().LongCount(inside => inside);
            }),
        ];

        // Without the term the box of the start stays: 9 voxels on each axis.
        Assert.Equal(729, sizes[0]);
        Assert.NotEqual(729, sizes[1]);
        Assert.NotEqual(sizes[1], sizes[2]);
    }

    [Fact]
    public void Run_NaNInThePattern_StopsAsNonFinite()
    {
        using var scope = NewDisposeScope();
        Tensor intensity = ones(16, 16, 16);
        intensity[3, 4, 5] = float.NaN;
        using DiffractionPattern pattern = new(intensity, zeros([16, 16, 16], ScalarType.Bool));

        using Reconstruction found = Run(Options("50*ER"), pattern);

        Assert.Equal(StopReason.NonFinite, found.Stop);
        Assert.Single(found.ChiHistory);
    }

    [Fact]
    public void Run_ErrorReductionOnFixedSupport_NeverRaisesChi()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("noiseless") { Size = 16 });
        using Reconstruction found = Run(
            Options("100*ER") with
            {
                ShrinkWrap = new ShrinkWrap { Every = 0 },
                TwinBreakIteration = 0,
            },
            problem.Pattern
        );

        // Fienup 1982: the error of ER cannot rise. Float32 rounding of chi, a difference from 1.
        Assert.All(
            found.ChiHistory.Zip(found.ChiHistory.Skip(1)),
            pair => Assert.True(pair.Second <= pair.First + 1e-6, $"{pair.First} to {pair.Second}")
        );
        Assert.True(found.ChiHistory[^1] < 0.5 * found.ChiHistory[1]);
    }

    [Fact]
    public void Run_TwinBreaking_ClearsThreeQuartersAtItsIteration()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(Small);
        PhasingOptions options = Options("4*ER") with
        {
            AverageLast = 1,
            ShrinkWrap = new ShrinkWrap { Every = 0 },
        };

        using Reconstruction broken = Run(options with { TwinBreakIteration = 4 }, problem.Pattern);
        using Reconstruction whole = Run(options with { TwinBreakIteration = 0 }, problem.Pattern);

        using var scope = NewDisposeScope();
        Assert.Equal(0, Tensors.Difference(broken.Object[..8, ..8], whole.Object[..8, ..8]));
        Assert.Equal(0, Tensors.Norm(broken.Object[8..]));
        Assert.Equal(0, Tensors.Norm(broken.Object.narrow(1, 8, 8)));
    }

    [Fact]
    public void Run_OnTheCpu_GivesAnObjectInsideItsSupportWithTheMeasuredPower()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("noiseless") { Size = 16 });
        using Reconstruction found = Run(Options("60*ER"), problem.Pattern);

        using var scope = NewDisposeScope();
        Assert.Equal(TorchSharp.DeviceType.CPU, found.Object.device_type);
        Assert.Equal(ScalarType.ComplexFloat32, found.Object.dtype);
        Assert.Equal(0, Tensors.Norm(found.Object * found.Support.logical_not()));
        // |psi|^2 sums to the photons, less what the misfit leaves outside the support.
        double photons = problem.Pattern.Intensity.sum().item<float>();
        Assert.InRange(Math.Pow(Tensors.Norm(found.Object), 2) / photons, 0.8, 1.01);
    }

    private static PhasingOptions Options(string recipe) =>
        new()
        {
            Recipe = PhasingRecipe.Parse(recipe, 0.9),
            InitialSupport = new InitialSupport { Kind = InitialSupportKind.Box },
            TwinBreakIteration = 0,
        };

    private static Reconstruction Run(PhasingOptions options, DiffractionPattern pattern, int start = 1)
    {
        using Tensor held = zeros([.. pattern.Shape], ScalarType.Bool);
        return new PhaseRetriever(options, CPU).Run(pattern, held, start, null, TestContext.Current.CancellationToken);
    }

    private static float[] Values(PhasingOptions options, DiffractionPattern pattern, int start)
    {
        using Reconstruction found = Run(options, pattern, start);
        return found.Object.ToComplexVolume().Interleaved;
    }

    // Progress<T> would report on another thread.
    private sealed class Recorder(Action<PhasingProgress> act) : IProgress<PhasingProgress>
    {
        public void Report(PhasingProgress value) => act(value);
    }
}
