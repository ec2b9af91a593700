using Fringe.Core.Preparation;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Simulated crystals that lack nothing: polyhedra, spheres and boxes, strained or not, sampled just enough or generously, of ten thousand to a billion photons.</summary>
public sealed class SoundStackTests : IDisposable
{
    private const string Crystals = """
        def crystal(seed):
            rng = np.random.default_rng(1000 + seed)
            shape = [(41, 48, 48), (48, 48, 48), (61, 40, 44), (24, 64, 64)][seed % 4]
            half = [n / o / 2 for n, o in zip(shape, rng.uniform(2, 4, 3))]
            u = np.meshgrid(*[(np.arange(n) - n // 2 + 0.1) / h for n, h in zip(shape, half)], indexing="ij")
            if seed % 3 == 0:
                inside = sum(a ** 2 for a in u) <= 1
            else:
                inside = np.all([abs(a) <= 1 for a in u], axis=0)
            if seed % 3 == 1:
                for _ in range(14):
                    d = rng.normal(size=3)
                    inside = inside & (sum(a * b for a, b in zip(u, d / np.linalg.norm(d))) <= rng.uniform(0.6, 0.95))
            phase = np.zeros(shape)
            for _ in range(4 * (seed % 4 > 0)):
                k = rng.normal(size=3) * 1.5
                phase += (seed % 4) / 2 * rng.normal() * np.cos(sum(a * b for a, b in zip(u, k)) + rng.uniform(0, 6))
            i = abs(np.fft.fftshift(np.fft.fftn(inside * np.exp(1j * phase)))) ** 2
            return i / i.sum() * 10.0 ** (4 + seed % 6), rng

        for seed in range(24):
            i, rng = crystal(seed)
            p = rng.poisson(i).astype("f8")
            d = VALUES
            np.save(f"{seed}.npy", np.ascontiguousarray(d.astype("f4")))

        """;

    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("p")]
    [InlineData("i")]
    [InlineData("np.round(i)")]
    [InlineData("p + rng.poisson(0.3, p.shape)")]
    [InlineData("p + rng.poisson(3, p.shape)")]
    [InlineData("p + rng.normal(0, 1.5, p.shape)")]
    [InlineData("p + 100 + rng.normal(0, 3, p.shape)")]
    [InlineData("p / (1 + 0.05 * rng.random(len(p)))[:, None, None] / rng.uniform(0.8, 1.25, p.shape[1:])")]
    [InlineData(
        "np.where(p.sum((1, 2), keepdims=True) > 0.2 * p.sum((1, 2)).max(), rng.binomial(p.astype('i8'), 0.1) / 0.1, p)"
    )]
    public void Read_StackThatLacksNothing_IsMeasuredThroughout(string values)
    {
        files.Make(Crystals.Replace("VALUES", values, StringComparison.Ordinal));

        Assert.All(
            Enumerable.Range(0, 24),
            seed =>
            {
                PreparationSummary summary = files.Read($"{seed}.npy").Summary;
                Assert.Empty(summary.LostFrames);
                Assert.Empty(summary.RepeatedFrames);
                Assert.Empty(summary.LostParts);
                Assert.Empty(summary.WeakFrames);
                Assert.Equal(
                    (0, 0, 0, 0, 0),
                    (
                        summary.GapPixels,
                        summary.InvalidVoxels,
                        summary.SaturatedVoxels,
                        summary.CraterVoxels,
                        summary.WrappedVoxels
                    )
                );
                Assert.Null(summary.FlatTop);
                Assert.Null(summary.BrightBand);
                Assert.False(summary.IsShifted);
            }
        );
    }

    // Rounded noise of a pattern that leaves few voxels dark cannot be told from flags of single pixels: those few are masked.
    [Fact]
    public void Read_RoundedNoiseAboutZero_LosesNoMoreThanAFewDarkVoxels()
    {
        files.Make(Crystals.Replace("VALUES", "np.rint(p + rng.normal(0, 0.5, p.shape))", StringComparison.Ordinal));

        Assert.All(
            Enumerable.Range(0, 24),
            seed =>
            {
                OddFile.Outcome outcome = files.Read($"{seed}.npy");
                int voxels = outcome.Measurement.Stack.Values.Length;
                Assert.True(outcome.Summary.InvalidVoxels < 0.01 * voxels, $"{outcome.Summary.InvalidVoxels}");
                Assert.Equal(0, outcome.Summary.GapPixels);
                Assert.False(outcome.Summary.IsShifted);
            }
        );
    }
}
