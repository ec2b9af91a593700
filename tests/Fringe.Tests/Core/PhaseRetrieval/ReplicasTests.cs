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
        Fixed method = new(problem.Truth);
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
        Fixed method = new(problem.Truth, turned);
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

    private const int Size = 20;

    private static double Rms(Tensor values, Tensor inside) =>
        Math.Sqrt(values.masked_select(inside).Squared().mean().item<float>());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SyntheticProblem Problem() => SyntheticProblems.Create(new("small") { Size = Size, Photons = 1e6 });

    private static PhasingResult Run(Fixed method, DiffractionPattern pattern, int starts) =>
        new MultiStart(new PhasingOptions { Starts = starts }, method).Run(pattern, null, Token);

    private static ObjectUncertainty Uncertainty(
        IPhasingMethod method,
        DiffractionPattern pattern,
        PhasingResult result,
        int count
    )
    {
        using Replicas replicas = Replicas.Of(method, pattern, result, count, seed: 7, null, Token);
        return replicas.About(result.Canonical.Object, result.Canonical.Support);
    }

    /// <summary>Finds given objects, borrowed, whatever the pattern.</summary>
    private sealed class Fixed(params Tensor[] objects) : IPhasingMethod
    {
        public Reconstruction Run(
            DiffractionPattern pattern,
            Tensor held,
            int start,
            IProgress<PhasingProgress>? progress,
            CancellationToken cancellation
        )
        {
            Tensor psi = objects[start - 1];
            double free = FreeLogLikelihood.Of(psi, pattern, held, Chi.Of(psi, pattern).Scale);
            using Tensor modulus = psi.abs();
            return new Reconstruction(psi.clone(), modulus.IsAbove(0), [0.5], free, StopReason.MaxIterations);
        }

        public Tensor Polish(
            DiffractionPattern pattern,
            Tensor psi,
            Tensor support,
            IReadOnlyList<double>? coherence,
            CancellationToken cancellation
        ) => psi.clone();
    }
}
