namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Numbers of HDF5 files whose bits are not those that their size lets expect.</summary>
public sealed class OddBitsTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("t = h5py.h5t.STD_U16LE.copy(); t.set_precision(12); t.set_offset(4)", "12-bit integer at bit 4 of 16")]
    [InlineData("t = h5py.h5t.STD_I32LE.copy(); t.set_precision(24)", "24-bit integer at bit 0 of 32")]
    [InlineData(
        "t = h5py.h5t.IEEE_F32LE.copy(); t.set_fields(15, 7, 8, 0, 7); t.set_size(2); t.set_ebias(127)",
        "bfloat16"
    )]
    public void Read_NumbersOfOddBits_AreRefused(string type, string named)
    {
        Write(type);

        Assert.Contains(named, files.Refusal("scan.h5"));
        Assert.Contains("/entry/data/data", files.Refusal("scan.h5"));
    }

    // Free bits at the upper end of an unsigned integer are 0.
    [Theory]
    [InlineData("t = h5py.h5t.STD_U16LE.copy(); t.set_precision(12)")]
    [InlineData("t = h5py.h5t.STD_U32BE.copy(); t.set_precision(20)")]
    [InlineData("t = h5py.h5t.IEEE_F16LE")]
    [InlineData("t = h5py.h5t.IEEE_F64BE")]
    public void Read_NumbersThatAreWhole_AreRead(string type)
    {
        Write(type);

        files.Read("scan.h5").IsRight();
    }

    [Fact]
    public void Read_ValuesInAFileOfTheirOwn_SayHowToJoinThem()
    {
        files.Make(
            """
            import h5py
            d = stack()
            with h5py.File("scan.h5", "w") as f:
                f.create_dataset("data", d.shape, "u4", external=[("raw.bin", 0, d.nbytes)])[...] = d
            """
        );

        Assert.Contains("external raw storage", files.Refusal("scan.h5"));
    }

    private void Write(string type) =>
        files.Make(
            $"""
            import h5py
            d = stack("f8")
            {type}
            with h5py.File("scan.h5", "w") as f:
                s = h5py.h5s.create_simple(d.shape)
                p = h5py.h5d.create(f.create_group("entry/data").id, b"data", t, s)
                p.write(h5py.h5s.ALL, h5py.h5s.ALL, d, h5py.h5t.IEEE_F64LE)
            """
        );
}
