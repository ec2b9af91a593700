using System.Text.Json;
using Fringe.Tests.Formats;

namespace Fringe.Tests.Process;

/// <summary><c>fringe inspect</c> with a scan's geometry, as a process.</summary>
public sealed class InspectGeometryTests
{
    private const string S54 = "/work/shared/data/s54-raw";
    private static readonly string[] Scan2 =
    [
        "--beamline",
        "34-ID-C",
        "--spec",
        Fixture.File("scans.spec"),
        "--scan",
        "2",
    ];

    // Five pages of 13 x 17 pixels: the fixture's stack and the fixture's scan have five points each.
    [Fact]
    public void Inspect_StackAndScan_PrintsWhatTheGeometryMeans()
    {
        JsonElement facts = FringeProgram.Run(["inspect", Fixture.File("pages-int32.tif"), "--json", .. Scan2]).Json();

        Assert.Equal("34-ID-C, Advanced Photon Source, Argonne", Value(facts, "beamline"));
        // cos 2 theta = cos delta cos gamma; |Q| = 4 pi sin theta / wavelength.
        Assert.Equal("34.3163", Value(facts, "2 theta"));
        Assert.Equal("26.911", Value(facts, "|Q|"));
        Assert.Equal("0.23348", Value(facts, "d-spacing"));
        Assert.Equal("0.01", Value(facts, "rocking step"));
        string[] view = Value(facts, "field of view").Split(" x ");
        string[] voxel = Value(facts, "resolution (edges of a voxel)").Split(" x ");
        Assert.All(
            new[] { 5, 13, 17 }.Select((length, axis) => double.Parse(view[axis]) / double.Parse(voxel[axis]) / length),
            ratio => Assert.Equal(1, ratio, 1e-3)
        );
    }

    [Fact]
    public void Inspect_FramesThatAreNotThePoints_IsOneLine() =>
        Assert.Contains(
            "has 2 frames, but the scan has 5 points; ",
            FringeProgram.Run(["inspect", Fixture.File("float32.npy"), .. Scan2]).BadInputLine()
        );

    [Theory]
    [InlineData("the geometry lacks --beamline: 34-ID-C, ", "--scan", "2")]
    [InlineData("--energy: 9000 keV is no X-ray's energy; it looks like eV", "--energy", "9000")]
    [InlineData("no beamline 'nowhere' is known", "--beamline", "nowhere")]
    public void Inspect_Mistake_IsOneLine(string problem, string option, string value)
    {
        string[] options = option == "--scan" ? [option, value] : [.. With(option, value)];

        Assert.Contains(
            problem,
            FringeProgram.Run(["inspect", Fixture.File("pages-int32.tif"), .. options]).BadInputLine()
        );
    }

    [Fact]
    public void Inspect_OptionAgainstTheRecord_SaysBeware() =>
        Assert.Contains(
            "The photon energy is 10 keV, as the command line says",
            FringeProgram
                .Run(["inspect", Fixture.File("pages-int32.tif"), "--json", .. With("--energy", "10")])
                .Json()
                .ToString()
        );

    [Theory]
    [InlineData("--energy", "9,0", "--energy: '9,0' is no number; write a decimal point, as in 9.0")]
    [InlineData("--distance", "0,5", "write a decimal point, as in 0.5")]
    [InlineData("--pixel", "many", "--pixel: 'many' is no number")]
    public void Inspect_NumberThatIsNone_IsOneLine(string option, string value, string problem) =>
        Assert.Contains(
            problem,
            FringeProgram.Run(["inspect", Fixture.File("pages-int32.tif"), .. With(option, value)]).BadInputLine()
        );

    [Fact]
    public void Inspect_Scan54_HasTheFieldOfViewOfThePublishedFormulae()
    {
        Assert.SkipUnless(Directory.Exists(S54), $"{S54} is not here");

        JsonElement facts = FringeProgram
            .Run(
                "inspect",
                Path.Combine(S54, "frames"),
                "--json",
                "--beamline",
                "34idc",
                "--spec",
                Path.Combine(S54, "example.spec"),
                "--scan",
                "54"
            )
            .Json();

        // Edges of the object's volume from the published matrices (PublishedDerivationsTests), computed apart with numpy.
        Assert.Equal("3038 x 1283 x 1291", Value(facts, "field of view"));
        Assert.Equal("0.005", Value(facts, "rocking step"));
    }

    private static IEnumerable<string> With(string option, string value)
    {
        for (int i = 0; i < Scan2.Length; i += 2)
        {
            yield return Scan2[i];
            yield return Scan2[i] == option ? value : Scan2[i + 1];
        }

        if (!Scan2.Contains(option))
        {
            yield return option;
            yield return value;
        }
    }

    private static string Value(JsonElement description, string name) =>
        description
            .GetProperty("Metadata")
            .EnumerateArray()
            .Single(item => item.GetProperty("Name").GetString() == name)
            .GetProperty("Value")
            .GetString()!;
}
