using System.Buffers.Binary;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Process;

/// <summary>Bad input to <c>fringe phase</c>: one clear line, exit 2, no folder left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Phase_MissingFile_SaysSo() => Contains("no such file", Phase(folder.File("nothing.npy")));

    [Fact]
    public void Phase_TruncatedNpy_SaysSo() =>
        Contains("truncated", Phase(Npy("a.npy", "<f4", [8, 8, 8], new byte[1000])));

    [Fact]
    public void Phase_WrongMagic_ListsTheFormats()
    {
        string file = folder.File("a.npy");
        File.WriteAllText(file, "this is no array at all");

        Contains("expected NPY, NPZ, TIFF, EDF, CBF or HDF5", Phase(file));
    }

    [Theory]
    [InlineData("8, 8", "2D")]
    [InlineData("2, 4, 8, 8", "4D")]
    [InlineData("1, 8, 8", "length 1")]
    public void Phase_WrongShape_SaysWhatIsExpected(string shape, string problem) =>
        Contains(
            problem,
            Phase(Npy("a.npy", "<f4", Lengths(shape), new byte[4 * Lengths(shape).Aggregate((a, b) => a * b)]))
        );

    [Theory]
    [InlineData("<c8", 8)]
    [InlineData("|O", 8)]
    public void Phase_WrongType_NamesIt(string type, int bytes) =>
        Assert.NotEmpty(Phase(Npy("a.npy", type, [8, 8, 8], new byte[512 * bytes])));

    [Fact]
    public void Phase_UnknownDatasetOfNpz_ListsTheCandidates()
    {
        string file = folder.File("a.npz");
        byte[] array = File.ReadAllBytes(Npy("b.npy", "<f4", [8, 8, 8], new byte[2048]));
        using (var zip = System.IO.Compression.ZipFile.Open(file, System.IO.Compression.ZipArchiveMode.Create))
        {
            using Stream entry = zip.CreateEntry("counts.npy").Open();
            entry.Write(array);
        }

        Contains("counts", Phase(file, "--dataset", "photons"));
    }

    [Fact]
    public void Phase_AllZeros_SaysSo() => Contains("zeros", Phase(Floats("a.npy", [8, 8, 8], _ => 0)));

    [Fact]
    public void Phase_AllNaN_SaysSo() => Contains("NaN", Phase(Floats("a.npy", [8, 8, 8], _ => float.NaN)));

    [Theory]
    [InlineData("--mask")]
    [InlineData("--dark")]
    [InlineData("--flat")]
    public void Phase_CorrectionOfAnotherShape_NamesItAndBothShapes(string option)
    {
        string line = Phase(Peak("a.npy"), option, Floats("b.npy", [9, 12], _ => 1));

        Contains(option[2..], line);
        Contains("9 x 12", line);
    }

    [Fact]
    public void Phase_TooLargeForMemory_SaysTheNeed()
    {
        // A quarter of a terabyte that takes no room: the file has holes only.
        string file = Npy("a.npy", "<f4", [4000, 4000, 4000], []);
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length + (4L * 4000 * 4000 * 4000));
        }

        Contains("needs 256 GB", Phase(file));
    }

    [Fact]
    public void Phase_EmptyFolder_SaysSo()
    {
        Directory.CreateDirectory(folder.File("frames"));

        Assert.NotEmpty(Phase(folder.File("frames")));
    }

    [Fact]
    public void Phase_OutputIsAFile_SaysSo()
    {
        string file = folder.File("taken");
        File.WriteAllText(file, "mine");

        FringeProgram.Outcome outcome = FringeProgram.Run(["phase", Peak("a.npy"), "--output", file]);

        Contains("is a file", outcome.BadInputLine());
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void Phase_UnwritableOutput_SaysSo()
    {
        // Not even root can make a folder there.
        FringeProgram.Outcome outcome = FringeProgram.Run(["phase", Peak("a.npy"), "--output", "/proc/fringe/result"]);

        Contains("cannot be written", outcome.BadInputLine());
    }

    [Theory]
    [InlineData("20*XX", "character 4")]
    [InlineData("3*(ER", "not closed")]
    public void Phase_BadRecipe_PointsAtTheCharacter(string recipe, string problem) =>
        Contains(problem, Line("phase", Peak("a.npy"), "--output", folder.File("result"), "--recipe", recipe));

    [Fact]
    public void Phase_LongPath_StaysOnOneLine()
    {
        string file = folder.File(new string('n', 180) + ".npy");

        Contains(file, Phase(file));
    }

    [Theory]
    [InlineData("--seed", "many")]
    [InlineData("--average-last", "-1")]
    [InlineData("--roi-origin", "4")]
    [InlineData("--bin", "1,2")]
    [InlineData("--beta", "NaN")]
    [InlineData("--free-fraction", "NaN")]
    [InlineData("--background", "NaN")]
    [InlineData("--support", "sphere")]
    [InlineData("--shrink-wrap-sigma", "x")]
    [InlineData("--device", "tpu")]
    [InlineData("--no-such-option", "1")]
    public void Phase_BadOption_IsNamed(string option, string value) =>
        Assert.NotEmpty(Phase(Peak("a.npy"), option, value));

    [Fact]
    public void Inspect_OriginOfFramesThatNothingNeeds_IsRefused() =>
        Contains("--roi-origin says where", Line("inspect", Peak("a.npy"), "--roi-origin", "1,2"));

    [Theory]
    [InlineData("{ \"bin\": [1, 2] }", "--bin '1,2': give one number")]
    [InlineData("{ \"saturation\": -5 }", "--saturation must be")]
    public void Phase_BadValueInAConfig_IsNamedWithTheFile(string text, string problem)
    {
        string config = folder.File("bad.json", text);

        Assert.StartsWith($"{config}: {problem}", Phase(Peak("a.npy"), "--config", config));
    }

    [Fact]
    public void Phase_ConfigThatIsAFolder_IsSaid() =>
        Contains("is a folder", Phase(Peak("a.npy"), "--config", folder.Path));

    [Fact]
    public void Phase_CudaWithoutOne_SaysWhatItNeeds()
    {
        if (TorchSharp.torch.cuda.is_available())
        {
            Assert.Skip("this machine has CUDA");
        }

        Contains("no usable CUDA device", Phase(Peak("a.npy"), "--device", "cuda"));
    }

    [Theory]
    [InlineData("phases", "x")]
    [InlineData("inspect")]
    [InlineData("inspect", "nothing.npy")]
    public void CommandLine_Mistake_IsOneLine(params string[] arguments) => Assert.NotEmpty(Line(arguments));

    private static string Line(params string[] arguments) => FringeProgram.Run(arguments).BadInputLine();

    // Runs with an output folder and sees that neither it nor anything beside it was made.
    private string Phase(string input, params string[] options)
    {
        string[] before = Directory.GetFileSystemEntries(folder.Path);
        string output = folder.File("result");
        FringeProgram.Outcome outcome = FringeProgram.Run([
            "phase",
            input,
            "--output",
            output,
            .. FringeProgram.Quick,
            .. options,
        ]);
        string line = outcome.BadInputLine();
        Assert.InRange(line.Length, 20, 700);
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(folder.Path).Order());
        return line;
    }

    private string Peak(string name) => SamplePatterns.WritePeak(folder.File(name));

    private string Floats(string name, int[] shape, Func<int, float> value)
    {
        byte[] bytes = new byte[4 * shape.Aggregate((a, b) => a * b)];
        for (int i = 0; i < bytes.Length / 4; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), value(i));
        }

        return Npy(name, "<f4", shape, bytes);
    }

    private string Npy(string name, string type, int[] shape, byte[] data)
    {
        string file = folder.File(name);
        File.WriteAllBytes(file, SamplePatterns.Npy(type, shape, data));
        return file;
    }

    private static int[] Lengths(string shape) => [.. shape.Split(',').Select(int.Parse)];

    private static void Contains(string wanted, string line) =>
        Assert.Contains(wanted, line, StringComparison.OrdinalIgnoreCase);
}
