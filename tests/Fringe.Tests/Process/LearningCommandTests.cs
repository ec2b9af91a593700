using System.Text.Json;
using Fringe.Formats.Crystals;
using Fringe.Learning.Training;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Imaging.Figures;
using Fringe.Tests.Learning;
using Fringe.Tests.Simulation;

namespace Fringe.Tests.Process;

/// <summary><c>fringe train</c>, <c>predict</c> and <c>evaluate</c> as a user runs them.</summary>
public sealed class LearningCommandTests : IDisposable
{
    private static readonly string[] Tiny =
    [
        "--epochs",
        "1",
        "--examples",
        "4",
        "--batch",
        "2",
        "--validation",
        "2",
        "--threads",
        "1",
        "-q",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TrainThenPredictThenEvaluate_SimulatedCrystals_WriteTheirFiles()
    {
        string data = Shards();
        string training = folder.File("training");
        Assert.Equal(0, FringeProgram.Run(["train", "--data", data, "-o", training, .. Tiny]).Code);
        string weights = Path.Combine(training, TrainingFolder.WeightsName);
        Assert.True(File.Exists(weights));
        Assert.True(File.Exists(Path.Combine(training, "training.png")));

        string file = SamplePatterns.WritePeak(folder.File("peak.npy"));
        JsonElement metrics = FringeProgram
            .Run(
                "predict",
                file,
                "--shape",
                "32",
                "-o",
                folder.File("p"),
                "--weights",
                weights,
                "--threads",
                "1",
                "--json"
            )
            .Json();
        Assert.Equal("fringe", metrics.GetProperty("network").GetProperty("preset").GetString());
        Assert.Equal(
            ["metrics.json", "prediction.npy", "prediction_32.npy", "summary.png", "uncertainty.npy"],
            Directory.GetFiles(folder.File("p")).Select(Path.GetFileName).Order()
        );

        FringeProgram.Outcome evaluated = FringeProgram.Run(
            "evaluate",
            "--data",
            data,
            "-o",
            folder.File("e"),
            "--weights",
            weights,
            "--threads",
            "1"
        );
        Assert.Equal(0, evaluated.Code);
        using JsonDocument json = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(folder.File("e"), "evaluation.json"))
        );
        // One of the three crystals is for testing.
        Assert.Equal(1, json.RootElement.GetProperty("crystals").GetInt32());
        FigureCatalogTests.AssertKnown(json.RootElement.GetProperty("by_photons")[0]);
        FigureCatalogTests.AssertKnown(json.RootElement.GetProperty("scores")[0]);
    }

    [Fact]
    public void Predict_TheSampleOfTheProgramsTests_ExplainsItsPattern()
    {
        string file = SamplePatterns.WritePeak(folder.File("peak.npy"));

        JsonElement metrics = FringeProgram
            .Run("predict", file, "-o", folder.File("p"), "--threads", "1", "--json")
            .Json();

        FigureCatalogTests.AssertKnown(metrics);
        Assert.Equal(file, metrics.GetProperty("input").GetString());
        Assert.StartsWith("fringe predict", metrics.GetProperty("command").GetString());
        Assert.True(metrics.GetProperty("network_chi").GetDouble() < 0.5);
    }

    [Fact]
    public void Predict_SeveralFiles_GetAFolderEach()
    {
        string one = SamplePatterns.WritePeak(folder.File("one.npy"));
        string two = SamplePatterns.WritePeak(folder.File("two.npy"));

        Assert.Equal(0, FringeProgram.Run("predict", one, two, "-o", folder.File("p"), "--threads", "1", "-q").Code);
        Assert.Equal(["one", "two"], Directory.GetDirectories(folder.File("p")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Predict_TooSmallVolume_IsOneLine() =>
        Assert.Contains(
            "at least 32",
            FringeProgram
                .Run("predict", SamplePatterns.WritePeak(folder.File("a.npy")), "--shape", "16", "-o", folder.File("p"))
                .BadInputLine()
        );

    [Fact]
    public void Predict_DamagedWeights_AreNamed()
    {
        string weights = folder.File("w.safetensors");
        File.WriteAllText(weights, "this is no network at all");
        string line = FringeProgram
            .Run(
                "predict",
                SamplePatterns.WritePeak(folder.File("a.npy")),
                "-o",
                folder.File("p"),
                "--weights",
                weights
            )
            .BadInputLine();

        Assert.StartsWith(weights, line);
        Assert.False(Directory.Exists(folder.File("p")));
    }

    [Fact]
    public void Train_NoCrystals_IsOneLine()
    {
        Directory.CreateDirectory(folder.File("empty"));

        Assert.Contains(
            "holds no crystals",
            FringeProgram.Run("train", "--data", folder.File("empty"), "-o", folder.File("t")).BadInputLine()
        );
        Assert.Contains(
            "no such file",
            FringeProgram.Run("train", "--data", folder.File("nothing"), "-o", folder.File("t")).BadInputLine()
        );
    }

    [Fact]
    public void Train_BadOptions_AreAllNamed()
    {
        string line = FringeProgram.Run("train", "-o", folder.File("t"), "--epochs", "0", "--rate", "7").BadInputLine();

        Assert.Contains("--epochs", line);
        Assert.Contains("--rate", line);
    }

    [Fact]
    public void Train_StagesOfFringe_AreRefused() =>
        Assert.Contains(
            "'cdinn'",
            FringeProgram.Run("train", "-o", folder.File("t"), "--stages", "paper").BadInputLine()
        );

    [Fact]
    public void Evaluate_NoData_IsOneLine() =>
        Assert.Contains("--data is missing", FringeProgram.Run("evaluate", "-o", folder.File("e")).BadInputLine());

    private string Shards()
    {
        string data = Directory.CreateDirectory(folder.File("data")).FullName;
        CrystalRecord[] crystals =
        [
            .. Enum.GetValues<CrystalSplit>().Select((split, i) => Blocks.Record(0.004f, i, split)),
        ];
        CrystalShardWriter.Write(
            Path.Combine(data, "crystals-00000.h5"),
            new CrystalShard(SimulatedCrystals.Provenance, crystals)
        );
        return data;
    }
}
