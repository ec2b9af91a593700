using Fringe.Imaging;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>Several stacks in one file, or in files beside it: half a scan, another scan, or another detector.</summary>
public sealed class SeveralStacksTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("1.1/measurement/mpx", "2.1/measurement/mpx")]
    [InlineData("entry_0000/measurement/data", "entry_0001/measurement/data")]
    [InlineData("scans/s_3/mpx/data", "scans/s_4/mpx/data")]
    [InlineData("entry/data_a", "entry/data_b")]
    [InlineData("entry/mpx4/data", "entry/eiger/data")]
    public void Read_StacksOfEqualFrames_AreRefusedAndNamed(string first, string second)
    {
        Write($"f['{first}'] = d[:30]; f['{second}'] = d");

        string refusal = files.Refusal("scan.h5");

        Assert.Contains($"/{first} (30 x 48 x 48", refusal);
        Assert.Contains($"/{second} (41 x 48 x 48", refusal);
        Assert.Contains("`Dataset`", refusal);
        files.Read("scan.h5", new MeasurementSource { Dataset = second }).IsRight();
    }

    [Fact]
    public void Read_NumberedStacksOfOtherFrames_AreRefused()
    {
        Write("f['1.1/measurement/mpx'] = d[:, :40]; f['2.1/measurement/mpx'] = d");

        Assert.Contains("/1.1/measurement/mpx", files.Refusal("scan.h5"));
        files.Read("scan.h5", new MeasurementSource { Dataset = "2.1" }).IsRight();
    }

    [Theory]
    [InlineData("part_1/data", "part_2/data")]
    [InlineData("part_09/mpx/data", "part_10/mpx/data")]
    public void Read_PartsInNumberedGroups_AreOneScan(string first, string second)
    {
        string before = first.Contains("09")
            ? "for i in range(1, 9): f[f'entry/part_{i:02d}/mpx/data'] = d[3*i-3:3*i]\n    "
            : "";
        Write($"{before}f['entry/{second}'] = d[30:]; f['entry/{first}'] = d[{(before.Length > 0 ? 24 : 0)}:30]");

        OddFile.Outcome outcome = files.Read("scan.h5").IsRight().Says("parts");
        Assert.Equal(41, outcome.Measurement.Stack.Depth);
    }

    [Fact]
    public void Read_OneGroupAFrame_IsOneScan()
    {
        Write("for i in range(41): f[f'entry/frame_{i:02d}/image'] = d[i]");

        Assert.Equal(41, files.Read("scan.h5").IsRight().Measurement.Stack.Depth);
    }

    [Fact]
    public void Read_PartInANumberedGroupThatIsMissing_IsNamed()
    {
        Write("f['entry/part_1/data'] = d[:20]; f['entry/part_3/data'] = d[20:]");

        Assert.Contains("part 2 is not there", files.Refusal("scan.h5"));
    }

    [Theory]
    [InlineData("1.1/measurement/eiger", "1.1/measurement/basler")]
    [InlineData("entry/data/data", "entry/processed/rebinned")]
    public void Read_StackOfOtherFrames_IsNamedInANote(string first, string second)
    {
        Write($"f['{first}'] = d; f['{second}'] = np.zeros((41, 40, 40), 'f4')");

        OddFile.Outcome outcome = files.Read("scan.h5").IsRight();

        outcome.Says($"/{first} is read, the largest of 2 stacks").Says($"/{second} (41 x 40 x 40");
        Assert.Contains($"/{first}", DataAccount.Of(outcome.Measurement, outcome.Summary)[0].Text);
    }

    [Theory]
    [InlineData("f['entry/data/data'].attrs['signal'] = 1")]
    [InlineData("f['entry/data/data'].attrs['signal'] = '1'")]
    [InlineData("f['entry/data'].attrs['signal'] = 'data'")]
    public void Read_StackThatIsCalledTheSignal_IsTakenBeforeALargerOne(string mark)
    {
        Write($"f['entry/data/data'] = d; f['entry/other/fluo'] = np.ones((41, 64, 64), 'u4'); {mark}");

        files.Read("scan.h5").IsRight();
    }

    [Fact]
    public void Read_MaskOrDarkFramesOfTheStacksShape_AreNoRivals()
    {
        Write("f['data'] = d; f['mask'] = 0 * d; f['dark'] = np.zeros((60, 48, 48), 'u2'); f['data_error'] = d");

        Assert.Equal("/data", files.Read("scan.h5").IsRight().Measurement.Dataset);
    }

    // A spectrum a scan is no frame.
    [Theory]
    [InlineData("f['1.1/measurement/mca'] = s; f['2.1/measurement/mca'] = s")]
    [InlineData("f['1.1/measurement/mca_1'] = s; f['1.1/measurement/mca_2'] = s")]
    public void Read_NumberedImagesBesideAStack_AreNotJoined(string images)
    {
        Write($"f['1.1/measurement/mpx'] = d; s = np.ones((41, 2048)); {images}");

        Assert.Equal("/1.1/measurement/mpx", files.Read("scan.h5").IsRight().Measurement.Dataset);
    }

    [Fact]
    public void Read_StackOfACorrection_IsNotReadButNamed()
    {
        Write("f['data'] = d; f['dark_frames'] = np.zeros((60, 48, 48), 'u2')");

        files.Read("scan.h5").IsRight().Says("/dark_frames (60 x 48 x 48");
    }

    [Fact]
    public void Read_SecondPlaceOfACxiFile_IsNamedInANote()
    {
        Write("f['entry_1/data_1/data'] = d; f['entry_2/data_1/data'] = d[:30]");

        files.Read("scan.h5").IsRight().Says("/entry_2/data_1/data (30 x 48 x 48");
    }

    [Fact]
    public void Read_NpzOfTwoStacks_IsRefusedOrNoted()
    {
        files.Make(
            """
            d = stack()
            np.savez("parts.npz", data_1=d[:30], data_2=d[30:])
            np.savez("other.npz", frames=d, camera=np.zeros((41, 32, 32)))
            """
        );

        Assert.Contains("data_2 (11 x 48 x 48", files.Refusal("parts.npz"));
        files.Read("other.npz").IsRight().Says("camera (41 x 32 x 32");
    }

    [Fact]
    public void Read_SingleImagesWithoutOrder_SayHowToJoinThem()
    {
        Write("for i in 'abcdefgh': f['#refs#/' + i] = d[3]");

        Assert.Contains("8 of them are single images of 48 x 48", files.Refusal("scan.h5"));
        Assert.Contains("cat(3, c{:})", files.Refusal("scan.h5"));
    }

    [Theory]
    [InlineData("scan_001.npy", "scan_002.npy")]
    [InlineData("s9.npy", "s10.npy")]
    [InlineData("s-07.npz", "s-08.npz")]
    public void Read_FileOfANumberedRow_IsNoted(string name, string other)
    {
        files.Make(
            $"""
            d = stack()
            for name in ("{name}", "{other}"):
                np.save(name, d) if name.endswith("npy") else np.savez(name, d)
            np.save("alone_3.npy", d)
            """
        );

        files.Read(name).IsRight().Says($"{other} lies beside it");
        Assert.Empty(files.Read("alone_3.npy").Notes);
    }

    private void Write(string content) =>
        files.Make($"import h5py\nd = stack()\nwith h5py.File('scan.h5', 'w') as f:\n    {content}\n");
}
