using System.Text.Json;
using Fringe.Core.Volumes;
using Fringe.Formats.Cxi;
using Fringe.Formats.SafeTensors;
using Fringe.Learning.Training;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Learning;

namespace Fringe.Tests.Process;

/// <summary><c>fringe train dataset</c>, and training with what it made, as a user runs them.</summary>
public sealed class TrainDatasetCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Dataset_ThenTrain_LearnsFromPhasedCrystals()
    {
        string set = folder.File("own");
        FringeProgram.Outcome made = FringeProgram.Run("train", "dataset", Result("a"), "-o", set);
        Assert.Equal(0, made.Code);
        Assert.Contains("training will validate with made-up crystals", made.Text);

        FringeProgram.Outcome trained = Train(set, "t");
        Assert.Equal(0, trained.Code);
        Assert.Contains("validation on made-up crystals (the set holds none out)", trained.Text);
        string weights = Path.Combine(folder.File("t"), TrainingFolder.WeightsName);
        Assert.Contains("phased crystals", SafeTensorsFile.Read(weights).Metadata["data"]);
    }

    [Fact]
    public void Dataset_WithHeldOutResults_ValidatesWithThem()
    {
        string set = folder.File("own");
        Assert.Equal(
            0,
            FringeProgram
                .Run("train", "dataset", Result("a"), Result("b"), "--validation", Result("c"), "-o", set, "-q")
                .Code
        );

        JsonElement found = FringeProgram.Run("inspect", "--json", set).Json();
        Assert.Equal(
            ["2", "1"],
            found
                .GetProperty("Metadata")
                .EnumerateArray()
                .Where(item => item.GetProperty("Name").GetString()!.StartsWith("for ", StringComparison.Ordinal))
                .Select(item => item.GetProperty("Value").GetString())
        );
        Assert.Contains("validation on phased crystals held out", Train(set, "t").Text);
    }

    // From a real run of fringe phase.
    [Fact]
    public void Dataset_OfAPhasedPattern_FindsItsResult()
    {
        string file = SamplePatterns.WritePeak(folder.File("peak.npy"));
        string result = folder.File("phased");
        Assert.Equal(0, FringeProgram.Run(["phase", file, "-o", result, "-q", .. FringeProgram.Quick]).Code);

        // The sample's box has 4 to 6 voxels along its edges.
        Assert.Contains(
            "too few to learn from",
            FringeProgram.Run("train", "dataset", result, "-o", folder.File("own")).BadInputLine()
        );
        Assert.False(Directory.Exists(folder.File("own")));
    }

    [Fact]
    public void Dataset_BadInput_IsOneLine()
    {
        string good = Result("a");
        string empty = Directory.CreateDirectory(folder.File("empty")).FullName;

        Assert.Contains("dataset", Line());
        Assert.Contains("--output is missing", FringeProgram.Run("train", "dataset", good).BadInputLine());
        Assert.StartsWith($"{empty}: holds no result", Line(good, empty));
        Assert.Contains("no such file", Line(folder.File("nothing")));
        Assert.Contains("results of the same measurement", Line(good, good));
        PhasedResult block = Reconstructions.Block(1);
        float[] values = [.. block.Image.Interleaved];
        values[0] = float.NaN;
        Reconstructions.Write(folder.File("n.cxi"), block with { Image = new ComplexVolume(values, 40, 40, 36) });
        Assert.Contains("no numbers", Line(folder.File("n.cxi")));
        Reconstructions.Write(folder.File("s.cxi"), block with { Support = new bool[block.Support.Length] });
        Assert.Contains("support is empty", Line(folder.File("s.cxi")));
        Assert.False(Directory.Exists(folder.File("own")));
    }

    [Fact]
    public void Dataset_SetIsThere_NeedsForce()
    {
        string set = folder.File("own");
        string[] line = ["train", "dataset", Result("a"), "-o", set, "-q"];
        Assert.Equal(0, FringeProgram.Run(line).Code);

        Assert.Contains("--force", FringeProgram.Run(line).BadInputLine());
        Assert.Equal(0, FringeProgram.Run([.. line, "--force"]).Code);
    }

    private string Line(params string[] results) =>
        FringeProgram.Run(["train", "dataset", .. results, "-o", folder.File("own")]).BadInputLine();

    private FringeProgram.Outcome Train(string set, string output) =>
        FringeProgram.Run([
            "train",
            "--data",
            set,
            "-o",
            folder.File(output),
            .. "--epochs 1 --examples 4 --batch 2 --validation 2 --threads 1".Split(' '),
        ]);

    private string Result(string name)
    {
        string path = Directory.CreateDirectory(folder.File(name)).FullName;
        Reconstructions.Write(Path.Combine(path, CxiReader.ResultName), Reconstructions.Block(1, $"hash of {name}"));
        return path;
    }
}
