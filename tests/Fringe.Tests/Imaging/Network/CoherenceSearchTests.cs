using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using Fringe.Learning.Prediction;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Imaging.Network;

/// <summary>Patterns that a beam of little coherence blurred.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class CoherenceSearchTests : IDisposable
{
    private static readonly double[] Blur = [0.6, 1, 0.8];

    private readonly Predictor predictor = new(ShippedNetwork.Load(null).Network);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => predictor.Dispose();

    [Fact]
    public void Find_BlurThatDiffersAlongTheAxes_IsFoundAndTheObjectWithIt()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem crystal = SyntheticProblems.Create(
            new("blurred")
            {
                Size = 48,
                Photons = 1e7,
                StrainRadians = 1,
            }
        );
        using DiffractionPattern pattern = Seen(crystal, Blur);
        using PhasingProblem problem = Problem(pattern);

        IReadOnlyList<double>? widths = CoherenceSearch.Find(problem, predictor, new RefineWithBlur(), Token);

        Assert.NotNull(widths);
        Assert.All(widths.Zip(Blur), pair => Assert.InRange(pair.First / pair.Second, 0.85, 1.15));
        using PatternPrediction plain = PatternPrediction.Of(problem, predictor, 1, null, [2.4, 2.4, 2.4], Token);
        using PatternPrediction sharp = PatternPrediction.Of(problem, predictor, 2, widths, [2.4, 2.4, 2.4], Token);
        Assert.Equal(2, sharp.Objects.Count);
        Assert.Equal(widths, sharp.CoherenceWidths);
        double before = RealSpaceError.Of(plain.Objects[0], crystal.Truth);
        double after = RealSpaceError.Of(sharp.Objects[0], crystal.Truth);
        Assert.True(after < 0.5 * before, $"{before} sharpened to {after}");
    }

    [Fact]
    public void Find_CoherentBeam_IsNone()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem crystal = SyntheticProblems.Create(new("coherent") { Size = 48, Photons = 1e7 });
        using DiffractionPattern pattern = Seen(crystal, [0, 0, 0]);
        using PhasingProblem problem = Problem(pattern);

        Assert.Null(CoherenceSearch.Find(problem, predictor, new RefineWithBlur(), Token));
    }

    [Fact]
    public void Find_BeamThatIsTakenForCoherent_IsNone()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem crystal = SyntheticProblems.Create(new("blurred") { Size = 48, Photons = 1e7 });
        using DiffractionPattern pattern = Seen(crystal, Blur);
        using PhasingProblem problem = Problem(pattern);

        Assert.Null(
            CoherenceSearch.Find(problem, predictor, new RefineWithBlur { Coherence = CoherenceFit.Never }, Token)
        );
    }

    private static DiffractionPattern Seen(SyntheticProblem crystal, double[] widths)
    {
        Tensor seen = PartialCoherence.Blur(ForwardModel.Propagate(crystal.Truth).abs().square(), widths);
        using Generator generator = new(5);
        Tensor counts = poisson(seen, generator).clone();
        return new DiffractionPattern(counts, zeros(counts.shape, ScalarType.Bool));
    }

    private static PhasingProblem Problem(DiffractionPattern pattern) =>
        new(pattern, FreeVoxels.Choose(pattern, 0.03, seed: 1), CPU);
}
