using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Tensors;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Uncertainty;

/// <summary>The uncertainty that replicas give, against the true error of crystals phased from random starts.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ReplicaSpreadTests(ITestOutputHelper output)
{
    // Of 72 runs, under MKL's transforms for AMD, AVX2 and AVX-512, five of the phases lay beyond a factor of 2 (1.5 at the median, 4.8 at
    // the worst: a start that ended elsewhere) and three of the amplitudes (1.1 at the median).
    [Fact]
    public void Of_RefinedCrystals_LieAboutAsFarFromThemAsTheyFromTheTruth()
    {
        (SeveralRuns phase, SeveralRuns amplitude) = ErrorsOverUncertainties(
            crystals: 11,
            replicas: 6,
            seed => Plans.Refined(RefinedPhasing.FromRandom, new RefineWithBlur(), starts: 1, seed: seed)
        );

        Assert.InRange(phase.Median, 0.5, 2);
        Assert.InRange(amplitude.Median, 0.5, 2);
    }

    // Iterations forget where they began, and so do their replicas: one start's chance is in them.
    // Of 68 runs 0.34 to 1.40, 0.95 at the median.
    [Fact]
    public void Of_CrystalsFromOneStartOfIterations_LieAboutAsFarFromThemAsTheyFromTheTruth()
    {
        (SeveralRuns phase, _) = ErrorsOverUncertainties(
            crystals: 5,
            replicas: 4,
            seed => Plans.Iterated(new Iterate(), starts: 1, seed: seed)
        );

        Assert.InRange(phase.Median, 0.4, 1.6);
    }

    // Each crystal has noise and a start of its own.
    private (SeveralRuns Phase, SeveralRuns Amplitude) ErrorsOverUncertainties(
        int crystals,
        int replicas,
        Func<int, StartPlan> planOf
    )
    {
        List<double> amplitudes = [];
        SeveralRuns phase = SeveralRuns.Of(
            crystals,
            seed =>
            {
                (double ofPhase, double ofAmplitude) = ErrorOverUncertainty(seed, replicas, planOf(seed));
                amplitudes.Add(ofAmplitude);
                return ofPhase;
            }
        );
        SeveralRuns amplitude = SeveralRuns.Of(crystals, seed => amplitudes[seed - 1]);
        output.WriteLine($"error over uncertainty: phase {phase}, amplitude {amplitude}");
        return (phase, amplitude);
    }

    // Root mean squares where the true object is bright.
    private static (double Phase, double Amplitude) ErrorOverUncertainty(int seed, int replicas, StartPlan plan)
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(
            new("small")
            {
                Size = 20,
                Photons = 1e6,
                Seed = seed,
            }
        );
        using JudgedProblem judged = new(problem.Pattern, seed);
        using PhasingResult result = judged.Run(plan);
        using PhotonBootstrap repeated = judged.Repeat(plan.Repeat, result, replicas);
        Assert.NotNull(repeated.Uncertainty.Widening);
        Tensor psi = result.Canonical.Object;
        using AlignedObject truth = Alignment.Align(psi, problem.Truth, removeRamp: true);
        Tensor inside = truth
            .Object.abs()
            .IsAbove(0.5 * truth.Object.abs().max().item<float>())
            .logical_and(result.Canonical.Support);
        double turned = Rms((psi * truth.Object.conj()).angle(), inside);
        double differing = Rms(psi.abs() - truth.Object.abs(), inside);
        return (
            turned / Rms(tensor(repeated.Uncertainty.PhaseRadians.Values).reshape(psi.shape), inside),
            differing / Rms(tensor(repeated.Uncertainty.Amplitude.Values).reshape(psi.shape), inside)
        );
    }

    private static double Rms(Tensor values, Tensor inside) =>
        Math.Sqrt(values.masked_select(inside).Squared().mean().item<float>());
}
