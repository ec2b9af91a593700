using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>A scan whose frames are in several datasets, all there or not.</summary>
public sealed class PartedScanTests : IDisposable
{
    private const string Import = "import h5py\n";
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("data_000001", "data_000002")]
    [InlineData("data_000000", "data_000001")]
    [InlineData("image9", "image10")]
    public void Read_PartsInOneGroup_AreOneScanInTheOrderOfTheirNumbers(string first, string second)
    {
        // "image9" is the tenth of ten: nothing is missing before it only if all are there.
        string others = first == "image9" ? "for i in range(1, 9): f[f'entry/data/image{i}'] = d[3*i-3:3*i]\n    " : "";
        int start = first == "image9" ? 24 : 0;
        files.Make(
            Import
                + $$"""
                d = stack()
                with h5py.File("scan.h5", "w") as f:
                    {{others}}f["entry/data/{{second}}"] = d[30:]
                    f["entry/data/{{first}}"] = d[{{start}}:30]
                """
        );

        OddFile.Outcome outcome = files.Read("scan.h5").IsRight().Says("parts");

        Assert.Equal("/entry/data", outcome.Measurement.Dataset);
        Assert.Equal(41, outcome.Measurement.Stack.Depth);
    }

    [Fact]
    public void Read_OneLinkAFrame_IsOneScan()
    {
        files.Make(
            Import
                + """
                d = stack()
                for i in range(41):
                    with h5py.File(f"frame_{i:06d}.h5", "w") as f:
                        f["entry/data"] = d[i:i + 1]
                with h5py.File("master.h5", "w", libver="latest") as f:
                    g = f.create_group("entry/data")
                    for i in range(41):
                        g[f"{i:06d}"] = h5py.ExternalLink(f"frame_{i:06d}.h5", "/entry/data")
                """
        );

        Assert.Equal(41, files.Read("master.h5").IsRight().Measurement.Stack.Depth);
        files.Read("master.h5", new MeasurementSource { Dataset = "/entry/data" }).IsRight();
    }

    [Fact]
    public void Read_OneImageADataset_IsOneScan()
    {
        files.Make(
            Import
                + """
                d = stack()
                with h5py.File("scan.h5", "w") as f:
                    for i in range(41):
                        f[f"exposures/shot_{i}"] = d[i]
                """
        );

        files.Read("scan.h5").IsRight();
    }

    [Fact]
    public void Read_DefaultSignalThatIsOnePart_IsTheWholeScan()
    {
        files.Make(
            Import
                + """
                d = stack()
                with h5py.File("scan.h5", "w") as f:
                    f["entry/data/data_000001"] = d[:30]
                    f["entry/data/data_000002"] = d[30:]
                    f.attrs["default"] = "entry"
                    f["entry"].attrs["default"] = "data"
                    f["entry/data"].attrs["signal"] = "data_000001"
                """
        );

        Assert.Equal(41, files.Read("scan.h5").IsRight().Measurement.Stack.Depth);
    }

    [Fact]
    public void Read_TwoDetectors_AreNoParts()
    {
        files.Make(
            Import
                + """
                with h5py.File("scan.h5", "w") as f:
                    f["entry/mpx4/data"] = stack()
                    f["entry/eiger/data"] = stack(seed=2)
                """
        );

        Assert.Contains("/entry/mpx4/data", files.Refusal("scan.h5"));
        files.Read("scan.h5", new MeasurementSource { Dataset = "/entry/mpx4/data" }).IsRight();
    }

    [Fact]
    public void Read_TwoSeriesInOneGroup_GivesTheLarger()
    {
        files.Make(
            Import
                + """
                d = stack()
                with h5py.File("scan.h5", "w") as f:
                    for i, part in enumerate((slice(0, 30), slice(30, 41))):
                        f[f"entry/data_{i + 1}"] = d[part, :8, :8]
                        f[f"entry/frame_{i + 1}"] = d[part]
                """
        );

        files.Read("scan.h5").IsRight();
    }

    // Three repeats of one scan would make a curve with three peaks.
    [Fact]
    public void Read_NumberedScans_AreNotJoinedByThemselves()
    {
        files.Make(
            Import
                + """
                with h5py.File("scans.h5", "w") as f:
                    for i in range(1, 4):
                        f[f"night/scan_{i}"] = stack(seed=i)[:41 if i == 1 else 40]
                """
        );

        Assert.Contains("parts of one scan or scans of their own", files.Refusal("scans.h5"));
        files.Read("scans.h5", new MeasurementSource { Dataset = "/night/scan_1" }).IsRight();
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("earliest")]
    public void Read_PartWhoseFileIsNotThere_IsNamed(string version)
    {
        files.Make(
            Import
                + $$"""
                with h5py.File("scan_data_000001.h5", "w") as f:
                    f["entry/data/data"] = stack()[:30]
                with h5py.File("master.h5", "w", libver="{{version}}") as f:
                    for i in (1, 2):
                        f[f"entry/data/data_00000{i}"] = h5py.ExternalLink(f"scan_data_00000{i}.h5", "/entry/data/data")
                """
        );

        string refusal = files.Refusal("master.h5");

        Assert.Contains("[/entry/data/data_000002]", refusal);
        Assert.Contains("scan_data_000002.h5", refusal);
        // What is there can be had by its name.
        Assert.Equal(
            30,
            files
                .Read("master.h5", new MeasurementSource { Dataset = "/entry/data/data_000001" })
                .Measurement.Stack.Depth
        );
    }

    [Theory]
    [InlineData(new[] { 1, 3 }, "part 2 is")]
    [InlineData(new[] { 2, 3 }, "part 1 is")]
    [InlineData(new[] { 1, 5 }, "parts 2 to 4 are")]
    public void Read_GapInTheNumbers_IsNamed(int[] numbers, string missing)
    {
        files.Make(
            Import
                + $$"""
                with h5py.File("scan.h5", "w") as f:
                    for i, n in enumerate([{{string.Join(", ", numbers)}}]):
                        f[f"entry/data/data_{n:06d}"] = stack()[20 * i:20 * i + 20]
                """
        );

        Assert.Contains(missing, files.Refusal("scan.h5"));
    }

    [Theory]
    [InlineData("stack('u2')[30:]", "uint16")]
    [InlineData("stack()[30:, :, :40]", "48 x 40")]
    public void Read_PartsThatDiffer_AreNamed(string second, string difference)
    {
        files.Make(
            Import
                + $"""
                with h5py.File("scan.h5", "w") as f:
                    f["entry/data/data_000001"] = stack()[:30]
                    f["entry/data/data_000002"] = {second}
                """
        );

        Assert.Contains("do not belong together", files.Refusal("scan.h5"));
        Assert.Contains(difference, files.Refusal("scan.h5"));
    }

    [Fact]
    public void Read_OnePartsFileItself_SaysThatOthersLieBesideIt()
    {
        files.Make(
            Import
                + """
                for i, part in enumerate((slice(0, 30), slice(30, 41))):
                    with h5py.File(f"scan_data_00000{i + 1}.h5", "w") as f:
                        f["entry/data/data"] = stack()[part]
                """
        );

        files.Read("scan_data_000001.h5").Says("scan_data_000002.h5 lie beside it");
    }
}
