using Fringe.Formats;
using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Master files, whose groups hold links to others; and groups that libhdf5 rewrote in its newer form.</summary>
public sealed class LinkedFilesTests : IDisposable
{
    private const string Frames = """
        import h5py
        def frames(name, data, path="entry/data/data"):
            with h5py.File(name, "w") as f:
                f[path] = data

        """;

    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("earliest")]
    [InlineData("latest")]
    [InlineData("v108")]
    public void Read_ExternalLinkInANestedGroup_GivesTheLinkedFrames(string version)
    {
        files.Make(
            Frames
                + $$"""
                frames("scan_data_000001.h5", stack())
                with h5py.File("master.h5", "w", libver={{(
                    version == "v108" ? "('earliest', 'v108')" : $"'{version}'"
                )}}) as f:
                    g = f.create_group("entry/data")
                    g["data_000001"] = h5py.ExternalLink("scan_data_000001.h5", "/entry/data/data")
                """
        );

        OddFile.Outcome outcome = files.Read("master.h5").IsRight();

        Assert.Equal("/entry/data/data_000001", outcome.Measurement.Dataset);
        Assert.Contains(
            MeasurementFile.Identify(files["master.h5"]).Arrays,
            array => array.Name == "/entry/data/data_000001"
        );
    }

    // Adding the link rewrites the group; the parent's entry keeps the old address.
    [Fact]
    public void Read_OrdinaryDatasetsBesideAnExternalLink_AreThere()
    {
        files.Make(
            Frames
                + """
                frames("other.h5", np.zeros((3, 4, 5), "u2"))
                with h5py.File("master.h5", "w") as f:
                    g = f.create_group("entry/data")
                    g["frames"] = stack()
                    g["angle"] = np.arange(41.0)
                    g["extra"] = h5py.ExternalLink("other.h5", "/entry/data/data")
                    f["entry/soft"] = h5py.SoftLink("/entry/data/frames")
                """
        );

        string[] names = [.. MeasurementFile.Identify(files["master.h5"]).Arrays.Select(array => array.Name)];

        Assert.Equal(["/entry/data/angle", "/entry/data/extra", "/entry/data/frames"], names.Order());
        files.Read("master.h5", new MeasurementSource { Dataset = "/entry/soft" }).IsRight();
    }

    [Theory]
    [InlineData("earliest")]
    [InlineData("latest")]
    public void Read_GroupsWithNamesBeyondAscii_AreThere(string version)
    {
        files.Make(
            $$"""
            import h5py
            with h5py.File("scan.h5", "w", libver="{{version}}") as f:
                f["Mäßung/größe/données"] = stack()
                f["Mäßung/größe/λ"] = 0.1
            """
        );

        files.Read("scan.h5", new MeasurementSource { Dataset = "/Mäßung/größe/données" }).IsRight();
        files.Read("scan.h5").IsRight();
    }

    [Fact]
    public void Read_LinkOfAnAbsolutePathThatMoved_IsFoundBesideTheMaster()
    {
        files.Make(
            Frames
                + """
                frames("scan_data_000001.h5", stack())
                with h5py.File("master.h5", "w") as f:
                    f["entry/data/data_000001"] = h5py.ExternalLink("/nowhere/beamtime/scan_data_000001.h5", "/entry/data/data")
                with h5py.File("windows.h5", "w") as f:
                    f["entry/data/data_000001"] = h5py.ExternalLink(r"D:\\beamtime\\scan_data_000001.h5", "/entry/data/data")
                """
        );

        files.Read("master.h5").IsRight();
        files.Read("windows.h5").IsRight();
    }

    [Fact]
    public void Read_LinksThatLeadToOneAnother_EndInOneLine()
    {
        files.Make(
            """
            import h5py
            for name, other in (("a.h5", "b.h5"), ("b.h5", "a.h5")):
                with h5py.File(name, "w") as f:
                    f["entry/data"] = h5py.ExternalLink(other, "/entry/data")
            """
        );

        Assert.Contains("leads nowhere", files.Refusal("a.h5"));
    }

    // As a whole group is linked by the files of a beamline's data policy.
    [Fact]
    public void Read_ExternalLinkToAGroup_GivesWhatIsInIt()
    {
        files.Make(
            Frames
                + """
                frames("sample_0001.h5", stack(), "1.1/measurement/eiger")
                with h5py.File("sample.h5", "w") as f:
                    f["sample_0001_1.1"] = h5py.ExternalLink("sample_0001.h5", "1.1")
                """
        );

        Assert.Equal("/sample_0001_1.1/measurement/eiger", files.Read("sample.h5").IsRight().Measurement.Dataset);
        files.Read("sample.h5", new MeasurementSource { Dataset = "sample_0001_1.1" }).IsRight();
    }

    [Fact]
    public void Read_DefaultThatLeadsNowhere_IsNotReplacedByAnotherStack()
    {
        files.Make(
            """
            import h5py
            with h5py.File("master.h5", "w") as f:
                f.attrs["default"] = "entry"
                g = f.create_group("entry")
                g.attrs["signal"] = "eiger"
                g["eiger"] = h5py.ExternalLink("absent.h5", "/data")
                f["other/diode"] = np.zeros((3, 4, 5), "u2")
            """
        );

        Assert.Contains("[/entry/eiger]", files.Refusal("master.h5"));
        Assert.Contains("absent.h5", files.Refusal("master.h5"));
    }

    [Fact]
    public void Read_LargestStackBesideABrokenLink_SaysSo()
    {
        files.Make(
            """
            import h5py
            with h5py.File("master.h5", "w") as f:
                f["entry/eiger"] = h5py.ExternalLink("absent.h5", "/data")
                f["entry/mpx"] = stack()
            """
        );

        files.Read("master.h5").IsRight().Says("/entry/eiger in the file lead nowhere");
    }
}
