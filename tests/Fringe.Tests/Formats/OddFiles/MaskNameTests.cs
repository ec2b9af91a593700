using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Masks in a file under the names that programs give them, and those that cannot be applied.</summary>
public sealed class MaskNameTests : IDisposable
{
    private const string Gap = """
        import h5py
        d = stack("u4")
        d[:, :, 36:40] = np.random.default_rng(7).integers(100000, 200000, (41, 48, 4))
        m = np.zeros((48, 48), "u4")
        m[:, 36:40] = 1

        """;

    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("entry/instrument/eiger/pixel_mask_1", "m")]
    [InlineData("entry/data/good_pixels", "1 - m")]
    [InlineData("entry/data/good_mask", "(1 - m).astype(bool)")]
    [InlineData("entry/data/mask", "m[:, :, None]")]
    [InlineData("entry/data/bad_pixel_map", "m")]
    public void Read_MaskOfAnotherName_IsApplied(string name, string values)
    {
        Write($"f['entry/data/data'] = d; f['{name}'] = {values}");

        Assert.Equal(4 * 48, files.Read("scan.h5").IsRight().Summary.RecordedMaskPixels);
    }

    [Theory]
    [InlineData("mask", "good_mask")]
    [InlineData("pixel_mask", "pixel_mask_1")]
    [InlineData("pixel_mask", "hot_pixel_mask")]
    public void Read_MaskOfAUsualNameBesideOthers_IsAppliedAndTheOthersNamed(string usual, string other)
    {
        Write($"f['entry/data/data'] = d; f['entry/data/{usual}'] = m; f['entry/data/{other}'] = np.eye(48)");
        files.Make(
            $"import h5py\nwith h5py.File('scan.h5') as f: np.savez('scan.npz', data=f['entry/data/data'][()], {usual}=f['entry/data/{usual}'][()], {other}=np.eye(48))"
        );

        files.Read("scan.h5").IsRight().Says($"/entry/data/{usual} is applied alone, not /entry/data/{other}");
        files.Read("scan.npz").IsRight().Says($"{usual} alone is applied");
    }

    [Fact]
    public void Read_GoodPixels_AreSaidToBeTaken()
    {
        Write("f['entry/data/data'] = d; f['entry/data/good_pixels'] = 1 - m");

        files.Read("scan.h5").Says("mask of good pixels");
    }

    [Theory]
    [InlineData("h5py.h5t.STD_B8LE", "u1")]
    [InlineData("h5py.h5t.STD_B16LE", "<u2")]
    [InlineData("h5py.h5t.STD_B32BE", ">u4")]
    public void Read_MaskOfBits_IsApplied(string type, string numbers)
    {
        Write(
            $"""
            f['entry/data/data'] = d
                b = h5py.h5d.create(f['entry/data'].id, b'mask', {type}, h5py.h5s.create_simple((48, 48)))
                b.write(h5py.h5s.ALL, h5py.h5s.ALL, m.astype('{numbers}'), {type})
            """
        );

        Assert.Equal(4 * 48, files.Read("scan.h5").IsRight().Summary.RecordedMaskPixels);
        files.Read("scan.h5", new MeasurementSource { MaskPath = files["scan.h5"] + ":/entry/data/mask" }).IsRight();
    }

    [Theory]
    [InlineData(
        "np.pad(m, ((6, 6), (8, 8)))",
        "it is 60 x 64, the frames are 41 x 48 x 48; if they are a region of it"
    )]
    [InlineData("np.broadcast_to(m, (40, 48, 48))", "neither one image nor one a frame")]
    [InlineData("m[:24, :24]", "another detector's")]
    [InlineData("m.astype('S2')", "its elements are string")]
    public void Read_MaskThatCannotBeApplied_IsNamedWithTheReason(string values, string reason)
    {
        Write($"f['entry/data/data'] = d; f['entry/data/pixel_mask'] = {values}");

        files.Read("scan.h5").Says("mask /entry/data/pixel_mask is not applied").Says(reason);
    }

    [Fact]
    public void Read_MaskInAnotherTopGroup_IsNamed()
    {
        Write("f['1.1/measurement/mpx'] = d; f['calibration/pixel_mask'] = m");

        files.Read("scan.h5").Says("scan.h5:/calibration/pixel_mask");
        files
            .Read("scan.h5", new MeasurementSource { MaskPath = files["scan.h5"] + ":/calibration/pixel_mask" })
            .IsRight();
    }

    [Theory]
    [InlineData(
        "f.attrs['default'] = 'entry'; f['entry'].attrs['default'] = 'data'; f['entry/data'].attrs['signal'] = 'data'"
    )]
    [InlineData("pass")]
    public void Read_MaskWhoseLinkIsBroken_IsNamed(string marks)
    {
        Write(
            "f['entry/data/data'] = d; f['entry/instrument/eiger/pixel_mask'] = h5py.ExternalLink('gone.h5', '/m')\n    "
                + marks
        );

        files.Read("scan.h5").Says("mask /entry/instrument/eiger/pixel_mask is not applied: its link leads nowhere");
    }

    [Fact]
    public void Read_BitsOfCxiThatMeanNoFault_AreNotMasked()
    {
        Write(
            """
            f['entry_1/instrument_1/detector_1/data'] = d
                m[20:25, 24:29] = 0x2000
                m[0, :4] = 0x2000 | 1
                f['entry_1/instrument_1/detector_1/mask'] = m
            """
        );

        OddFile.Outcome outcome = files.Read("scan.h5").IsRight().Says("25 pixels with bits that mean no fault");
        Assert.Equal((4 * 48) + 4, outcome.Summary.RecordedMaskPixels);
    }

    [Theory]
    [InlineData("pixel_mask=m")]
    [InlineData("bad_pixels=m")]
    [InlineData("good_pixels=1 - m")]
    [InlineData("mask=m[:, :, None]")]
    [InlineData("mask=m, good_mask=np.ones_like(m)")]
    public void Read_MaskOfAnNpz_IsAppliedUnderTheNamesOfHdf5(string mask)
    {
        files.Make(Gap + $"np.savez('scan.npz', data=d, {mask})\nnp.savez('four.npz', data=d[..., None], {mask})");

        Assert.Equal(4 * 48, files.Read("scan.npz").IsRight().Summary.RecordedMaskPixels);
        Assert.Equal(4 * 48, files.Read("four.npz").IsRight().Summary.RecordedMaskPixels);
    }

    [Fact]
    public void Read_MaskOfAnNpzThatDoesNotFit_IsNamed()
    {
        files.Make(Gap + "np.savez('scan.npz', data=d, mask=np.pad(m, 6))");

        files.Read("scan.npz").Says("mask mask is not applied: it is 60 x 60");
    }

    [Theory]
    [InlineData("good_mask")]
    [InlineData("good_pixels")]
    public void Read_GivenMaskOfGoodPixels_IsTurned(string name)
    {
        files.Make(
            Gap
                + $"""
                np.save("scan.npy", d)
                with h5py.File("c.h5", "w") as f:
                    f["{name}"] = 1 - m
                    f["flat"] = np.ones((48, 48), "f4")
                np.savez("c.npz", {name}=1 - m, flat=np.ones((48, 48)))
                """
        );

        foreach (string given in new[] { files["c.h5"], files["c.h5"] + $":/{name}", files["c.npz"] })
        {
            OddFile.Outcome outcome = files.Read("scan.npy", new MeasurementSource { MaskPath = given });
            Assert.Equal(4 * 48, outcome.IsRight().Says("mask of good pixels").Summary.BadPixels);
        }
    }

    [Fact]
    public void Read_GivenFileOfBothKinds_TakesTheBadPixels()
    {
        files.Make(
            Gap
                + """
                np.save("scan.npy", d)
                np.savez("c.npz", bad_pixels=m, good_pixels=np.ones_like(m))
                """
        );

        files.Read("scan.npy", new MeasurementSource { MaskPath = files["c.npz"] }).IsRight();
    }

    private void Write(string content) => files.Make($"{Gap}with h5py.File('scan.h5', 'w') as f:\n    {content}\n");
}
