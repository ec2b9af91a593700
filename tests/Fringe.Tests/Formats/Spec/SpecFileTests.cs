using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.Spec;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Spec;

public sealed class SpecFileTests : IDisposable
{
    private const string S54 = "/work/shared/data/s54-raw";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_NoNumber_TakesTheOnlyScanOrListsThem()
    {
        Assert.Equal(
            ": holds several scans, choose one with `ScanNumber`; it has 3 scans: 1-3",
            Reading.Line(Fixture.File("scans.spec"), () => SpecFile.Read(Fixture.File("scans.spec"), null))
        );
        using TemporaryFolder folder = new();
        string path = folder.File("one.spec", "#S 7 ascan th 0 1 1 1\n#L Theta  M\n0 1\n1 1\n");
        Assert.Equal(7, SpecFile.Read(path, null).Number);
    }

    [Fact]
    public void Read_AScan_GivesMotorsColumnsAndComments()
    {
        SpecScan scan = SpecFile.Read(Fixture.File("scans.spec"), 2);

        Assert.Equal("ascan  th -0.02 0.02  4 0.25", scan.Command);
        Assert.Equal("Tue Feb 04 12:28:23 2020", scan.Date);
        Assert.Equal(10, scan.Motors.Count);
        Assert.Equal(12.6346, scan.Motor("Gamma"));
        Assert.Equal(12.6346, scan.Motor("gam"));
        Assert.Equal(-0.12, scan.Motor("SECCM Voltage"));
        Assert.Null(scan.Motor("gamma"));
        Assert.Equal(["Theta", "Epoch", "SECCM Voltage", "Monitor"], scan.Columns);
        Assert.Equal([1070, 1066, 1058, 1046, 1032], scan.Column("Monitor"));
        Assert.Equal(5, scan.Points.Count);
        Assert.Equal("Tue Feb 04 12:46:45 2020.  topped up.", Assert.Single(scan.Comments));
    }

    [Fact]
    public void Positions_ScannedAndStillMotor_AreAColumnAndAPlace()
    {
        SpecScan scan = SpecFile.Read(Fixture.File("scans.spec"), 2);

        Assert.Equal(5, scan.Positions("th")!.Count);
        Assert.Equal(1e-7, scan.Positions("Theta")![2]);
        Assert.Equal([90], scan.Positions("chi"));
        Assert.Null(scan.Positions("nu"));
    }

    [Fact]
    public void Read_NoSuchScan_ListsThoseThereAre()
    {
        string path = Fixture.File("scans.spec");

        Assert.Equal(": has no scan 54; it has 3 scans: 1-3", Reading.Line(path, () => SpecFile.Read(path, 54)));
    }

    [Fact]
    public void Read_NumberTwice_GivesTheLastWithItsOwnHeader()
    {
        string path = folder.File(
            "twice.spec",
            "#F a\n#O0 A  B\n\n#S 7 ascan A 0 1 1 1\n#P0 1 2\n#L A  M\n0 1\n1 2\n\n"
                + "#E 1\n#O0 B  C\n\n#S 7 ascan B 0 1 1 1\n#P0 3 4\n#L B  M\n0 5\n1 6\n"
        );

        SpecScan scan = SpecFile.Read(path, 7);

        Assert.Equal(4, scan.Motor("C"));
        Assert.Null(scan.Motor("A"));
        Assert.Equal([5, 6], scan.Column("M"));
    }

    [Theory]
    [InlineData("names 2 motors, #P0 has 3", "#O0 A  B", "#S 7 ascan A 0 1 1 1", "#P0 1 2 3", "#L A", "1")]
    [InlineData("line 6: 1 values for 2 columns", "#O0 A  B", "#S 7 ascan A 0 1 1 1", "#P0 1 2", "#L A  M", "1 2", "3")]
    [InlineData("line 4: 2 values for 0 columns", "#O0 A  B", "#S 7 ascan A 0 1 1 1", "#P0 1 2", "x 2")]
    [InlineData("has no scan number", "#S seven")]
    [InlineData("no scans at all", "#F a")]
    [InlineData("expected a SPEC file", "PK")]
    public void Read_Damaged_SaysWhere(string problem, params string[] lines)
    {
        string path = folder.File("bad.spec", string.Join('\n', lines));

        Assert.Contains(problem, Reading.Line(path, () => SpecFile.Read(path, 7)));
    }

    [Fact]
    public void Read_Scan54OfARealFile_IsWhatItsSummarySays()
    {
        string path = Path.Combine(S54, "example.spec");
        Assert.SkipUnless(File.Exists(path), $"{path} is not here");
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(S54, "geometry.json")));

        SpecScan scan = SpecFile.Read(path, 54);

        Assert.Equal(Value("delta_deg"), scan.Motor("Delta"));
        Assert.Equal(Value("gamma_deg"), scan.Motor("gam"));
        Assert.Equal(Value("chi_deg"), scan.Motor("Chi"));
        Assert.Equal(Value("phi_deg"), scan.Motor("Phi"));
        Assert.Equal(Value("energy_keV"), scan.Motor("Energy"));
        Assert.Equal(Value("detector_distance_mm"), scan.Motor("camdist"));
        IReadOnlyList<double> theta = scan.Positions("th")!;
        Assert.Equal(Value("n_frames"), theta.Count);
        Assert.Equal(Value("theta_start_deg"), theta[0]);
        Assert.Equal(Value("theta_stop_deg"), theta[^1]);
        Assert.Equal(
            "has no scan 499; it has 498 scans: 1-498",
            Assert.Throws<InputException>(() => SpecFile.Read(path, 499)).Message[(path.Length + 2)..]
        );

        double Value(string name) => summary.RootElement.GetProperty(name).GetDouble();
    }
}
