using Fringe.Core;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Hdf5;

/// <summary>Master files, whose frames lie in others.</summary>
public sealed class VirtualStackTests : IDisposable
{
    // Three files of four frames, the values counting up, and a master file that shows them in several ways.
    private const string Make = """
        import h5py, numpy as np, os, sys
        os.chdir(sys.argv[1])
        os.mkdir("scan")
        data = np.arange(12 * 5 * 6, dtype="u2").reshape(12, 5, 6)
        def part(i):
            return h5py.VirtualSource(f"scan/part_{i}.h5", "entry/data", (4, 5, 6))
        for i in range(3):
            with h5py.File(f"scan/part_{i}.h5", "w") as f:
                f.create_dataset("entry/data", data=data[4 * i:4 * i + 4], chunks=(1, 5, 6), compression="gzip")
                f["one"] = data[4 * i]
        with h5py.File("master.h5", "w", libver=sys.argv[2]) as f:
            def show(name, shape, parts):
                layout = h5py.VirtualLayout(shape, "u2")
                for where, source in parts:
                    layout[where] = source
                f.create_virtual_dataset(name, layout)
            whole = [(slice(4 * i, 4 * i + 4), part(i)) for i in range(3)]
            show("whole", (12, 5, 6), whole)
            show("turned", (12, 5, 6), whole[::-1])
            show("picked", (4, 5, 6), [(slice(0, 2), part(1)[1:3]), (2, part(0)[3]), (3, h5py.VirtualSource("scan/part_2.h5", "one", (5, 6)))])
            show("hole", (12, 5, 6), whole[:1] + whole[2:])
            show("short", (13, 5, 6), whole)
            show("tiles", (4, 5, 12), [(np.s_[:, :, 0:6], part(0)), (np.s_[:, :, 6:12], part(1))])
            show("otherwise", (4, 5, 6), [(slice(0, 4), h5py.VirtualSource("scan/part_0.h5", "none", (4, 5, 6)))])
            show("round", (12, 5, 6), [(slice(0, 12), h5py.VirtualSource("master.h5", "round", (12, 5, 6)))])
            show("behind", (12, 5, 6), [(slice(0, 12), h5py.VirtualSource(".", "whole", (12, 5, 6)))])
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadVolume_MasterOfOneFile_GivesThatFilesValues() =>
        Assert.Equal(Read(Fixture.File("gzip-shuffle.h5"), null), Read(Fixture.File("virtual.h5"), null));

    [Theory]
    [InlineData("earliest")]
    [InlineData("latest")]
    public void ReadVolume_MasterOfSeveralFiles_GivesTheirFramesInItsOrder(string version)
    {
        string master = Write(version);
        float[] all = [.. Enumerable.Range(0, 12 * 5 * 6).Select(value => (float)value)];
        float[][] frames = [.. all.Chunk(5 * 6)];

        Assert.Equal(all, Read(master, "whole"));
        Assert.Equal(all, Read(master, "turned"));
        Assert.Equal(all, Read(master, "behind"));
        Assert.Equal(new[] { 5, 6, 3, 8 }.SelectMany(frame => frames[frame]), Read(master, "picked"));
    }

    [Theory]
    [InlineData("hole", "its frames 4 to 7 are in no file")]
    [InlineData("short", "its frames 12 to 12 are in no file")]
    [InlineData("tiles", "parts are not whole frames")]
    [InlineData("otherwise", "none")]
    [InlineData("round", "without an end")]
    public void ReadVolume_MasterThatIsNotWhole_IsOneLine(string dataset, string problem) =>
        Assert.Contains(problem, Problem(Write("latest"), dataset));

    [Fact]
    public void ReadVolume_FileThatIsNotThere_IsNamedWithItsFrames()
    {
        string master = Write("latest");
        File.Delete(folder.File("scan/part_1.h5"));

        Assert.Contains(
            $"its frames 4 to 7 are in {folder.File("scan/part_1.h5")}, which is not there",
            Problem(master, "whole")
        );
    }

    // As a scan that was stopped leaves it.
    [Fact]
    public void ReadVolume_FileWithFewerFrames_IsNamedWithWhatItHas()
    {
        string master = Write("latest");
        const string cut = """
            import h5py, sys
            with h5py.File(sys.argv[1], "r+") as f:
                data = f["entry/data"][:3]
                del f["entry/data"]
                f["entry/data"] = data
            """;
        _ = ExternalTool.RunPython(cut, [folder.File("scan/part_2.h5")], "h5py");

        string problem = Problem(master, "whole");
        Assert.Contains("frames 8 to 11", problem);
        Assert.Contains("part_2.h5:entry/data, which is 3 x 5 x 6 uint16", problem);
    }

    private string Write(string version)
    {
        _ = ExternalTool.RunPython(Make, [folder.Path, version], "h5py", "numpy");
        return folder.File("master.h5");
    }

    private static string Problem(string path, string dataset) =>
        Assert.Throws<InputException>(() => Read(path, dataset)).Message;

    private static float[] Read(string path, string? dataset) =>
        MeasurementFile
            .ReadVolume(path, new ReadOptions { Dataset = dataset }, TestContext.Current.CancellationToken)
            .Intensity.Values;
}
