using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Formats;
using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Fio;

/// <summary>.fio files of DESY, as P10 records a scan.</summary>
public sealed class FioFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void From_P10_IsItsGeometry()
    {
        RockingScan scan = Scan(Text());

        Assert.Equal(41, scan.Points);
        Assert.Equal(1, scan.Geometry.RockingCircle);
        Assert.Equal(0.005, Degrees(scan.Geometry.RockingStepRadians), 1e-9);
        Assert.Equal([0, 10, 90, 5], scan.Geometry.SampleAnglesRadians.Select(Degrees));
        Assert.Equal([12, 32], scan.Geometry.DetectorAnglesRadians.Select(Degrees));
        Assert.Equal(9000, scan.Geometry.EnergyElectronvolts);
        Assert.Equal(1.8, scan.Geometry.DistanceMetres, 1e-12);
        // cos 2 theta = cos gam cos del.
        BraggPeak peak = scan.Geometry.At(new(20, 22, 26));
        Assert.Equal(
            Math.Acos(Math.Cos(12 * Math.PI / 180) * Math.Cos(32 * Math.PI / 180)),
            peak.TwoThetaRadians,
            1e-9
        );
    }

    [Theory]
    [InlineData("\n", "\r\n")]
    [InlineData("!\n! Comments\n!\n", "")]
    [InlineData("Col 2 ", "Col 2  ")]
    [InlineData("om = 10", "om=10")]
    [InlineData(" 99\n", " nan\n")]
    [InlineData("Acquisition ended", "Acquisition stopped by user and ended")]
    [InlineData("foo = not a number", "foo =")]
    public void From_AnotherWayToWriteIt_IsNoOther(string one, string other) =>
        Assert.Equal(41, Scan(Text().Replace(one, other, StringComparison.Ordinal)).Points);

    [Fact]
    public void From_ColumnsFromZero_AreInTheirOrder()
    {
        string text = Text().Replace("Col 1 om", "Col 0 om").Replace("Col 2 ", "Col 1 ");

        Assert.Equal(0.005, Degrees(Scan(text).Geometry.RockingStepRadians), 1e-9);
    }

    [Theory]
    [InlineData("del = 32", "", "no motor del, which P10 has")]
    [InlineData("del = 32", "del = nan", "del is no number")]
    [InlineData("10.005000 99", "nan 99", "om is no number at point 1 of 41")]
    [InlineData("10.005000 99", "10.005000 99 1", "3 values for 2 columns; if the file is whole, the angles can be")]
    [InlineData("Col 2 ", "Col 4 ", "column 4 follows column 1")]
    [InlineData("fmbenergy = 9000", "fmbenergy = 9", "9 eV is no X-ray's energy; it looks like keV")]
    [InlineData("%", "#", "has none of the parts %c, %p and %d; expected a .fio file")]
    public void From_Damaged_SaysWhat(string good, string bad, string problem) =>
        Assert.Contains(
            problem,
            Assert.Throws<InputException>(() => Scan(Text().Replace(good, bad, StringComparison.Ordinal))).Message
        );

    [Fact]
    public void From_NoPoints_SaysSo()
    {
        string text = Text();
        string stopped = text[..text.IndexOf("10.000000", StringComparison.Ordinal)];

        Assert.Contains(
            "'ascan om 10 10.2 40 1' has no points: it was stopped before the first",
            Assert.Throws<InputException>(() => Scan(stopped)).Message
        );
    }

    [Fact]
    public void Read_OfScanFile_TakesTheNumberInItsName()
    {
        string path = folder.File("p10_00042.fio", Text());

        Assert.Equal(41, ScanFile.Read(path, 42, BeamlineLibrary.Find("P10")).Points);
        Assert.Contains(
            "leave it out",
            Assert.Throws<InputException>(() => ScanFile.Read(path, 43, BeamlineLibrary.Find("P10"))).Message
        );
    }

    [Fact]
    public void Read_OfScanFile_TakesItByItsContent()
    {
        BeamlineDefinition beamline = BeamlineLibrary.Find("P10");
        string path = folder.File("scan.txt", Text());

        Assert.Equal("ascan om 10 10.2 40 1", ScanFile.Read(path, null, beamline).Command);
        Assert.Contains(
            ": `ScanNumber` chooses a scan of a SPEC or HDF5 file, and this is neither; leave it out",
            Assert.Throws<InputException>(() => ScanFile.Read(path, 42, beamline)).Message
        );
    }

    private RockingScan Scan(string text) =>
        RockingScan.From(
            BeamlineLibrary.Find("P10"),
            ScanFile.Read(folder.File("p10_00042.fio", text), null, BeamlineLibrary.Find("P10")),
            new()
        );

    private static double Degrees(double radians) => Math.Round(radians * 180 / Math.PI, 9);

    private static string Text() => File.ReadAllText(Fixture.File("p10.fio"));
}
