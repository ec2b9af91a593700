using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Frames of a detector whose gaps and wide pixels nobody masked: zeros between modules, large pixels with three times the counts.</summary>
public sealed class MaskedLayoutTests : IDisposable
{
    // The peak of the small stack in a whole frame, its photons gone where the detector has none.
    private const string Whole = """
        import h5py
        def whole(shape, row, column, frames=6):
            d = np.zeros((frames, *shape), "u4")
            d[:, row:row + 48, column:column + 48] = stack()[18:18 + frames]
            return d
        def pilatus(row=180, column=100):
            d = whole((619, 487), row, column)
            d[:, 195:212] = 0
            d[:, 407:424] = 0
            return d
        def maxipix():
            d = whole((516, 516), 240, 240)
            d[:, :, 255:261] *= 3
            d[:, 255:261] *= 3
            return d

        """;

    private const int PilatusGaps = 2 * 17 * 487;
    private const int MaxipixCross = (2 * 6 * 516) - 36;

    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("pilatus")]
    [InlineData("pilatus-300k")]
    [InlineData("PILATUS 300K")]
    public void Read_DetectorNamed_MasksItsGaps(string name)
    {
        files.Make(Whole + "np.save('scan.npy', pilatus())");

        OddFile.Outcome outcome = files.Read("scan.npy", new MeasurementSource { Detector = name });

        Assert.Equal(PilatusGaps, outcome.Summary.DetectorPixels);
        Assert.Contains(
            DataAccount.Of(outcome.Measurement, outcome.Summary),
            line =>
                line.What == "pilatus-300k"
                && line.Text == $"{PilatusGaps} pixels between its modules or larger than others; masked"
        );
    }

    [Fact]
    public void Read_NoDetectorNamed_TakesGapsForMeasured()
    {
        files.Make(Whole + "np.save('scan.npy', pilatus())");

        Assert.Equal(0, files.Read("scan.npy").Summary.DetectorPixels);
    }

    // Large pixels count what belongs to them all: no photon is missed, and no gap without one is looked for.
    [Fact]
    public void Read_WidePixels_AreMaskedWithTheirPhotons()
    {
        files.Make(Whole + "np.save('scan.npy', maxipix())");
        PreparationOptions options = new() { Shape = [8, 64, 64] };

        PreparationSummary with = files.Read("scan.npy", new() { Detector = "maxipix" }, options).Summary;
        PreparationSummary without = files.Read("scan.npy", options: options).Summary;

        Assert.Equal(MaxipixCross, with.DetectorPixels);
        Assert.True(with.Photons < 0.7 * without.Photons, $"{with.Photons} of {without.Photons}");
    }

    [Theory]
    [InlineData("'entry/data/data'", "'entry/instrument/detector/description'", "b'Dectris PILATUS3 X 300K'")]
    [InlineData("'entry_1/data_1/data'", "'entry_1/instrument_1/detector_1/description'", "'PILATUS 300K'")]
    [InlineData("'7.1/instrument/p3/data'", "'7.1/instrument/p3/model'", "'Pilatus_300k'")]
    [InlineData("'7.1/measurement/data'", "'7.1/instrument/pilatus/threshold'", "8.0")]
    public void Read_FileThatNamesItsDetector_MasksItsGaps(string data, string place, string value)
    {
        files.Make(
            Whole
                + $"""
                with h5py.File("scan.h5", "w") as f:
                    f[{data}] = pilatus()
                    f[{place}] = {value}
                """
        );

        OddFile.Outcome outcome = files.Read("scan.h5");

        Assert.Equal(PilatusGaps, outcome.Summary.DetectorPixels);
        Assert.Contains(
            DataAccount.Of(outcome.Measurement, outcome.Summary),
            line => line.What == "pilatus-300k" && line.Text.Contains("since the file says '")
        );
        Assert.Equal(0, files.Read("scan.h5", new() { Detector = "none" }).Summary.DetectorPixels);
    }

    // Another scan's detector is no word about this one's; nor is a name without the frames' size.
    [Theory]
    [InlineData("pilatus()", "'other/instrument/detector/description'", "'PILATUS 300K'")]
    [InlineData("pilatus()[:, :600]", "'entry/instrument/detector/description'", "'PILATUS 300K'")]
    [InlineData("pilatus()", "'entry/instrument/detector/description'", "'Eiger 4M'")]
    public void Read_FileThatNamesAnother_MasksNothing(string frames, string place, string value)
    {
        files.Make(
            Whole
                + $"""
                with h5py.File("scan.h5", "w") as f:
                    f["entry/data/data"] = {frames}
                    f[{place}] = {value}
                """
        );

        Assert.Equal(0, files.Read("scan.h5").Summary.DetectorPixels);
    }

    [Fact]
    public void Read_TelluriumSensor_IsKnownByAllWords()
    {
        files.Make(
            Whole
                + """
                d = pilatus()
                d[:, :, 242:245] = 0
                with h5py.File("scan.h5", "w") as f:
                    f["entry/data/data"] = d
                    f["entry/instrument/detector/description"] = "Dectris Pilatus3 X CdTe 300K"
                """
        );

        Assert.Equal(PilatusGaps + (3 * (619 - 34)), files.Read("scan.h5").Summary.DetectorPixels);
    }

    [Fact]
    public void Read_RegionOfTheDetector_NeedsItsPlace()
    {
        files.Make(Whole + "np.save('scan.npy', pilatus()[:, 170:240, 90:160])");
        MeasurementSource source = new() { Detector = "pilatus-300k" };

        string refusal = files.Refusal("scan.npy", source);
        OddFile.Outcome placed = files.Read("scan.npy", source, new() { RoiOrigin = new PixelIndex(170, 90) });

        Assert.Contains("pilatus-300k has 619 x 487 pixels, the frames have 70 x 70", refusal);
        Assert.Contains("`RoiOrigin` ROW,COLUMN", refusal);
        Assert.Equal(17 * 70, placed.Summary.DetectorPixels);
    }

    [Fact]
    public void Read_RegionBeyondTheDetector_IsRefused()
    {
        files.Make(Whole + "np.save('scan.npy', pilatus()[:, 170:240, 90:160])");

        InputException error = Assert.Throws<InputException>(() =>
            files.Read("scan.npy", new() { Detector = "pilatus-300k" }, new() { RoiOrigin = new PixelIndex(560, 90) })
        );

        Assert.Contains("do not lie on it from pixel 560,90", error.Message);
    }

    // A wrong layout would hide a stripe of the pattern.
    [Fact]
    public void Read_LayoutOfAnother_IsRefusedForThePhotonsInItsGaps()
    {
        files.Make(Whole + "np.save('scan.npy', whole((619, 487), 180, 100))");

        string refusal = files.Refusal("scan.npy", new() { Detector = "pilatus" });

        Assert.Matches("`Detector` pilatus-300k: [0-9]+ of the 16558 pixels in its gaps hold photons", refusal);
        Assert.Contains("`Detector` none leaves it out", refusal);
    }

    [Fact]
    public void Read_WrongPlaceOfARegion_IsRefusedForThePhotonsInItsGaps()
    {
        files.Make(Whole + "np.save('scan.npy', pilatus()[:, 170:240, 90:160])");

        InputException error = Assert.Throws<InputException>(() =>
            files.Read("scan.npy", new() { Detector = "pilatus-300k" }, new() { RoiOrigin = new PixelIndex(180, 90) })
        );

        Assert.Contains("hold photons", error.Message);
    }

    // Nobody asked for it: the frames are phased as before, and the doubt is told.
    [Fact]
    public void Read_FileThatNamesALayoutThatDoesNotFit_SaysSoAndMasksNothing()
    {
        files.Make(
            Whole
                + """
                with h5py.File("scan.h5", "w") as f:
                    f["entry/data/data"] = whole((619, 487), 180, 100)
                    f["entry/instrument/detector/description"] = "PILATUS 300K"
                """
        );

        OddFile.Outcome outcome = files
            .Read("scan.h5")
            .Says("names a detector whose layout does not fit: pilatus-300k");

        Assert.Equal(0, outcome.Summary.DetectorPixels);
    }

    // Detectors mark their gaps; a code is no photon.
    [Fact]
    public void Read_GapsThatHoldACode_Fit()
    {
        files.Make(
            Whole + "d = pilatus().astype('i4'); d[:, 195:212] = -1; d[:, 407:424] = -1; np.save('scan.npy', d)"
        );

        Assert.Equal(PilatusGaps, files.Read("scan.npy", new() { Detector = "pilatus" }).Summary.DetectorPixels);
    }
}
