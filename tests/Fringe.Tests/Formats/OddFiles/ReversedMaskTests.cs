using Fringe.Core.Preparation;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Masks that are 1 where pixels are good.</summary>
public sealed class ReversedMaskTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    // Of a detector that lies mostly in shadow it hides less than half.
    [Theory]
    [InlineData("m[:, :36] = m[:, 40:] = 1")]
    [InlineData("m[10:38, 10:45] = 1")]
    [InlineData("m[:, 12:36] = 1")]
    [InlineData("m[12:34] = 1")]
    public void Read_MaskThatHidesAllButTheShadow_IsRefused(string mask)
    {
        files.Make(
            $"""
            m = np.zeros((48, 48), "u1")
            {mask}
            np.save("mask.npy", m)
            np.save("scan.npy", stack() + np.random.default_rng(1).poisson(0.02, (41, 48, 48)))
            """
        );

        Assert.Contains("it looks reversed", files.Refusal("scan.npy", new() { MaskPath = files["mask.npy"] }));
    }

    // A shadow about the peak, and the peak's overexposed centre.
    [Theory]
    [InlineData("m[:] = 1; m[8:36, 14:38] = 0", 0.99)]
    [InlineData("m[18:27, 22:31] = 1", 0.2)]
    [InlineData("m[15:30, 20:33] = 1", 0.01)]
    public void Read_MaskOfAShadowOrAnOverexposedCentre_IsTaken(string mask, double share)
    {
        files.Make($"m = np.zeros((48, 48), 'u1'); {mask}; np.save('mask.npy', m); np.save('scan.npy', stack())");

        PreparationSummary summary = files.Read("scan.npy", new() { MaskPath = files["mask.npy"] }).Summary;

        Assert.True(summary.Photons >= share * OddFile.Photons, $"{summary.Photons}");
    }
}
