using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Masks: those that come with the frames, and those that are given.</summary>
public sealed class RecordedMaskTests : IDisposable
{
    private const string Gap = """
        import h5py
        d = stack("u4")
        rng = np.random.default_rng(7)
        d[:, :, 36:40] = rng.integers(100000, 200000, (41, 48, 4))
        m = np.zeros((48, 48), "u4")
        m[:, 36:40] = 1

        """;

    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("entry_1/instrument_1/detector_1/data", "entry_1/instrument_1/detector_1/mask", "m")]
    [InlineData(
        "entry_1/instrument_1/detector_1/data",
        "entry_1/instrument_1/detector_1/mask",
        "np.repeat(m[None], 41, 0)"
    )]
    [InlineData("entry/data/data", "entry/instrument/detector/pixel_mask", "m")]
    [InlineData("entry/data/data", "entry/instrument/detector/detectorSpecific/pixel_mask", "m * 16")]
    [InlineData("entry/data/data", "entry/data/mask", "m.astype(bool)")]
    [InlineData("data", "mask", "m.astype('u1')")]
    public void Read_MaskThatComesWithTheFrames_IsApplied(string data, string mask, string values)
    {
        files.Make(
            Gap
                + $"""
                with h5py.File("scan.h5", "w") as f:
                    f["{data}"] = d
                    f["{mask}"] = {values}
                """
        );

        OddFile.Outcome outcome = files.Read("scan.h5").IsRight();

        Assert.Equal(4 * 48, outcome.Summary.RecordedMaskPixels);
        Assert.Equal($"/{mask}", outcome.Measurement.Reading.MaskDataset);
    }

    // CXI's data_1 is a soft link to the detector's data, and comes first in the file.
    [Fact]
    public void Read_FramesUnderASecondName_HaveTheMaskBesideTheFirst()
    {
        files.Make(
            Gap
                + """
                with h5py.File("scan.cxi", "w") as f:
                    f["entry_1/instrument_1/detector_1/data"] = d
                    f["entry_1/instrument_1/detector_1/mask"] = m
                    f["entry_1/data_1/data"] = h5py.SoftLink("/entry_1/instrument_1/detector_1/data")
                """
        );

        Assert.Equal(4 * 48, files.Read("scan.cxi").IsRight().Summary.RecordedMaskPixels);
    }

    [Fact]
    public void Read_MaskOfAnNpz_IsApplied()
    {
        files.Make(Gap + "np.savez('scan.npz', data=d, mask=m)");

        Assert.Equal(4 * 48, files.Read("scan.npz").IsRight().Summary.RecordedMaskPixels);
    }

    [Fact]
    public void Read_MasksOfTwoDetectors_EachGoesWithItsOwn()
    {
        files.Make(
            Gap
                + """
                with h5py.File("scan.h5", "w") as f:
                    f["entry/instrument/mpx/data"] = d
                    f["entry/instrument/mpx/pixel_mask"] = m
                    f["entry/instrument/eiger/data"] = stack("u4")
                    f["entry/instrument/eiger/pixel_mask"] = np.roll(m, -10, 1)
                    f["other/instrument/mpx/mask"] = 1 - m
                """
        );

        Assert.Equal(
            "/entry/instrument/mpx/pixel_mask",
            files
                .Read("scan.h5", new MeasurementSource { Dataset = "entry/instrument/mpx/data" })
                .IsRight()
                .Measurement.Reading.MaskDataset
        );
    }

    [Fact]
    public void Read_TwoMasksEquallyNear_AreNamedAndNotApplied()
    {
        files.Make(
            Gap
                + """
                with h5py.File("scan.h5", "w") as f:
                    f["entry/data/data"] = stack("u4")
                    f["entry/data/mask"] = m
                    f["entry/data/pixel_mask"] = np.roll(m, -10, 1)
                """
        );

        OddFile.Outcome outcome = files.Read("scan.h5").IsRight().Says("2 masks that fit");
        Assert.Equal(0, outcome.Summary.RecordedMaskPixels);
    }

    [Fact]
    public void Read_NoMaskAtAll_CanBeAskedFor()
    {
        files.Make("import h5py\nwith h5py.File('scan.h5', 'w') as f: f['data'] = stack(); f['mask'] = np.eye(48)");

        Assert.Equal(48, files.Read("scan.h5").Summary.RecordedMaskPixels);
        Assert.Equal(
            0,
            files.Read("scan.h5", new MeasurementSource { MaskPath = "none" }).IsRight().Summary.RecordedMaskPixels
        );
    }

    [Theory]
    [InlineData("entry/instrument/detector/detectorSpecific/pixel_mask", "u4")]
    [InlineData("bad", "bool")]
    public void Read_CorrectionFileOfSeveralImages_GivesEachItsOwn(string mask, string type)
    {
        files.Make(
            Gap
                + $"""
                np.save("scan.npy", d)
                with h5py.File("m.h5", "w") as f:
                    f["{mask}"] = m.astype("{type}")
                    f["entry/instrument/detector/detectorSpecific/flatfield"] = np.ones((48, 48), "f4")
                np.savez("m.npz", mask=m, flat=np.ones((48, 48), "f4"))
                """
        );

        MeasurementSource source = new() { MaskPath = files["m.h5"], FlatPath = files["m.h5"] };
        Assert.Equal(4 * 48, files.Read("scan.npy", source).IsRight().Summary.BadPixels);
        files
            .Read("scan.npy", new MeasurementSource { MaskPath = files["m.npz"], FlatPath = files["m.npz"] })
            .IsRight();
    }

    [Fact]
    public void Read_CorrectionFileInDoubt_SaysHowToNameTheImage()
    {
        files.Make(
            Gap
                + """
                np.save("scan.npy", d)
                with h5py.File("m.h5", "w") as f:
                    f["a"] = m
                    f["b"] = 0 * m
                """
        );

        Assert.Contains(
            $"{files["m.h5"]}:/a",
            files.Refusal("scan.npy", new MeasurementSource { MaskPath = files["m.h5"] })
        );
        files.Read("scan.npy", new MeasurementSource { MaskPath = files["m.h5"] + ":/a" }).IsRight();
        files.Read("scan.npy", new MeasurementSource { MaskPath = files["m.h5"] + "::a" }).IsRight();
    }

    [Fact]
    public void Read_SingleBoolDataset_IsTheMask()
    {
        files.Make(Gap + "np.save('scan.npy', d)\nwith h5py.File('m.h5', 'w') as f: f['x'] = m.astype(bool)");

        files.Read("scan.npy", new MeasurementSource { MaskPath = files["m.h5"] }).IsRight();
    }

    [Fact]
    public void Read_ReversedMask_IsRefused()
    {
        files.Make(
            """
            import h5py
            d = stack(); d[:, :, 36:40] = np.random.default_rng(3).poisson(0.1, (41, 48, 4))
            m = np.ones((48, 48), "u1"); m[:, 36:40] = 0
            np.save("scan.npy", d); np.save("m.npy", m); np.savez("own.npz", data=d, mask=m)
            np.save("all.npy", np.ones((48, 48), "u1"))
            """
        );

        string refusal = files.Refusal("scan.npy", new MeasurementSource { MaskPath = files["m.npy"] });
        Assert.Contains("`Mask` hides 92 % of the pixels", refusal);
        Assert.Contains("looks reversed", refusal);
        Assert.Contains("looks reversed", files.Refusal("own.npz"));
        Assert.Contains(
            "looks reversed",
            files.Refusal("scan.npy", new MeasurementSource { MaskPath = files["all.npy"] })
        );
        files.Read("own.npz", new MeasurementSource { MaskPath = "none" }).IsRight();
    }

    [Fact]
    public void Read_ShadowAndOverexposedCentre_AreMasks()
    {
        files.Make(
            """
            np.save("scan.npy", stack())
            y, x = np.ogrid[:48, :48]
            np.save("shadow.npy", ((y - 22) ** 2 + (x - 26) ** 2 > 13.5 ** 2).astype("u1"))
            np.save("centre.npy", ((abs(y - 22) <= 4) & (abs(x - 26) <= 4)).astype("u1"))
            """
        );

        OddFile.Outcome shadow = files.Read("scan.npy", new MeasurementSource { MaskPath = files["shadow.npy"] });
        Assert.InRange(shadow.IsRight().Summary.BadPixels / (48.0 * 48), 0.7, 0.8);
        Assert.Equal(
            81,
            files.Read("scan.npy", new MeasurementSource { MaskPath = files["centre.npy"] }).Summary.BadPixels
        );
    }

    [Fact]
    public void Read_MaskOfAnotherSize_NamesBothCauses()
    {
        files.Make(
            "np.save('scan.npy', stack()); np.save('m.npy', np.zeros((50, 50))); np.save('s.npy', np.zeros((40, 40)))"
        );

        string refusal = files.Refusal("scan.npy", new MeasurementSource { MaskPath = files["m.npy"] });
        Assert.Contains("region of that chip", refusal);
        Assert.Contains("another detector's", refusal);
        Assert.Contains(
            "another detector's",
            files.Refusal("scan.npy", new MeasurementSource { MaskPath = files["s.npy"] })
        );
    }
}
