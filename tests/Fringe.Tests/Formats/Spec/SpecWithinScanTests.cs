using System.Text;
using Fringe.Core;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Spec;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Spec;

/// <summary>SPEC files with the motors' names in the scan, as Sardana writes them, and what else is between and around lines.</summary>
public sealed class SpecWithinScanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_NamesInTheScan_AreItsMotors()
    {
        SpecScan scan = Read(Sardana(), 1);

        Assert.Equal(41, scan.Points.Count);
        Assert.Equal(32.174, scan.Motor("del"));
        Assert.Equal(9000, scan.Motor("energy"));
        Assert.Equal("ascan phi -5.0 -3.0 40 1.0", scan.Command);
        Assert.Equal(["Acquisition started"], scan.Comments);
    }

    [Fact]
    public void From_NamesInTheScan_IsItsGeometry()
    {
        BeamlineDefinition beamline = BeamlineLibrary.Find(
            folder.File(
                "mine.json",
                """
                {"name": "mine", "sample_circles": [{"motor": ["chi"], "axis": "z-"}, {"motor": ["phi"], "axis": "y+"}],
                 "detector_circles": [{"motor": ["del"], "axis": "y+"}], "rows": "y-", "columns": "x+", "source": "by hand",
                 "energy": {"motor": ["energy"], "unit": "eV"}, "pixel_um": 55}
                """
            )
        );

        RockingScan scan = RockingScan.From(beamline, Read(Sardana(), 1).Record, new() { DistanceMetres = 0.5 });

        Assert.Equal(41, scan.Points);
        Assert.Equal(0.05, SpecText.Degrees(scan.Geometry.RockingStepRadians), 1e-9);
        Assert.Equal([32.174], scan.Geometry.DetectorAnglesRadians.Select(SpecText.Degrees));
        Assert.Equal(9000, scan.Geometry.EnergyElectronvolts);
    }

    // The next scan's names are its own, even where they are fewer and stand in another order.
    [Fact]
    public void Read_EveryScanWithItsNames_EachHasItsOwn()
    {
        string text = $"""
            {Sardana()}
            #S 2 ascan phi 0 1 1 1
            #O0 phi  chi
            #P0 -7 80
            #L phi  Monitor
            0 1
            1 2
            """;

        Assert.Equal(90, Read(text, 1).Motor("chi"));
        Assert.Equal(32.174, Read(text, 1).Motor("del"));
        Assert.Equal(80, Read(text, 2).Motor("chi"));
        Assert.Null(Read(text, 2).Motor("del"));
    }

    // The first scan was stopped before its first point; what follows is the second's.
    [Fact]
    public void Read_AHeaderAfterAScanWithoutPoints_IsTheNextScans()
    {
        const string text = """
            #F a
            #O0 A  B

            #S 1 ascan A 0 1 1 1
            #P0 1 2
            #L A  M

            #F a
            #O0 B  A
            #S 2 ascan A 0 1 1 1
            #P0 3 4
            #L A  M
            0 1
            1 1
            """;

        Assert.Equal(2, Read(text, 1).Motor("B"));
        Assert.Empty(Read(text, 1).Points);
        Assert.Equal(3, Read(text, 2).Motor("B"));
    }

    [Theory]
    [InlineData("\n", "\r\n")]
    [InlineData("#S 1 ascan", "#S   1\tascan")]
    [InlineData("#S 1 ascan", "\n  #S 1  ascan")]
    [InlineData("  ", "\t")]
    [InlineData("#L phi", "#Q 1 2 3\n#L phi")]
    [InlineData("#N 2\n", "")]
    [InlineData("\n-4.000000", "\n\n#C a comment within\n   -4.000000")]
    public void Read_OtherBlanksAndLines_IsNoOther(string one, string other)
    {
        SpecScan scan = Read(Sardana().Replace(one, other, StringComparison.Ordinal), 1);

        Assert.Equal(41, scan.Points.Count);
        Assert.Equal(-3, scan.Positions("phi")![^1]);
        Assert.Equal(32.174, scan.Motor("del"));
    }

    [Fact]
    public void Read_RowsFromAnotherNumberOn_AreRead()
    {
        string text = Sardana().Replace("#O1", "#O2").Replace("#P1", "#P2").Replace("#O0", "#O1").Replace("#P0", "#P1");

        Assert.Equal(
            32.174,
            Read($"{text}\n{text.Replace("#S 1", "#S 2").Replace("chi  phi", "phi  chi")}", 1).Motor("del")
        );
        Assert.Equal(9000, Read(text, 1).Motor("energy"));
    }

    // The same header again, as SPEC writes it when a file is opened anew.
    [Fact]
    public void Read_HeaderRepeated_IsTheSame()
    {
        string header = $"#F x\n#E 1\n{SpecText.Names}\n#o0 th chi phi del gam en cam\n\n";
        string text = header + header + SpecText.File()[("#F x\n" + SpecText.Names).Length..];

        Assert.Equal(32.174, Read(text, 3).Motor("del"));
        Assert.Equal(12.6346, Read(text, 3).Motor("Gamma"));
    }

    // The column bears the motor's mnemonic, the definition its name.
    [Fact]
    public void Positions_ColumnWithTheMnemonic_IsTheMotors()
    {
        const string text = "#F x\n#O0 Theta  Chi\n#o0 th chi\n#S 1 ascan th 0 1 1 1\n#P0 0 90\n#L th  M\n0 1\n1 1\n";

        Assert.Equal([0, 1], Read(text, 1).Positions("Theta"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    public void Read_NamesBeyondAscii_AreRead(string encoding)
    {
        string path = folder.File("umlaut.spec");
        File.WriteAllText(path, Sardana().Replace("th  del", "Höhe  del"), Encoding.GetEncoding(encoding));

        SpecScan scan = SpecFile.Read(path, 1);

        Assert.Equal(0.1, scan.Motor("Höhe"));
        Assert.Equal(32.174, scan.Motor("del"));
    }

    // Eight values a line is what some macros write.
    [Fact]
    public void Read_PointsThatRunOn_AreWhole()
    {
        const string text = "#S 1 ascan A 0 1 1 1\n#N 3 2\n#L A  B  C\n0 1 \n5\n1 2 \n6\n";

        Assert.Equal([5, 6], Read(text, 1).Column("C"));
        Assert.Equal([0, 1], Read(text, 1).Column("A"));
    }

    [Fact]
    public void Read_NumberTwice_SaysWhichIsTaken()
    {
        string again = Sardana().Replace("32.174", "30").Replace("#D Mon", "#D Tue");

        SpecScan scan = Read(Sardana() + "\n" + again, 1);

        Assert.Equal(30, scan.Motor("del"));
        string remark = Assert.Single(scan.Record.Remarks);
        Assert.Contains(
            "has scan 1 2 times. The last with points is taken (Tue: ascan phi -5.0 -3.0 40 1.0, 41 points), not the one before it (Mon: ",
            remark
        );
        Assert.Empty(Read(Sardana(), 1).Record.Remarks);
    }

    [Fact]
    public void Read_NumberAgainWithoutAPoint_IsTheOneWithPoints()
    {
        SpecScan scan = Read(Sardana() + "\n#S 1 ascan phi 0 1 1 1\n#L phi  Monitor\n", 1);

        Assert.Equal(41, scan.Points.Count);
        Assert.Single(scan.Remarks);
    }

    [Fact]
    public void Read_NoNumberAfterS_IsRefused() =>
        Assert.Contains(
            "line 1: '#S' has no scan number",
            Assert.Throws<InputException>(() => Read("#S\n#L a\n1\n", null)).Message
        );

    private SpecScan Read(string text, int? number) => SpecFile.Read(folder.File("scan.spec", text), number);

    private static string Sardana() =>
        $"""
            #S 1 ascan phi -5.0 -3.0 40 1.0
            #U user
            #D Mon
            #C Acquisition started
            #O0 chi  phi  th  del
            #O1 gam  en  energy
            #P0 90 -5 0.1 32.174
            #P1 12.6346 1 9000
            #N 2
            #L phi  Monitor
            {string.Join('\n', SpecText.Rows(Enumerable.Range(0, 41).Select(i => -5 + (0.05 * i))))}

            """;
}
