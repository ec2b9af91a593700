using System.Runtime.InteropServices;
using System.Text.Json;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Formats.Npy;
using Fringe.Imaging.Figures;
using Fringe.Learning.Augmentation;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Imaging.Figures;
using Fringe.Tests.Learning;
using static TorchSharp.torch;

namespace Fringe.Tests.Process;

/// <summary><c>fringe compare</c> as a process.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class CompareCommandTests : IDisposable
{
    private static readonly string[] Files =
    [
        "compare.html",
        "compare.json",
        "compare.png",
        "iterative.npy",
        "network.npy",
        "refined.npy",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Compare_CrystalWithItsTruth_GivesTheFiguresOfEachWay()
    {
        string pattern = WriteCrystal();

        string[] truth = ["--truth", folder.File("truth.npy")];
        FringeProgram.Outcome outcome = Compare(pattern, [.. truth, "--json"]);

        JsonElement found = outcome.Json();
        Assert.Equal("", outcome.Error);
        Assert.Equal(Files, Names(folder.File("result")));
        JsonElement stored = JsonDocument.Parse(File.ReadAllText(folder.File("result/compare.json"))).RootElement;
        Assert.True(JsonElement.DeepEquals(stored, found));
        Assert.True(found.GetProperty("network_is_trusted").GetBoolean());
        Assert.Equal(JsonValueKind.Null, found.GetProperty("network_doubt").ValueKind);
        FigureCatalogTests.AssertKnown(found, "iterative", "refined");
        Assert.Equal([32, 32, 32], PatternFigures.Shape.Select(figure => Number(found, figure.JsonName)));
        foreach (string way in new[] { "iterative", "network", "refined" })
        {
            JsonElement figures = found.GetProperty(way);
            FigureCatalogTests.AssertKnown(figures);
            Assert.InRange(Number(figures, "chi"), 0, 0.1);
            Assert.InRange(Number(figures, "free_llk"), 0, 100);
            Assert.InRange(Number(figures, "support_voxels"), 100, 32 * 32 * 32 / 2);
            Assert.True(Number(figures, "seconds") > 0);
            // The stored object is canonical: moved by fractions of a voxel, which costs a sharp edge a little.
            Assert.Equal(ErrorOf($"result/{way}.npy"), Number(figures, "distance_to_truth"), 2e-3);
        }

        JsonElement refined = found.GetProperty("refined");
        Assert.InRange(Number(refined, "distance_to_truth"), 0, 0.02);
        Assert.Equal(
            Number(refined, "distance_to_network"),
            Number(found.GetProperty("network"), "distance_to_refined")
        );
        Assert.Equal(
            Number(found, "seconds_iterate") / (Number(found, "seconds_predict") + Number(found, "seconds_refine")),
            Number(refined, "speed_up"),
            1e-9
        );
        string[] stages = ["read", "prepare", "load_network", "predict_cold", "judge_prediction", "judge", "write"];
        Assert.All(stages, stage => Assert.True(Number(found, $"seconds_{stage}") >= 0, stage));
    }

    // A comparison is worth nothing if its ways are not those of the program.
    [Fact]
    public void Compare_Ways_AreThoseOfPhase()
    {
        string pattern = WriteCrystal();
        JsonElement compared = Compare(pattern, "--json", "--seed", "3").Json();

        JsonElement iterative = Phase("--method", "iterative", "--starts", "1");
        JsonElement network = Phase("--method", "network");

        Assert.Equal(Number(iterative, "chi"), Number(compared.GetProperty("iterative"), "chi"));
        Assert.Equal(Number(iterative, "free_llk"), Number(compared.GetProperty("iterative"), "free_llk"));
        Assert.Equal(Number(network, "chi"), Number(compared.GetProperty("refined"), "chi"));
        Assert.Equal(Number(network, "free_llk"), Number(compared.GetProperty("refined"), "free_llk"));

        JsonElement Phase(params string[] method) =>
            FringeProgram
                .Run([
                    "phase",
                    pattern,
                    "-o",
                    folder.File(method[1]),
                    "--seed",
                    "3",
                    "--threads",
                    "1",
                    "--json",
                    .. method,
                ])
                .Json();
    }

    [Fact]
    public void Compare_ResultIsThere_IsRefusedUnlessForced()
    {
        string pattern = WriteCrystal();
        Directory.CreateDirectory(folder.File("result"));
        File.WriteAllText(folder.File("result/compare.json"), "old");
        File.WriteAllText(folder.File("result/notes.txt"), "mine");

        Assert.Contains("already holds a result", Compare(pattern).BadInputLine());
        Assert.Equal("old", File.ReadAllText(folder.File("result/compare.json")));

        FringeProgram.Outcome forced = Compare(pattern, "--quiet", "--force");
        Assert.Equal((0, "", ""), (forced.Code, forced.Text, forced.Error));
        Assert.StartsWith("{", File.ReadAllText(folder.File("result/compare.json")));
        Assert.Equal("mine", File.ReadAllText(folder.File("result/notes.txt")));
        Assert.Equal([.. Files.Append("notes.txt").Order(StringComparer.Ordinal)], Names(folder.File("result")));
    }

    [Fact]
    public void Compare_TruthOfAnotherShape_IsOneLineAndLeavesNothing()
    {
        string pattern = WriteCrystal();

        string line = Compare(pattern, "--truth", folder.File("truth.npy"), "--shape", "36").BadInputLine();

        Assert.Contains("--truth", line);
        Assert.Contains("32 x 32 x 32", line);
        Assert.Contains("36 x 36 x 36", line);
        AssertNothingIsLeft();
    }

    [Fact]
    public void Compare_TruthWithoutAnObject_IsOneLineAndLeavesNothing()
    {
        string pattern = WriteCrystal();
        NpyFile.Write(folder.File("truth.npy"), new ComplexVolume(new float[2 * 32 * 32 * 32], 32, 32, 32));

        Assert.Contains("holds no object", Compare(pattern, "--truth", folder.File("truth.npy")).BadInputLine());
        AssertNothingIsLeft();
    }

    [Fact]
    public void Compare_PatternTooSmallForTheNetwork_IsOneLineAndLeavesNothing()
    {
        Assert.Contains("at least 32", Compare(WriteCrystal(), "--shape", "24").BadInputLine());
        AssertNothingIsLeft();
    }

    [Fact]
    public void Compare_UnknownOption_IsNamed() =>
        Assert.Contains("--starts", FringeProgram.Run("compare", "--starts").BadInputLine());

    private FringeProgram.Outcome Compare(string pattern, params string[] options) =>
        FringeProgram.Run(["compare", pattern, "-o", folder.File("result"), "--threads", "1", .. options]);

    private void AssertNothingIsLeft() => Assert.Equal(["crystal.npy", "truth.npy"], Names(folder.Path));

    private double ErrorOf(string name)
    {
        using var scope = NewDisposeScope();
        Tensor found = NpyFile.ReadComplex(folder.File(name)).ToTensor();
        return RealSpaceError.Of(found, NpyFile.ReadComplex(folder.File("truth.npy")).ToTensor());
    }

    // The pattern of a made-up crystal, and truth.npy beside it.
    private string WriteCrystal()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch crystal = Examples.Clean(1, 1e7, seed: 4);
        NpyFile.Write(folder.File("truth.npy"), crystal.Target[0].ToComplexVolume());
        float[] counted = crystal.Intensity.data<float>().ToArray();
        File.WriteAllBytes(
            folder.File("crystal.npy"),
            SamplePatterns.Npy("<f4", [32, 32, 32], MemoryMarshal.AsBytes(counted.AsSpan()).ToArray())
        );
        return folder.File("crystal.npy");
    }

    private static double Number(JsonElement figures, string key) => figures.GetProperty(key).GetDouble();

    private static string?[] Names(string path) =>
        [.. Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Order(StringComparer.Ordinal)];
}
