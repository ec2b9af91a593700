using Fringe.App.Terminal;
using Fringe.Formats.Arrays;
using Fringe.Imaging;
using Spectre.Console.Testing;

namespace Fringe.Tests.App.Terminal;

public sealed class InspectViewTests
{
    private static readonly FileDescription Scan = new(
        "scan_0054.h5",
        "HDF5 (NeXus)",
        [
            new("/entry_1/instrument_1/detector_1/data", [201, 256, 256], "int32", "bitshuffle, LZ4", 52_690_944),
            new("/entry_1/energy", [], "float64", "none", 8),
        ],
        [new("energy", "9.0", "keV"), new("pixel size", "55 x 55", "um")]
    );

    [Fact]
    public void Create_WideTerminal_PrintsATable()
    {
        Assert.Equal(
            [
                "scan_0054.h5",
                "HDF5 (NeXus)",
                "",
                "  dataset                                 shape             type          size   filters",
                new string('─', 98),
                "  /entry_1/instrument_1/detector_1/data   201 x 256 x 256   int32     50.3 MiB   bitshuffle, LZ4",
                "  /entry_1/energy                         scalar            float64    8 bytes   none",
                "",
                "  energy       9.0 keV",
                "  pixel size   55 x 55 um",
            ],
            Print(Scan, 120)
        );
    }

    [Fact]
    public void Create_NarrowTerminal_KeepsDatasetNamesWhole()
    {
        Assert.Equal(
            [
                "scan_0054.h5",
                "HDF5 (NeXus)",
                "",
                "  /entry_1/instrument_1/detector_1/data",
                "    201 x 256 x 256, int32, 50.3 MiB, bitshuffle, LZ4",
                "",
                "  /entry_1/energy",
                "    scalar, float64, 8 bytes, none",
                "",
                "  energy       9.0 keV",
                "  pixel size   55 x 55 um",
            ],
            Print(Scan, 80)
        );
    }

    [Fact]
    public void Create_LongFileName_DoesNotBreakTheLayout()
    {
        string path = "/data/" + new string('x', 150) + ".h5";

        string[] lines = Print(Scan with { Path = path }, 80);

        Assert.Equal(path, lines[0]);
        Assert.Equal(Print(Scan, 80).Skip(1), lines.Skip(1));
    }

    [Fact]
    public void Create_FileWithoutArrays_SaysSo() =>
        Assert.Contains("no arrays", Print(Scan with { Arrays = [], Metadata = [] }, 80));

    private static string[] Print(FileDescription file, int width)
    {
        using var console = new TestConsole();
        console.Width(width);
        console.Write(InspectView.Create(file, new InspectedFrames(), picture: null, width));
        return [.. console.Lines.Select(line => line.TrimEnd())];
    }
}
