using Fringe.Core;
using Fringe.Core.Metrics;
using Fringe.Core.PhaseRetrieval;
using Fringe.Core.Refinement;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.PhaseRetrieval;

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

        using var scope = NewDisposeScope();
        Tensor psi = result.Canonical.Object;
        using AlignedObject truth = Alignment.Align(psi, problem.Truth, removeRamp: true);
        Tensor inside = truth
            .Object.abs()
            .IsAbove(0.5 * truth.Object.abs().max().item<float>())
            .logical_and(result.Canonical.Support);
        double turned = Rms((psi * truth.Object.conj()).angle(), inside);
        double differing = Rms(psi.abs() - truth.Object.abs(), inside);
        Assert.InRange(turned / Rms(tensor(uncertainty.PhaseRadians.Values).reshape(psi.shape), inside), 0.5, 2);
        Assert.InRange(differing / Rms(tensor(uncertainty.Amplitude.Values).reshape(psi.shape), inside), 0.5, 2);
    }

    // A method that changes nothing has no noise to show.
    [Fact]
    public void About_ReplicasEqualToTheObject_IsNothing()
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

    // One of two starts has another phase in a slab through the middle, which no shift and no ramp can hide.
    [Fact]
    public void About_StartsThatDiffer_ShowsHowMuch()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor turned = problem.Truth.clone();
        const double Turn = 0.2;
        Tensor slab = turned.narrow(0, (Size / 2) - 2, 4);
        double share = slab.abs().Squared().sum().item<float>() / turned.abs().Squared().sum().item<float>();
        slab.mul_(polar(tensor(1f), tensor((float)Turn)));
        GivenObjects method = new(problem.Truth, turned);
        using PhasingResult result = Run(method, problem.Pattern, starts: 2);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 2);

        Assert.Equal(2, result.Kept.Count);
        Assert.InRange(uncertainty.Widening, 1, 1.4);
        // The truth is the better one, and of two replicas one is equal to it.
        double expected = uncertainty.Widening * Turn * Math.Sqrt(share * (1 - share) / 2);
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
        GivenObjects method = new(problem.Truth);
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        _ = Uncertainty(method, problem.Pattern, result, Count);

        using Tensor modelled = result.Modelled();
        float[] expected = modelled.ToRealVolume().Values;
        bool[] mask = problem.Pattern.Mask.ToBooleans();
        Assert.Contains(true, mask);
        Assert.Equal(Count, method.Polished.Count);
        Assert.All(method.Polished, counts => Assert.All(counts, (count, i) => Assert.True(!mask[i] || count == 0)));
        Assert.All(method.Polished, counts => Assert.All(counts, count => Assert.Equal(MathF.Round(count), count)));
        // Pearson's: the square of a count's distance from what was expected is expected, too.
        int[] bright = [.. Enumerable.Range(0, mask.Length).Where(i => !mask[i] && expected[i] > 5)];
        Assert.All(
            method.Polished,
            counts =>
                Assert.InRange(
                    bright.Average(i => Math.Pow(counts[i] - expected[i], 2) / expected[i]),
                    1 - (5 * Math.Sqrt(2.2 / bright.Length)),
                    1 + (5 * Math.Sqrt(2.2 / bright.Length))
                )
        );
        Assert.Equal(Count, method.Polished.Select(counts => string.Join(' ', counts)).Distinct().Count());
    }

    [Fact]
    public void Of_AnotherSeed_CountsOtherPhotons()
    {
        using SyntheticProblem problem = Problem();
        GivenObjects method = new(problem.Truth);
        using PhasingResult result = Run(method, problem.Pattern, starts: 1);
        Replicas.Of(method, problem.Pattern, result, 1, seed: 1, null, Token).Dispose();
        Replicas.Of(method, problem.Pattern, result, 1, seed: 2, null, Token).Dispose();

        Assert.NotEqual(method.Polished[0], method.Polished[1]);
    }

    // A wrong object, whose misfit photon noise does not explain.
    [Fact]
    public void Of_ObjectThatExplainsLittle_IsWidenedByTheRootOfItsMisfit()
    {
        using SyntheticProblem problem = Problem();
        using var scope = NewDisposeScope();
        Tensor wrong = problem.Truth.clone();
        wrong.narrow(0, 0, Size / 2).zero_();
        Tensor turned = wrong.clone();
        turned.narrow(0, Size / 2, 2).mul_(polar(tensor(1f), tensor(0.2f)));
        GivenObjects method = new(wrong, turned);
        using PhasingResult result = Run(method, problem.Pattern, starts: 2);
        ObjectUncertainty uncertainty = Uncertainty(method, problem.Pattern, result, 2);

        Assert.True(result.NoiseRatio > 4, $"ratio {result.NoiseRatio}");
        Assert.Equal(Math.Sqrt(result.NoiseRatio), uncertainty.Widening, 1e-12);
        Assert.Equal(
            uncertainty.Widening * Unwidened(method, problem.Pattern, result),
            uncertainty.MeanPhaseRadians,
            1e-6
        );
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
            Replicas.Of(method, problem.Pattern, result, 2, seed: 1, null, cancelled.Token).Dispose()
        );
    }

    private const int Size = 20;

    private static double Rms(Tensor values, Tensor inside) =>
        Math.Sqrt(values.masked_select(inside).Squared().mean().item<float>());

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

    // The root mean square phase of the replicas themselves, by another way than theirs.
    private static double Unwidened(IPhasingMethod method, DiffractionPattern pattern, PhasingResult result)
    {
        using var scope = NewDisposeScope();
        using Replicas replicas = Replicas.Of(method, pattern, result, 2, seed: 7, null, Token);
        Tensor psi = result.Canonical.Object;
        Tensor weight = psi.abs().square() * result.Canonical.Support;
        double power = weight.sum().item<float>();
        return Math.Sqrt(
            replicas.Objects.Average(other =>
                (weight * (other * psi.conj()).angle().square()).sum().item<float>() / power
            )
        );
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
        using Replicas replicas = Replicas.Of(method, pattern, result, count, seed: 7, null, Token);
        return replicas.Uncertainty;
    }
}
