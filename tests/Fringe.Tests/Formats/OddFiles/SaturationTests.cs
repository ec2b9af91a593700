using Fringe.Core.Preparation;
using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Detectors that saturate below the largest value of their file's type.</summary>
public sealed class SaturationTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("detectorSpecific/countrate_correction_count_cutoff")]
    [InlineData("saturation_value")]
    public void Read_CountsAtTheRecordedCutoff_AreMasked(string place)
    {
        MakeWithCutoff(place, 38086);

        OddFile.Outcome outcome = files.Read("scan.h5").Says("saturated voxels are masked");

        Assert.InRange(outcome.Summary.SaturatedVoxels, 50, 400);
        Assert.Equal(38086, outcome.Summary.Saturation);
        Assert.All(outcome.Summary.Peak.Zip([20, 22, 26]), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void Read_RecordedCutoffThatNothingReaches_MasksNothing()
    {
        files.Make(
            """
            import h5py
            with h5py.File("scan.h5", "w") as f:
                f["entry/data/data"] = stack("u2")
                f["entry/instrument/detector/detectorSpecific/countrate_correction_count_cutoff"] = 38086
            """
        );

        Assert.Equal(0, files.Read("scan.h5").IsRight().Summary.SaturatedVoxels);
    }

    [Theory]
    [InlineData("np.full(41, 38086)", true)]
    [InlineData("np.arange(38046, 38087)", false)]
    public void Read_CutoffOfEachFrame_IsTakenWhereAllAreEqual(string cutoffs, bool isTaken)
    {
        files.Make(
            $"""
            import h5py
            with h5py.File("scan.h5", "w") as f:
                f["entry/data/data"] = np.minimum(stack("u4", peak=90000), 38086)
                f["entry/instrument/detector/saturation_value"] = {cutoffs}
            """
        );

        OddFile.Outcome outcome = files.Read("scan.h5");

        Assert.Equal(isTaken, outcome.Summary.SaturatedVoxels > 50);
        Assert.Contains(outcome.Notes, note => note.Contains("saturat", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_GivenSaturation_WinsOverTheRecordedOne()
    {
        MakeWithCutoff("saturation_value", 60000);

        OddFile.Outcome outcome = files.Read("scan.h5", options: new PreparationOptions { Saturation = 60000 });

        Assert.Equal(60000, outcome.Summary.Saturation);
        Assert.InRange(outcome.Summary.SaturatedVoxels, 5, 200);
    }

    // Of two detectors each has its own.
    [Fact]
    public void Read_CutoffOfAnotherDetector_IsNotTaken()
    {
        files.Make(
            """
            import h5py
            with h5py.File("scan.h5", "w") as f:
                f["entry/instrument/eiger/data"] = stack("u4", peak=9000)
                f["entry/instrument/eiger/saturation_value"] = 1000000
                f["entry/instrument/mpx/data"] = stack("u4")[:, :20]
                f["entry/instrument/mpx/saturation_value"] = 1000
            """
        );

        Assert.Equal(0, files.Read("scan.h5").Summary.SaturatedVoxels);
    }

    [Fact]
    public void Read_FlatTopThatNothingExplains_IsNoted()
    {
        files.Make("np.save('scan.npy', np.minimum(stack('f4', peak=90000), 38086))");

        files.Read("scan.npy").Says("hold just the largest count, 38086");
        Assert.InRange(
            files.Read("scan.npy", options: new PreparationOptions { Saturation = 38086 }).Summary.SaturatedVoxels,
            50,
            400
        );
    }

    [Fact]
    public void Read_InfiniteValues_AreInvalidAndNoFlatTop()
    {
        files.Make("d = stack('f4'); d[d > 1500] = np.inf; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy");

        Assert.InRange(outcome.Summary.InvalidVoxels, 20, 100);
        Assert.Null(outcome.Summary.FlatTop);
    }

    [Theory]
    [InlineData("u1", 255)]
    [InlineData("i2", 32767)]
    [InlineData("u2", 65535)]
    public void Read_LargestValueOfTheType_IsSaturated(string type, int largest)
    {
        files.Make($"np.save('scan.npy', np.minimum(stack('u4', peak={3 * largest}), {largest}).astype('{type}'))");

        Assert.InRange(files.Read("scan.npy").Summary.SaturatedVoxels, 50, 600);
    }

    // A flat field leaves half of a flat top below the recorded number.
    [Fact]
    public void Read_CutoffOfCountsThatAFlatFieldDivided_MasksTheWholeTop()
    {
        files.Make(
            """
            import h5py
            flat = 1 + 0.01 * np.random.default_rng(5).standard_normal((48, 48))
            d = stack("f8", peak=90000)
            with h5py.File("scan.h5", "w") as f:
                f["entry/data/data"] = (np.minimum(d, 38086) / flat).astype("f4")
                f["entry/instrument/detector/saturation_value"] = 38086
            print((d >= 38086).sum())
            """
        );

        OddFile.Outcome outcome = files.Read("scan.h5");

        Assert.InRange(outcome.Summary.SaturatedVoxels, 249, 400);
        Assert.Equal(0.9 * 38086, outcome.Summary.Saturation!.Value, 1e-6);
        Assert.All(outcome.Summary.Peak.Zip([20, 22, 26]), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.Contains(
            DataAccount.Of(outcome.Measurement, outcome.Summary),
            line => line.What == "saturated" && line.Text.Contains("of 34277.4 counts or more, since")
        );
    }

    // The number that was used, not the largest that the type can hold.
    [Fact]
    public void Read_SaturationByACode_IsToldWithItsNumber()
    {
        files.Make("np.save('scan.npy', np.minimum(stack('u4', peak=90000), 16383).astype('u2'))");

        OddFile.Outcome outcome = files.Read("scan.npy");

        Assert.Equal(16383, outcome.Summary.Saturation);
        Assert.Contains(
            DataAccount.Of(outcome.Measurement, outcome.Summary),
            line => line.What == "saturated" && line.Text.Contains("of 16383 counts or more")
        );
    }

    [Theory]
    [InlineData("d = (d % 65536).astype('u2')", 57, 57)]
    [InlineData("d[d > 38086] = 0", 249, 249)]
    [InlineData("d[d > 85000] = 0", 1, 40)]
    public void Read_CraterInThePeak_IsMaskedAndSaidSo(string fault, int least, int most)
    {
        files.Make($"d = stack(peak=90000); {fault}; np.save('scan.npy', d)");

        OddFile.Outcome outcome = files.Read("scan.npy").Says("enclosed by far brighter ones");

        Assert.InRange(outcome.Summary.CraterVoxels, least, most);
        Assert.All(outcome.Summary.Peak.Zip([20, 22, 26]), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void Read_SmallFlatTop_IsNoted()
    {
        files.Make("d = stack(peak=90000); np.save('scan.npy', np.minimum(d, np.sort(d.ravel())[-6]))");

        Assert.Equal(6, files.Read("scan.npy").Says("hold just the largest count").Summary.FlatTop?.Voxels);
    }

    [Fact]
    public void Read_FlatTopsThatAMonitorDivided_AreNotedWithTheLowest()
    {
        files.Make(
            """
            m = 1 + 0.05 * np.random.default_rng(0).random(41)
            np.save("scan.npy", (np.minimum(stack("f8", peak=90000), 38086) / m[:, None, None]).astype("f4"))
            """
        );

        FlatTop top = files.Read("scan.npy").Says("as where a monitor was divided out").Summary.FlatTop!;

        Assert.InRange(top.Least, 38086 / 1.05, 38086 / 1.02);
        Assert.InRange(
            files.Read("scan.npy", options: new PreparationOptions { Saturation = top.Least }).Summary.SaturatedVoxels,
            249,
            400
        );
    }

    // A symmetric pattern has its largest count, and the next ones, many times.
    [Fact]
    public void Read_SymmetricPatternWithoutNoise_HasNoFlatTop()
    {
        files.Make(
            """
            z, y, x = np.ogrid[:40, :40, :40]
            d = 9000 * np.exp(-((z - 19.5) ** 2 + (y - 19.5) ** 2 + (x - 19.5) ** 2) / 20)
            np.save("scan.npy", d.astype("f4"))
            """
        );

        Assert.Null(files.Read("scan.npy").Summary.FlatTop);
    }

    private void MakeWithCutoff(string place, int largest) =>
        files.Make(
            $"""
            import h5py
            d = stack("u4", peak=90000)
            with h5py.File("scan.h5", "w") as f:
                f["entry/data/data"] = np.minimum(d, {largest}).astype("u2")
                f["entry/instrument/detector/{place}"] = 38086
            """
        );
}
