using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ReplicasTests
{
    [Fact]
    public void Of_CrystalWithPhotonNoise_LieAboutAsFarFromItAsItFromTheTruth()
    {
        using SyntheticProblem problem = Problem();
        PhasingOptions options = RefinedPhasing.DefaultOptions with { Starts = 1 };
        RefinedPhasing method = new(options, new RefinementOptions(), CPU);
        using PhasingResult result = new MultiStart(options, method).Run(problem.Pattern, null, Token);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 6);

        (double phase, double amplitude) = ErrorOverUncertainty(problem, result, uncertainty);
        Assert.InRange(phase, 0.5, 2);
        Assert.InRange(amplitude, 0.5, 2);
        Assert.NotNull(uncertainty.Widening);
    }

    // Iterations forget where they began, and so do their replicas: one start's chance is in them.
    [Fact]
    public void Of_OneStartOfIterations_LieAboutAsFarFromItAsItFromTheTruth()
    {
        using SyntheticProblem problem = Problem();
        PhasingOptions options = new() { Starts = 1 };
        PhaseRetriever method = new(options, CPU);
        using PhasingResult result = new MultiStart(options, method).Run(problem.Pattern, null, Token);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 4);

        Assert.InRange(ErrorOverUncertainty(problem, result, uncertainty).Phase, 0.3, 2);
    }

    // Iterations may end in another place, and as the twin.
    [Fact]
    public void Of_ReplicasElsewhere_AreBroughtToTheObject()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor moved = problem.Truth.roll([1, -2, 1], [0, 1, 2]);
        GivenObjects method = new(problem.Truth) { Again = [moved, TrivialTransforms.Twin(moved)] };
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 2);

        Assert.InRange(uncertainty.MeanPhaseRadians, 0, 0.02);
        Assert.InRange(uncertainty.MeanAmplitude, 0, 0.02);
    }

    [Fact]
    public void Of_StartsInTurn_RepeatsTheFirst()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects first = new(problem.Truth);
        GivenObjects others = new(problem.Truth);
        StartsInTurn method = new(first, others);
        using PhasingResult result = new MultiStart(new PhasingOptions { Starts = 1 }, method).Run(
            problem.Pattern,
            null,
            Token
        );
        _ = Uncertainty(method, problem.Pattern, result, 2);

        Assert.Equal(2, first.Repeated.Count);
        Assert.Empty(others.Repeated);
    }

    // A method that changes nothing has no noise to show.
    [Fact]
    public void Of_ReplicasEqualToTheObject_IsNothing()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 3);

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
    public void Of_ReplicasThatDiffer_ShowsHowMuch()
    {
        const double Turn = 0.2;
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        (Tensor turned, double share) = Turned(problem.Truth, Turn);
        GivenObjects method = new(problem.Truth) { Again = [problem.Truth, turned] };
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 2);

        // They miss their photons by more than the object does.
        Assert.Equal(1, uncertainty.Widening);
        double expected = Turn * Math.Sqrt(share * (1 - share) / 2);
        Assert.InRange(uncertainty.MeanPhaseRadians / expected, 0.8, 1.2);
        Assert.InRange(uncertainty.MeanAmplitude, 0, 0.3 * expected);
    }

    [Fact]
    public void Of_SameSeed_GivesTheSame()
    {
        using SyntheticProblem problem = Problem();
        PhasingOptions options = new() { Recipe = PhasingRecipe.Parse("10*ER", 0.9), Starts = 1 };
        PhaseRetriever method = new(options, CPU);
        using PhasingResult result = new MultiStart(options, method).Run(problem.Pattern, null, Token);

        float[] first = Uncertainty(method, problem.Pattern, result, 2).Amplitude.Values;
        Assert.Equal(first, Uncertainty(method, problem.Pattern, result, 2).Amplitude.Values);
        Assert.Contains(first, value => value > 0);
    }

    [Fact]
    public void Of_MaskedPattern_CountsTheObjectsPhotonsWhereItWasMeasured()
    {
        const int Count = 4;
        using SyntheticProblem problem = Problem(hasGap: true);
        using var scope = NewDisposeScope();
        GivenObjects method = new(problem.Truth);
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        _ = Uncertainty(method, problem.Pattern, result, Count);

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
        Assert.All(method.FreeVoxels, voxels => Assert.Equal(result.Held.sum().item<long>(), voxels));
        // What lies behind the gap is not given to them.
        double power = problem.Truth.abs().square().sum().item<float>();
        Assert.All(method.Power, given => Assert.InRange(given, 0.5 * power, 0.995 * power));
    }

    [Fact]
    public void Of_AnotherSeed_CountsOtherPhotons()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        Replicas.Of(method, problem.Pattern, result, 1, seed: 1, null, Token)?.Dispose();
        Replicas.Of(method, problem.Pattern, result, 1, seed: 2, null, Token)?.Dispose();

        Assert.NotEqual(method.Repeated[0], method.Repeated[1]);
    }

    // A wrong object misses the free voxels by more than its replicas do.
    [Fact]
    public void Of_ObjectThatExplainsLittle_IsWidenedByWhatItMissesMoreThanTheReplicas()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        const double Turn = 0.3;
        Tensor wrong = problem.Truth.clone();
        wrong.narrow(0, 0, Size / 2).mul_(0.6f);
        (Tensor turned, double share) = Turned(wrong, Turn);
        GivenObjects method = new(wrong) { Again = [turned] };
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 2);

        double own = method.Repeated.Average(counts =>
        {
            using DiffractionPattern counted = new(
                tensor(counts).reshape(problem.Pattern.Intensity.shape),
                problem.Pattern.Mask.clone()
            );
            double scale = AmplitudeMisfits.Chi(turned, counted).Scale;
            return FreeLogLikelihood.Of(turned, counted, result.Held, scale)
                / PhotonNoise.Of(turned, result.Held, scale);
        });
        // Else it would be chance.
        Assert.InRange(own - 1, 3 / Math.Sqrt(method.FreeVoxels[0]), double.PositiveInfinity);
        double expected = Math.Sqrt((result.NoiseRatio - 1) / (own - 1));
        Assert.InRange(expected, 1.5, 8);
        Assert.Equal(expected, uncertainty.Widening!.Value, 1e-6);
        Assert.InRange(uncertainty.MeanPhaseRadians / (expected * Turn * Math.Sqrt(share * (1 - share))), 0.8, 1.2);
    }

    [Fact]
    public void Of_NoFreeVoxels_IsNotWidened()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        PhasingOptions options = new() { Starts = 1, FreeFraction = 0 };
        using PhasingResult result = new MultiStart(options, method).Run(problem.Pattern, null, Token);

        Assert.Null(Uncertainty(method, problem.Pattern, result, 2).Widening);
    }

    [Fact]
    public void Of_ReplicaWithoutNumbers_IsLeftOut()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor none = full_like(problem.Truth, float.NaN);
        GivenObjects method = new(problem.Truth) { Again = [none, problem.Truth] };
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 4);

        Assert.Equal(2, uncertainty.Replicas);
        Assert.True(double.IsFinite(uncertainty.MeanPhaseRadians));
        GivenObjects never = new(problem.Truth) { Again = [none] };
        Assert.Null(Replicas.Of(never, problem.Pattern, result, 2, seed: 1, null, Token));
    }

    [Fact]
    public void Of_Cancelled_Stops()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Replicas.Of(method, problem.Pattern, result, 2, seed: 1, null, cancelled.Token)?.Dispose()
        );
    }

    private const int Size = 20;

    private static double Rms(Tensor values, Tensor inside) =>
        Math.Sqrt(values.masked_select(inside).Squared().mean().item<float>());

    // Root mean squares where the true object is bright.
    private static (double Phase, double Amplitude) ErrorOverUncertainty(
        SyntheticProblem problem,
        PhasingResult result,
        ObjectUncertainty uncertainty
    )
    {
        using var scope = NewDisposeScope();
        Tensor psi = result.Canonical.Object;
        using AlignedObject truth = Alignment.Align(psi, problem.Truth, removeRamp: true);
        Tensor inside = truth
            .Object.abs()
            .IsAbove(0.5 * truth.Object.abs().max().item<float>())
            .logical_and(result.Canonical.Support);
        double turned = Rms((psi * truth.Object.conj()).angle(), inside);
        double differing = Rms(psi.abs() - truth.Object.abs(), inside);
        return (
            turned / Rms(tensor(uncertainty.PhaseRadians.Values).reshape(psi.shape), inside),
            differing / Rms(tensor(uncertainty.Amplitude.Values).reshape(psi.shape), inside)
        );
    }

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

    private static PhasingResult Run(GivenObjects method, DiffractionPattern pattern, int starts) =>
        new MultiStart(new PhasingOptions { Starts = starts }, method).Run(pattern, null, Token);

    private static ObjectUncertainty Uncertainty(
        IPhasingMethod method,
        DiffractionPattern pattern,
        PhasingResult result,
        int count
    )
    {
        using Replicas? replicas = Replicas.Of(method, pattern, result, count, seed: 7, null, Token);
        Assert.NotNull(replicas);
        return replicas.Uncertainty;
    }
}
