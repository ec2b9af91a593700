using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Volumes;
using Fringe.Imaging.Methods;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Uncertainty;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class PhotonBootstrapTests
{
    // Iterations may end in another place, and as the twin.
    [Fact]
    public void Run_ReplicasElsewhere_AreBroughtToTheObject()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor moved = problem.Truth.roll([1, -2, 1], [0, 1, 2]);
        GivenObjects method = new(problem.Truth) { Again = [moved, TrivialTransforms.Twin(moved)] };
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));
        ObjectUncertainty uncertainty = Uncertainty(judged, method, result, 2);

        Assert.InRange(uncertainty.MeanPhaseRadians, 0, 0.02);
        Assert.InRange(uncertainty.MeanAmplitude, 0, 0.02);
    }

    // Iterations leave an object where chance put it, and a cut that is to part it from its twin would take it away.
    [Fact]
    public void Run_IterationsFromAnObjectInACorner_FindItAgain()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor moved = problem.Truth.roll([Size / 4, Size / 4], [0, 1]);
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Alike(new GivenObjects(moved), starts: 1));
        StartPlan plan = new Iterations
        {
            Iterate = new Iterate
            {
                Recipe = PhasingRecipe.Parse("12*ER", 0.9),
                AverageLast = 0,
                ShrinkWrap = new ShrinkWrap { Every = 0 },
            },
        }.Plan(new KnownBefore(1, predicted: [], given: null));

        ObjectUncertainty uncertainty = Uncertainty(judged, plan.Repeat, result, 2);

        Assert.Equal(2, uncertainty.Replicas);
        Assert.InRange(uncertainty.MeanAmplitude, 0, 0.1);
    }

    // A method that changes nothing has no noise to show.
    [Fact]
    public void Run_ReplicasEqualToTheObject_IsNothing()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));
        ObjectUncertainty uncertainty = Uncertainty(judged, method, result, 3);

        Assert.Equal(3, uncertainty.Replicas);
        // Its sharp edges ring when it is moved by a fraction of a voxel.
        Assert.InRange(uncertainty.MeanPhaseRadians, 0, 0.01);
        Assert.InRange(uncertainty.MeanAmplitude, 0, 0.01);
        Assert.All(
            uncertainty.PhaseRadians.Values.Zip(result.Canonical.Support.ToBooleans()),
            voxel => Assert.Equal(voxel.Second, float.IsFinite(voxel.First))
        );
    }

    // One of two replicas has another phase in a slab through the middle, which no shift and no ramp can hide.
    [Fact]
    public void Run_ReplicasThatDiffer_ShowsHowMuch()
    {
        const double Turn = 0.2;
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        (Tensor turned, double share) = Turned(problem.Truth, Turn);
        GivenObjects method = new(problem.Truth) { Again = [problem.Truth, turned] };
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));
        ObjectUncertainty uncertainty = Uncertainty(judged, method, result, 2);

        // They miss their photons by more than the object does.
        Assert.Equal(1, uncertainty.Widening);
        double expected = Turn * Math.Sqrt(share * (1 - share) / 2);
        Assert.InRange(uncertainty.MeanPhaseRadians / expected, 0.8, 1.2);
        Assert.InRange(uncertainty.MeanAmplitude, 0, 0.3 * expected);
    }

    [Fact]
    public void Run_SameSeed_GivesTheSame()
    {
        using SyntheticProblem problem = Problem();
        Iterate method = new() { Recipe = PhasingRecipe.Parse("10*ER", 0.9) };
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Iterated(method, starts: 1));

        float[] first = Uncertainty(judged, method, result, 2).Amplitude.Values;
        Assert.Equal(first, Uncertainty(judged, method, result, 2).Amplitude.Values);
        Assert.Contains(first, value => value > 0);
    }

    [Fact]
    public void Run_MaskedPattern_CountsTheObjectsPhotonsWhereItWasMeasured()
    {
        const int Count = 4;
        using SyntheticProblem problem = Problem(hasGap: true);
        using var scope = NewDisposeScope();
        GivenObjects method = new(problem.Truth);
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));
        _ = Uncertainty(judged, method, result, Count);

        using Tensor modelled = result.Modelled();
        float[] expected = modelled.ToRealVolume().Values;
        bool[] mask = problem.Pattern.Mask.ToBooleans();
        Assert.Contains(true, mask);
        Assert.Equal(Count, method.Repeated.Count);
        Assert.All(method.Repeated, counts => Assert.All(counts, (count, i) => Assert.True(!mask[i] || count == 0)));
        Assert.All(method.Repeated, counts => Assert.All(counts, count => Assert.Equal(MathF.Round(count), count)));
        // Pearson's: the square of a count's distance from what was expected is expected, too.
        int[] bright = [.. Enumerable.Range(0, mask.Length).Where(i => !mask[i] && expected[i] > 5)];
        Assert.All(
            method.Repeated,
            counts =>
                Assert.InRange(
                    bright.Average(i => Math.Pow(counts[i] - expected[i], 2) / expected[i]),
                    1 - (5 * Math.Sqrt(2.2 / bright.Length)),
                    1 + (5 * Math.Sqrt(2.2 / bright.Length))
                )
        );
        Assert.Equal(Count, method.Repeated.Select(counts => string.Join(' ', counts)).Distinct().Count());
        Assert.All(method.Masks, given => Assert.Equal(mask, given));
        Assert.All(method.FreeVoxels, voxels => Assert.Equal(judged.Free.sum().item<long>(), voxels));
        // What lies behind the gap is not given to them.
        double power = problem.Truth.abs().square().sum().item<float>();
        Assert.All(method.Power, given => Assert.InRange(given, 0.5 * power, 0.995 * power));
    }

    [Fact]
    public void Run_AnotherSeed_CountsOtherPhotons()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));
        judged.Repeat(method, result, 1, seed: 1).Dispose();
        judged.Repeat(method, result, 1, seed: 2).Dispose();

        Assert.NotEqual(method.Repeated[0], method.Repeated[1]);
    }

    // A wrong object misses the free voxels by more than its replicas do.
    [Fact]
    public void Run_ObjectThatExplainsLittle_IsWidenedByWhatItMissesMoreThanTheReplicas()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        const double Turn = 0.15;
        Tensor wrong = problem.Truth.clone();
        wrong.narrow(0, 0, Size / 2).mul_(0.6f);
        (Tensor turned, double share) = Turned(wrong, Turn);
        GivenObjects method = new(wrong) { Again = [turned] };
        // Enough free voxels that what they say is not the chance of a few blocks.
        using JudgedProblem judged = new(problem.Pattern, freeFraction: 0.2);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));
        ObjectUncertainty uncertainty = Uncertainty(judged, method, result, 2);

        double own = method.Repeated.Average(counts =>
        {
            using DiffractionPattern counted = new(
                tensor(counts).reshape(problem.Pattern.Intensity.shape),
                problem.Pattern.Mask.clone()
            );
            double scale = AmplitudeMisfits.Chi(turned, counted).Scale;
            return FreeLogLikelihood.Of(turned, counted, judged.Free, scale)
                / PhotonNoise.Of(turned, judged.Free, scale);
        });
        // Else it would be chance.
        Assert.InRange(own - 1, 3 / Math.Sqrt(method.FreeVoxels[0]), double.PositiveInfinity);
        double expected = Math.Sqrt((result.NoiseRatio - 1) / (own - 1));
        Assert.InRange(expected, 1.5, 8);
        Assert.Equal(expected, uncertainty.Widening!.Value, 1e-6);
        Assert.InRange(uncertainty.MeanPhaseRadians / (expected * Turn * Math.Sqrt(share * (1 - share))), 0.8, 1.2);
    }

    [Fact]
    public void Run_NoFreeVoxels_IsNotWidened()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        using JudgedProblem judged = new(problem.Pattern, freeFraction: 0);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));

        Assert.Null(Uncertainty(judged, method, result, 2).Widening);
    }

    [Fact]
    public void Run_ReplicaWithoutNumbers_IsLeftOut()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor none = full_like(problem.Truth, float.NaN);
        GivenObjects method = new(problem.Truth) { Again = [none, problem.Truth] };
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));
        ObjectUncertainty uncertainty = Uncertainty(judged, method, result, 4);

        Assert.Equal(2, uncertainty.Replicas);
        Assert.True(double.IsFinite(uncertainty.MeanPhaseRadians));
        GivenObjects never = new(problem.Truth) { Again = [none] };
        Assert.Null(PhotonBootstrap.Run(judged.Problem, never, result, Two, null, Token));
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingResult result = judged.Run(Plans.Alike(method, starts: 1));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            PhotonBootstrap.Run(judged.Problem, method, result, Two, null, cancelled.Token)?.Dispose()
        );
    }

    private const int Size = 20;

    private static readonly BootstrapOptions Two = new() { Replicas = 2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SyntheticProblem Problem(bool hasGap = false) =>
        SyntheticProblems.Create(
            new("small")
            {
                Size = Size,
                Photons = 1e6,
                HasGap = hasGap,
            }
        );

    // Another phase in a slab through the middle, and its share of the photons.
    private static (Tensor Object, double Share) Turned(Tensor psi, double radians)
    {
        Tensor turned = psi.clone();
        Tensor slab = turned.narrow(0, (Size / 2) - 2, 4);
        double share = slab.abs().square().sum().item<float>() / turned.abs().square().sum().item<float>();
        slab.mul_(polar(tensor(1f), tensor((float)radians)));
        return (turned, share);
    }

    private static ObjectUncertainty Uncertainty(
        JudgedProblem judged,
        PhasingMethod repeat,
        PhasingResult result,
        int count
    )
    {
        using PhotonBootstrap replicas = judged.Repeat(repeat, result, count);
        return replicas.Uncertainty;
    }
}
