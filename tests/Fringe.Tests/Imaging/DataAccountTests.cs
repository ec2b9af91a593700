using Fringe.Core.Preparation;
using Fringe.Imaging;
using Fringe.Tests.Formats.OddFiles;

namespace Fringe.Tests.Imaging;

/// <summary>What is said of what was done to the data.</summary>
public sealed class DataAccountTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Of_FileWithEveryFault_NamesEachCauseWithItsNumber()
    {
        files.Make(
            """
            import h5py
            d = stack("u4")
            d[:, :, 36:40] = 2 ** 32 - 1
            d[21] = 0
            d[25] = d[24]
            d[3, 40, 5] = 900
            m = np.zeros((48, 48), "u1"); m[5:8] = 1
            with h5py.File("scan.h5", "w") as f:
                f["entry/data/data"] = d
                f["entry/instrument/detector/pixel_mask"] = m
                f["entry/instrument/detector/saturation_value"] = 1500
            np.save("mask.npy", np.eye(48))
            """
        );

        string[] lines = AccountOf("scan.h5", new MeasurementSource { MaskPath = files["mask.npy"] });

        Assert.Contains("frames: 39 of 41, 48 x 48 pixels, uint32, /entry/data/data", lines);
        Assert.Contains("lost frames: 21: no count in them; masked", lines);
        Assert.Contains("repeated frames: 25: bit for bit an earlier one; masked", lines);
        Assert.Contains("the file's own mask: 144 pixels, /entry/instrument/detector/pixel_mask", lines);
        Assert.Contains("gaps and defects: 192 pixels that hold one number in every frame; masked", lines);
        Assert.Contains(
            lines,
            line => line.StartsWith("saturated: ") && line.Contains("/entry/instrument/detector/saturation_value")
        );
        Assert.Contains("hot: 1 voxels far above their neighbours; masked", lines);
        Assert.Contains($"mask: {files["mask.npy"]}", lines);
        Assert.Contains("by these files: 48 pixels masked", lines);
    }

    [Fact]
    public void Of_SoundFile_IsShort()
    {
        files.Make("np.save('scan.npy', stack('f4'))");

        Assert.Equal(
            ["peak", "frames", "not measured"],
            AccountOf("scan.npy", new()).Select(line => line.Split(':')[0])
        );
    }

    [Fact]
    public void Preview_MaskedPixels_AreNoNumbersAndTheBrightestFrameIsThePeaks()
    {
        files.Make("d = stack('i4'); d[:, :, 36:40] = -1; np.save('scan.npy', d)");

        StackPreview preview = Inspect("scan.npy", new()).Preview;

        Assert.InRange(preview.BrightestFrame, 19, 21);
        Assert.Equal(4 * 48, preview.Frame.Values.Count(float.IsNaN));
        Assert.Equal(4 * 48, preview.Sum.Values.Count(float.IsNaN));
        Assert.Equal(4 * 48, preview.MaskedShare.Values.Count(share => share > 0.99f));
        Assert.InRange(preview.Sum.Values.Where(float.IsFinite).Sum() / OddFile.Photons, 0.97, 1.03);
    }

    private string[] AccountOf(string name, MeasurementSource source) =>
        [.. Inspect(name, source).Account.Select(line => $"{line.What}: {line.Text}")];

    private InspectedMeasurement Inspect(string name, MeasurementSource source)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        return InspectedMeasurement.Of(
            (source with { Input = files[name] }).Read(cancellation: cancellation),
            new PreparationOptions(),
            cancellation
        );
    }
}
