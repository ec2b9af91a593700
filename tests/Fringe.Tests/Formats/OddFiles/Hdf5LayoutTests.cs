using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>HDF5 files that are laid out otherwise than most: axes of length 1, chunks without their filter, MATLAB's order, newer versions.</summary>
public sealed class Hdf5LayoutTests : IDisposable
{
    private const string Import = "import h5py\n";
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("d[None]")]
    [InlineData("d[:, None]")]
    [InlineData("d[None, :, None, :, :, None]")]
    public void Read_AxesOfLengthOne_AreDropped(string values)
    {
        files.Make(
            Import
                + $"""
                d = stack()
                with h5py.File("scan.h5", "w") as f: f["entry/data/data"] = {values}
                np.save("scan.npy", {values})
                np.savez("scan.npz", data={values}, other=np.zeros((2, 3)))
                """
        );

        files.Read("scan.h5").IsRight();
        files.Read("scan.npy").IsRight();
        files.Read("scan.npz").IsRight();
    }

    [Fact]
    public void Read_SeveralScansInOneArray_AreRefused()
    {
        files.Make(
            Import + "with h5py.File('scan.h5', 'w') as f: f['entry/data/data'] = np.repeat(stack()[None], 3, 0)"
        );

        Assert.Contains("4D (3 x 41 x 48 x 48)", files.Refusal("scan.h5"));
    }

    // As libraries store chunks where compression does not pay.
    [Theory]
    [InlineData("compression='gzip'", "lambda b: zlib.compress(b)", "1", "earliest")]
    [InlineData("compression='gzip'", "lambda b: zlib.compress(b)", "1", "latest")]
    [InlineData("shuffle=True", "lambda b: shuffled(b)", "1", "earliest")]
    [InlineData("shuffle=True, compression='gzip'", "lambda b: zlib.compress(shuffled(b))", "3", "latest")]
    public void Read_ChunksStoredWithoutTheirFilter_HaveTheirValues(
        string filters,
        string pack,
        string mask,
        string version
    )
    {
        files.Make(
            Import
                + $$"""
                import zlib
                d = stack("u4")
                def shuffled(b): return np.frombuffer(b, "u1").reshape(-1, 4).T.tobytes()
                pack = {{pack}}
                with h5py.File("scan.h5", "w", libver="{{version}}") as f:
                    s = f.create_dataset("data", d.shape, "u4", chunks=(1, 48, 48), {{filters}})
                    for i in range(41):
                        raw = d[i].tobytes()
                        s.id.write_direct_chunk((i, 0, 0), raw if i % 2 else pack(raw), {{mask}} if i % 2 else 0)
                with h5py.File("scan.h5") as f:
                    read = f["data"][:]
                assert (read == d).all()
                np.save("read.npy", read)
                """
        );

        Assert.Equal(
            Reading.Volume(files["read.npy"]).Intensity.Values,
            Reading.Volume(files["scan.h5"]).Intensity.Values
        );
    }

    // Bit 1 alone: shuffled, and the compression skipped.
    [Theory]
    [InlineData("2", "shuffled(raw)")]
    [InlineData("1", "zlib.compress(raw)")]
    public void Read_ChunksStoredWithoutOneOfTheirFilters_HaveTheirValues(string mask, string stored)
    {
        files.Make(
            Import
                + $$"""
                import zlib
                d = stack("u4")
                def shuffled(b): return np.frombuffer(b, "u1").reshape(-1, 4).T.tobytes()
                with h5py.File("scan.h5", "w") as f:
                    s = f.create_dataset("data", d.shape, "u4", chunks=(1, 48, 48), shuffle=True, compression="gzip")
                    for i in range(41):
                        raw = d[i].tobytes()
                        s.id.write_direct_chunk((i, 0, 0), {{stored}}, {{mask}})
                np.save("read.npy", h5py.File("scan.h5")["data"][:])
                """
        );

        Assert.Equal(
            Reading.Volume(files["read.npy"]).Intensity.Values,
            Reading.Volume(files["scan.h5"]).Intensity.Values
        );
        files.Read("scan.h5").IsRight();
    }

    [Theory]
    [InlineData("chunks=(7, 20, 48)")]
    [InlineData("chunks=(41, 48, 48)")]
    [InlineData("chunks=(1, 5, 7)")]
    [InlineData("chunks=(2, 48, 48), maxshape=(None, 48, 48)")]
    [InlineData("chunks=(2, 13, 48), maxshape=(None, None, 48), fillvalue=3")]
    [InlineData("chunks=(3, 48, 10), maxshape=(100, 48, 48), shuffle=True, compression='gzip', fletcher32=True")]
    public void Read_ChunksOfAnyShape_HaveTheirValues(string chunks)
    {
        files.Make(
            Import
                + $$"""
                d = stack("u2")
                for version in ("earliest", "latest"):
                    with h5py.File(f"{version}.h5", "w", libver=version) as f:
                        s = f.create_dataset("data", d.shape, "u2", {{chunks}})
                        s[:37] = d[:37]
                np.save("read.npy", h5py.File("latest.h5")["data"][:])
                """
        );

        float[] expected = Reading.Volume(files["read.npy"]).Intensity.Values;
        Assert.Equal(expected, Reading.Volume(files["earliest.h5"]).Intensity.Values);
        Assert.Equal(expected, Reading.Volume(files["latest.h5"]).Intensity.Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_MatlabArray_HasItsRowsAndColumns(bool isCompressed)
    {
        string options = isCompressed ? "chunks=(1, 48, 44), compression='gzip'" : "";
        files.Make(
            Import
                + $$"""
                d = stack("f8")[:, :44]          # frame, row, column: peak at row 22, column 26
                with h5py.File("scan.mat", "w", userblock_size=512) as f:
                    # MATLAB's (row, column, frame) lies in the file as frame, column, row.
                    s = f.create_dataset("scan", data=np.ascontiguousarray(d.transpose(0, 2, 1)), {{options}})
                    s.attrs["MATLAB_class"] = np.bytes_("double")
                    m = f.create_dataset("mask", data=np.ascontiguousarray((np.arange(48)[None] >= 40).repeat(44, 0).T.astype("u1")))
                    m.attrs["MATLAB_class"] = np.bytes_("uint8")
                with open("scan.mat", "r+b") as f:
                    f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")
                """
        );

        OddFile.Outcome outcome = files.Read("scan.mat").IsRight().Says("MATLAB's");

        Assert.Equal(
            (41, 44, 48),
            (outcome.Measurement.Stack.Depth, outcome.Measurement.Stack.Height, outcome.Measurement.Stack.Width)
        );
        Assert.Equal(8 * 44, outcome.Summary.RecordedMaskPixels);
    }

    [Fact]
    public void Read_VirtualDatasetOfAFileElsewhere_LooksBesideTheMaster()
    {
        files.Make(
            Import
                + """
                with h5py.File("part.h5", "w") as f: f["data"] = stack()
                with h5py.File("master.h5", "w", libver="latest") as f:
                    layout = h5py.VirtualLayout((41, 48, 48), "u4")
                    layout[:] = h5py.VirtualSource("part.h5", "data", (41, 48, 48))
                    f.create_virtual_dataset("entry/data", layout)
                os.mkdir("top")
                with h5py.File("top/top.h5", "w") as f:
                    f["scan"] = h5py.ExternalLink("../master.h5", "/entry")
                """
        );

        files.Read("master.h5").IsRight();
        files.Read("top/top.h5").IsRight();
    }

    [Fact]
    public void Read_DatasetAfterAColon_IsThatDataset()
    {
        files.Make(Import + "with h5py.File('scan.h5', 'w') as f: f['a/x'] = stack(); f['b/x'] = stack(seed=2)");

        Assert.Equal("/a/x", files.Read("scan.h5:/a/x").IsRight().Measurement.Dataset);
        Assert.Equal("/b/x", files.Read("scan.h5::b", new MeasurementSource()).IsRight().Measurement.Dataset);
    }
}
