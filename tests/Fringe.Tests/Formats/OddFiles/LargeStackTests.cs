using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Stacks that are read through the part of the detector that the peak lights up; made small, with a small limit.</summary>
public sealed class LargeStackTests : IDisposable
{
    private const string Make = """
        import h5py
        d = np.random.default_rng(5).poisson(0.01, (41, 600, 500)).astype("u4")
        d[:, 378:426, 274:322] += stack()
        m = np.zeros((600, 500), "u1"); m[:, 250:256] = 1
        d[:, 100:110] = 2 ** 32 - 1
        def write(name, **layout):
            with h5py.File(name, "w") as f:
                f.create_dataset("entry/data/data", data=d, **layout)
                f["entry/instrument/detector/pixel_mask"] = m
        write("whole.h5")
        write("frames.h5", chunks=(1, 600, 500), compression="gzip", shuffle=True)
        write("thick.h5", chunks=(7, 600, 500), compression="gzip")
        write("tiles.h5", chunks=(5, 128, 130), compression="gzip")
        with h5py.File("parts.h5", "w") as f:
            f["entry/data/data_000001"] = d[:30]
            f["entry/data/data_000002"] = d[30:]
            f["entry/instrument/detector/pixel_mask"] = m
        with h5py.File("master.h5", "w", libver="latest") as f:
            layout = h5py.VirtualLayout(d.shape, "u4")
            layout[:30] = h5py.VirtualSource("parts.h5", "entry/data/data_000001", (30, 600, 500))
            layout[30:] = h5py.VirtualSource("parts.h5", "entry/data/data_000002", (11, 600, 500))
            f.create_virtual_dataset("entry/data/data", layout)
        with open("scan.edf", "wb") as f:
            for frame in d:
                lines = "ByteOrder = LowByteFirst ;\nDataType = UnsignedInteger ;\nDim_1 = 500 ;\nDim_2 = 600 ;\nSize = 1200000 ;\n"
                f.write(("{\n" + lines).ljust(1022).encode() + b"}\n" + frame.tobytes())
        """;

    private static readonly ReadOptions Small = new() { LargestWholeBytes = 8 << 20 };
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    // The peak stands at frame 20, row 378 + 22, column 274 + 26.
    [Theory]
    [InlineData("whole.h5")]
    [InlineData("frames.h5")]
    [InlineData("thick.h5")]
    [InlineData("tiles.h5")]
    [InlineData("parts.h5")]
    [InlineData("master.h5")]
    [InlineData("scan.edf")]
    public void Read_StackAboveTheLimit_IsThePartAboutThePeak(string name)
    {
        files.Make(Make);

        MeasuredStack whole = Reading.Volume(files[name]);
        MeasuredStack part = Reading.Volume(files[name], Small);

        DetectorRegion region = Assert.IsType<DetectorRegion>(part.Region);
        Assert.Null(whole.Region);
        Assert.Equal((600, 500), region.FrameSize);
        Assert.Equal((600, 500), part.FrameSize);
        Assert.True(part.Intensity.Values.Length <= 8 << 18);
        Assert.InRange(400, region.Origin.Row + 20, region.Origin.Row + region.Size.Height - 20);
        Assert.Equal(Cut(whole.Intensity, region), part.Intensity.Values);
        Assert.Contains(part.Remarks, remark => remark.Contains("41 x 600 x 500 is read through rows"));
    }

    [Fact]
    public void Prepare_PartAboutThePeak_HasThePlacesOfTheWhole()
    {
        files.Make(Make + "\nnp.save('flat.npy', np.where(np.arange(500) % 50 == 10, 0, 1.0)[None].repeat(600, 0))");
        RealVolume flat = Reading.Image(files["flat.npy"]);
        PreparationOptions options = new() { Shape = [40, 48, 48] };

        (PreparationSummary whole, float[] pattern) = Prepare(Reading.Volume(files["frames.h5"]), flat, options);
        (PreparationSummary part, float[] same) = Prepare(Reading.Volume(files["frames.h5"], Small), flat, options);

        Assert.Equal([20, 400, 300], whole.Peak);
        Assert.Equal(whole.Peak, part.Peak);
        Assert.Equal([41, 600, 500], part.InputShape);
        Assert.Equal(whole.Photons, part.Photons);
        Assert.Equal(pattern, same);
        Assert.True(part.BadPixels > 0 && part.RecordedMaskPixels > 0 && part.DetectorPixels > 0);
    }

    [Fact]
    public void Prepare_MaskOfAnotherSize_IsRefusedForAPartToo()
    {
        files.Make(Make);
        MeasuredStack part = Reading.Volume(files["frames.h5"], Small);

        Assert.Contains(
            "600 x 500",
            Assert
                .Throws<Fringe.Core.InputException>(() =>
                    Prepare(part, new RealVolume(new float[700 * 500], 1, 700, 500), new PreparationOptions())
                )
                .Message
        );
    }

    [Fact]
    public void Read_LargeStackWithoutAPeak_IsRefused()
    {
        files.Make("import h5py\nwith h5py.File('dark.h5', 'w') as f: f['data'] = np.zeros((41, 600, 500), 'u4')");

        Assert.Contains("no peak stands out", Reading.Error(files["dark.h5"], Small));
    }

    private static (PreparationSummary Summary, float[] Pattern) Prepare(
        MeasuredStack stack,
        RealVolume flat,
        PreparationOptions options
    )
    {
        Corrections corrections = new()
        {
            Flat = flat,
            Detector = new DetectorMask
            {
                Name = "of the frames' size",
                Rows = 600,
                Columns = 500,
                Gaps = [.. Enumerable.Range(0, 600 * 500).Select(pixel => pixel % 500 is >= 250 and < 256)],
                Wide = [.. Enumerable.Range(0, 600 * 500).Select(pixel => pixel % 500 == 310)],
            },
            RecordedMask = stack.Mask,
            LargestCount = stack.DtypeMaximum,
        };
        (PreparedPattern? prepared, _) = PatternPreparer.TryPrepare(
            stack.Intensity,
            corrections,
            options,
            new MeasuredPart { Region = stack.Region },
            TestContext.Current.CancellationToken
        );
        using PreparedPattern pattern = prepared!;
        return (pattern.Summary, pattern.Pattern.Intensity.data<float>().ToArray());
    }

    private static float[] Cut(RealVolume whole, DetectorRegion region) =>
        [
            .. from frame in Enumerable.Range(0, whole.Depth)
            from row in Enumerable.Range(region.Origin.Row, region.Size.Height)
            from column in Enumerable.Range(region.Origin.Column, region.Size.Width)
            select whole[frame, row, column],
        ];
}
