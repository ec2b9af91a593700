using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class IterateTests
{
    private static readonly SyntheticParameters Small = new("small") { Size = 16, Photons = 1e6 };

    [Fact]
    public void Run_SameSeed_GivesTheSameBytes()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(Small);
        Iterate method = Method("10*ER+SW+10*HIO+5*DM");

        float[] first = Values(method, problem.Pattern, Start.Random(3));

        Assert.Equal(first, Values(method, problem.Pattern, Start.Random(3)));
        Assert.Equal(first, Values(method, problem.Pattern, StartPlan.Random(method, count: 2, seed: 2)[1].Start));
        Assert.NotEqual(first, Values(method, problem.Pattern, StartPlan.Random(method, count: 2, seed: 3)[1].Start));
    }

    [Fact]
    public void Run_TwoThousandIterations_KeepsTheNumberOfLiveTensors()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(Small);
        using JudgedProblem judged = new(problem.Pattern, freeFraction: 0);
        Iterate method = Method("500*ER+500*HIO+500*RAAR+300*DM+200*SF") with
        {
            ShrinkWrap = new ShrinkWrap { First = 1, Every = 1 },
        };
        List<long> live = new(2000);

        using Reconstruction found = judged.Run(method, Start.Random(1), _ => live.Add(Tensor.TotalCount));

        // Every algorithm keeps its last projection and nothing else. The free voxels are given back after iteration 1980, for which the problem
        // makes a constraint; the next one begins the mean.
        Assert.Equal(2000, live.Count);
        Assert.Single(live.Take(1979).Distinct());
        Assert.Single(live.Skip(1980).Distinct());
    }

    [Fact]
    public void Run_Cancelled_StopsAtOnceAndLeaksNothing()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(Small);
        using JudgedProblem judged = new(problem.Pattern, freeFraction: 0);
        using CancellationTokenSource source = new();
        int last = 0;

        Assert.Throws<OperationCanceledException>(() =>
            PhasingRun
                .ToTheEnd(
                    judged.Problem,
                    Method("100*HIO"),
                    Start.Random(1),
                    state =>
                    {
                        last = state.Steps;
                        if (last == 7)
                        {
                            source.Cancel();
                        }
                    },
                    source.Token
                )
                .Dispose()
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
                using Reconstruction found = Run(Method(recipe) with { ShrinkWrap = onlyWhereTold }, problem.Pattern);
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

        using Reconstruction found = Run(Method("50*ER"), pattern);

        Assert.Equal(StopReason.NonFinite, found.Stop);
        Assert.Single(found.ChiHistory);
    }

    [Fact]
    public void Run_ErrorReductionOnFixedSupport_NeverRaisesChi()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("noiseless") { Size = 16 });
        using Reconstruction found = Run(
            Method("100*ER") with
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
        Iterate method = Method("4*ER") with
        {
            AverageLast = 1,
            ShrinkWrap = new ShrinkWrap { Every = 0 },
        };

        using Reconstruction broken = Run(method with { TwinBreakIteration = 4 }, problem.Pattern);
        using Reconstruction whole = Run(method with { TwinBreakIteration = 0 }, problem.Pattern);

        using var scope = NewDisposeScope();
        Assert.Equal(0, TestTensors.Difference(broken.Object[..8, ..8], whole.Object[..8, ..8]));
        Assert.Equal(0, TestTensors.Norm(broken.Object[8..]));
        Assert.Equal(0, TestTensors.Norm(broken.Object.narrow(1, 8, 8)));
    }

    [Fact]
    public void Run_OnTheCpu_GivesAnObjectInsideItsSupportWithTheMeasuredPower()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("noiseless") { Size = 16 });
        using Reconstruction found = Run(Method("60*ER"), problem.Pattern);

        using var scope = NewDisposeScope();
        Assert.Equal(TorchSharp.DeviceType.CPU, found.Object.device_type);
        Assert.Equal(ScalarType.ComplexFloat32, found.Object.dtype);
        Assert.Equal(0, TestTensors.Norm(found.Object * found.Support.logical_not()));
        // |psi|^2 sums to the photons, less what the misfit leaves outside the support.
        double photons = problem.Pattern.Intensity.sum().item<float>();
        Assert.InRange(Math.Pow(TestTensors.Norm(found.Object), 2) / photons, 0.8, 1.01);
    }

    private static Iterate Method(string recipe) =>
        new()
        {
            Recipe = PhasingRecipe.Parse(recipe, 0.9),
            InitialSupport = new InitialSupport { Kind = InitialSupportKind.Box },
            TwinBreakIteration = 0,
        };

    private static Reconstruction Run(Iterate method, DiffractionPattern pattern, Start? start = null)
    {
        using JudgedProblem judged = new(pattern, freeFraction: 0);
        return judged.Run(method, start ?? Start.Random(1));
    }

    private static float[] Values(Iterate method, DiffractionPattern pattern, Start start)
    {
        using Reconstruction found = Run(method, pattern, start);
        return found.Object.ToComplexVolume().Interleaved;
    }
}
