using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Metrics;

/// <summary>What photon noise is said to leave, against photons that were drawn.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class PhotonNoiseTests
{
    [Theory]
    [InlineData(0.003)]
    [InlineData(0.04)]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(5000)]
    public void Of_ExpectedPhotons_IsTheMeanOfDrawnOnes(double photons)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(7);
        Tensor expected = full([400_000], photons, ScalarType.Float64);
        Tensor counted = poisson(expected, generator);

        double drawn = FreeLogLikelihood.Of(expected, counted);

        // 400 000 draws: a percent, three where hardly any photon comes.
        Assert.Equal(drawn, PhotonNoise.Of(photons), photons < 0.01 ? 0.03 * drawn : 0.01 * drawn);
    }

    [Fact]
    public void ChiOf_ManyPhotons_IsWhatTheTruthHas()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("bright") { Size = 24, Photons = 1e9 });

        double truth = AmplitudeMisfits.Chi(problem.Truth, problem.Pattern).Chi;

        // Voxels with hardly any photons have another variance than a quarter.
        Assert.InRange(PhotonNoise.ChiOf(problem.Pattern), 0.7 * truth, 1.4 * truth);
    }

    [Fact]
    public void ChiOf_Batch_IsThatOfEachPattern()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e6 photons") { Size = 16, Photons = 1e6 });
        using var scope = NewDisposeScope();
        Tensor counts = problem.Pattern.Intensity.masked_fill(problem.Pattern.Mask, 0);

        Tensor chi = PhotonNoise.ChiOf(stack([counts, counts * 2, zeros_like(counts)]));

        double[] values = chi.flatten().data<double>().ToArray();
        double one = PhotonNoise.ChiOf(problem.Pattern);
        Assert.Equal(one, values[0], 1e-9);
        Assert.Equal(one / 2, values[1], 1e-9);
        Assert.Equal(0, values[2]);
    }

    [Fact]
    public void Of_TrueObject_IsTheFreeLogLikelihood()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e7 photons") { Size = 32, Photons = 1e7 });
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = new(problem.Pattern.Intensity.clone(), problem.Pattern.Mask.clone());
        Tensor all = pattern.Mask.logical_not();
        double scale = AmplitudeMisfits.Chi(problem.Truth, pattern).Scale;

        double ratio =
            FreeLogLikelihood.Of(problem.Truth, pattern, all, scale) / PhotonNoise.Of(problem.Truth, all, scale);

        Assert.InRange(ratio, 0.97, 1.03);
    }
}
