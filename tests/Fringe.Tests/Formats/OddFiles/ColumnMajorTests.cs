namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Files of programs whose first axis is the last one of the file.</summary>
public sealed class ColumnMajorTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("f.attrs['OCTAVE_NEW_FORMAT'] = np.uint8(1)", "g.attrs['OCTAVE_NEW_FORMAT'] = np.uint8(1)")]
    [InlineData("pass", "g.attrs['OCTAVE_NEW_FORMAT'] = np.uint8(1)")]
    public void Read_FileOfOctave_HasRowsAndColumnsTurned(string root, string group)
    {
        files.Make(
            $"""
            import h5py
            with h5py.File("scan.h5", "w") as f:
                {root}
                g = f.create_group("data"); {group}
                g["type"] = np.bytes_("matrix")
                g["value"] = stack().transpose(0, 2, 1).astype("f8")
            """
        );

        files.Read("scan.h5").IsRight().Says("Octave's");
    }

    [Theory]
    [InlineData("HDF5-based Julia Data Format, version 0.1.1 (Julia 1.9.2 64-bit 64-bit LE linux)")]
    [InlineData("Julia data file (HDF5), version 0.1.0")]
    public void Read_FileOfJulia_HasRowsAndColumnsTurned(string text)
    {
        files.Make(
            $"""
            import h5py
            with h5py.File("scan.jld2", "w", userblock_size=512) as f:
                f["data"] = stack().transpose(0, 2, 1)
                f["mask"] = np.zeros((48, 48), "u1"); f["mask"][36:40] = 1
            b = bytearray(open("scan.jld2", "rb").read())
            t = b"{text}"
            b[:len(t)] = t
            open("scan.jld2", "wb").write(b)
            """
        );

        OddFile.Outcome outcome = files.Read("scan.jld2").IsRight().Says("Julia's");
        Assert.Equal(4 * 48, outcome.Summary.RecordedMaskPixels);
    }

    [Fact]
    public void Read_OtherUserBlock_TurnsNothing()
    {
        files.Make("import h5py\nwith h5py.File('scan.h5', 'w', userblock_size=512) as f: f['data'] = stack()");

        Assert.Empty(files.Read("scan.h5").IsRight().Notes);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    public void Read_LargerUserBlock_SaysHowToTakeItAway(int bytes)
    {
        files.Make($"import h5py\nwith h5py.File('scan.h5', 'w', userblock_size={bytes}) as f: f['data'] = stack()");

        Assert.Contains("h5unjam", files.Refusal("scan.h5"));
    }
}
