using System.Runtime.InteropServices;
using System.Text.Json;
using Fringe.Learning.Augmentation;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Learning;

namespace Fringe.Tests.Process;

using Process = System.Diagnostics.Process;

/// <summary><c>fringe phase</c> and <c>fringe inspect</c> as processes.</summary>
public sealed class PhaseCommandTests : IDisposable
{
    private static readonly string[] Files =
    [
        "amplitude_uncertainty.npy",
        "metrics.json",
        "phase_uncertainty.npy",
        "reconstruction.cxi",
        "reconstruction.npy",
        "reconstruction.vti",
        "report.html",
        "run.json",
        "summary.png",
        "support.npy",
        "uncertainty.png",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Phase_GoodInput_WritesTheNamedFilesAndFlatMetrics()
    {
        FringeProgram.Outcome outcome = Phase("--json");

        JsonElement printed = outcome.Json();
        Assert.Equal("", outcome.Error);
        Assert.Equal(Files, Directory.GetFiles(folder.File("result")).Select(Path.GetFileName).Order());
        Assert.Equal(["a.npy", "result"], Names(folder.Path));
        JsonElement stored = JsonDocument.Parse(File.ReadAllText(folder.File("result/metrics.json"))).RootElement;
        Assert.True(JsonElement.DeepEquals(stored, printed));
        Assert.All(
            stored.EnumerateObject(),
            entry =>
                Assert.True(entry.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Null)
        );
        Assert.All(stored.EnumerateObject(), entry => Assert.Matches("^[a-z0-9_]+$", entry.Name));
        string[] promised =
        [
            "chi",
            "free_llk",
            "support_voxels",
            "iterations",
            "seconds_total",
            "seconds_read",
            "seconds_prepare",
            "seconds_phase",
            "seconds_write",
            "seed",
            "fringe_version",
            "torchsharp_version",
            "dotnet_version",
            "agreement",
            "phase_uncertainty_rad",
            "replicas",
            "prtf_resolution_1e_voxels",
            "prtf_resolution_half_voxels",
            "oversampling_x",
        ];
        Assert.All(promised, key => Assert.True(stored.TryGetProperty(key, out _), key));
        Assert.Equal(5, stored.GetProperty("iterations").GetInt32());
        Assert.InRange(stored.GetProperty("chi").GetDouble(), 0, 1);
    }

    [Fact]
    public void Phase_SameSeedTwice_GivesTheSameObjectBytes()
    {
        Assert.Equal(0, Phase("--quiet", "--threads", "1").Code);
        byte[] first = File.ReadAllBytes(folder.File("result/reconstruction.npy"));
        Assert.Equal(0, Phase("--quiet", "--threads", "1", "--force").Code);

        Assert.Equal(first, File.ReadAllBytes(folder.File("result/reconstruction.npy")));
    }

    [Fact]
    public void Phase_ConfigOfAResult_MakesItAgain()
    {
        Phase("--replicas", "0", "--seed", "3", "--save-config", folder.File("saved.json"));

        string[] first = [folder.File("result/run.json"), folder.File("saved.json")];
        foreach (string config in first)
        {
            FringeProgram.Run("phase", "--config", config, "-o", folder.File("again"), "--quiet", "--force");
            Assert.Equal(
                File.ReadAllBytes(folder.File("result/reconstruction.npy")),
                File.ReadAllBytes(folder.File("again/reconstruction.npy"))
            );
            // It says how it was made, and not where it went.
            Assert.Equal(File.ReadAllText(first[0]), File.ReadAllText(folder.File("again/run.json")));
        }

        Assert.Contains($"\"input\": \"{folder.File("a.npy")}\"", File.ReadAllText(first[0]));
        Assert.DoesNotContain("\"output\"", File.ReadAllText(first[0]));
        Assert.Contains($"\"output\": \"{folder.File("result")}\"", File.ReadAllText(first[1]));
    }

    [Fact]
    public void Phase_ConfigThatCannotBe_IsOneLine()
    {
        string config = folder.File("run.json", "{ \"tresholds\": 2 }");

        string line = FringeProgram.Run("phase", "--config", config, "-o", folder.File("result")).BadInputLine();

        Assert.Contains("did you mean \"threshold\"?", line);
        Assert.False(Directory.Exists(folder.File("result")));
    }

    [Fact]
    public void Phase_NoReplicas_LeavesNoUncertainty()
    {
        Assert.Equal(0, Phase("--quiet").Code);
        JsonElement again = Phase("--json", "--force", "--replicas", "0").Json();

        Assert.Equal(Files.Where(name => !name.Contains("uncertainty")), Names(folder.File("result")));
        Assert.False(again.TryGetProperty("phase_uncertainty_rad", out _));
        Assert.Equal("--replicas must be 0 or 2 to 1000", Phase("--replicas", "1", "--force").BadInputLine());
    }

    [Fact]
    public void Phase_ResultIsThere_IsRefusedUnlessForced()
    {
        Directory.CreateDirectory(folder.File("result"));
        File.WriteAllText(folder.File("result/metrics.json"), "old");
        File.WriteAllText(folder.File("result/notes.txt"), "mine");

        string line = Phase().BadInputLine();
        Assert.Contains("already holds a result", line);
        Assert.Equal("old", File.ReadAllText(folder.File("result/metrics.json")));

        Assert.Equal(0, Phase("--quiet", "--force").Code);
        Assert.StartsWith("{", File.ReadAllText(folder.File("result/metrics.json")));
        Assert.Equal("mine", File.ReadAllText(folder.File("result/notes.txt")));
        Assert.Equal(["a.npy", "result"], Names(folder.Path));
    }

    [Fact]
    public void Phase_Refine_CanGoOnFromItsResult()
    {
        string[] quick =
        [
            "--starts",
            "1",
            "--shape",
            "32",
            "--recipe",
            "5*ER",
            "--refine-steps",
            "10",
            "--coherence",
            "full",
            "--json",
        ];
        string[] refine = ["phase", Peak(), "--method", "refine", "-o", folder.File("first"), .. quick];
        JsonElement first = FringeProgram.Run(refine).Json();
        string[] again = ["--init", folder.File("first/reconstruction.npy"), .. quick];
        JsonElement second = FringeProgram.Run(["phase", Peak(), "-o", folder.File("second"), .. again]).Json();

        Assert.Equal("refine", first.GetProperty("method").GetString());
        // Five of error reduction, ten of refinement at least and the last ten with all voxels.
        Assert.InRange(first.GetProperty("iterations").GetInt32(), 25, 35);
        Assert.True(second.GetProperty("chi").GetDouble() <= 1.05 * first.GetProperty("chi").GetDouble());
    }

    [Fact]
    public void Phase_ByDefault_StartsFromTheNetwork()
    {
        string[] arguments = ["phase", WriteCrystal(), "-o", folder.File("result"), "--json"];
        JsonElement found = FringeProgram.Run(arguments).Json();

        Assert.StartsWith("auto: network", found.GetProperty("method").GetString());
        Assert.InRange(found.GetProperty("network_spread").GetDouble(), 0, 0.1);
        Assert.InRange(found.GetProperty("chi").GetDouble(), 0, 0.01);
    }

    // Without the number the second or even the first could have been enough.
    [Fact]
    public void Phase_NumberOfStartsGiven_RunsThemAll()
    {
        string[] quick = ["--starts", "3", "--recipe", "20*ER", "--refine-steps", "10", "--json"];

        JsonElement found = FringeProgram.Run(["phase", WriteCrystal(), "-o", folder.File("result"), .. quick]).Json();

        Assert.Equal(3, found.GetProperty("starts").GetInt32());
    }

    // No crystal: every phase is as good as any other.
    [Fact]
    public void Phase_PatternUnknownToTheNetwork_SaysSoAndLetsRandomStartsCompete()
    {
        Random random = new(3);
        WriteVolume("noise.npy", [.. Enumerable.Range(0, 32 * 32 * 32).Select(i => (float)random.Next(50))]);
        string[] quick = ["--starts", "2", "--recipe", "5*ER", "--refine-steps", "10", "--json"];

        string[] arguments = ["phase", folder.File("noise.npy"), "-o", folder.File("result"), .. quick];
        JsonElement found = FringeProgram.Run(arguments).Json();

        Assert.Equal(2, found.GetProperty("starts").GetInt32());
        Assert.Contains(
            "The network does not know such a pattern",
            File.ReadAllText(folder.File("result/report.html"))
        );
    }

    [Fact]
    public void Phase_NetworkAndAnInitialObject_IsBadInput()
    {
        string[] both = ["--method", "network", "--init", Peak(), "-o", folder.File("result")];

        Assert.Contains("--init", FringeProgram.Run(["phase", Peak(), .. both]).BadInputLine());
    }

    [Fact]
    public void Phase_NetworkAndASmallVolume_IsBadInput()
    {
        string[] small = ["--method", "network", "--shape", "24", "-o", folder.File("result")];

        Assert.Contains("at least 32", FringeProgram.Run(["phase", Peak(), .. small]).BadInputLine());
    }

    [Fact]
    public void Phase_InitialObjectOfAnotherShape_IsBadInput()
    {
        string[] quick = ["--starts", "1", "--shape", "32", "--recipe", "5*ER", "--refine-steps", "10", "--quiet"];
        Assert.Equal(0, FringeProgram.Run(["phase", Peak(), "-o", folder.File("first"), .. quick]).Code);
        string[] other = ["--init", folder.File("first/reconstruction.npy"), "--shape", "24", "--quiet"];

        string line = FringeProgram.Run(["phase", Peak(), "-o", folder.File("second"), .. other]).BadInputLine();

        Assert.Contains("32 x 32 x 32", line);
        Assert.Contains("24 x 24 x 24", line);
    }

    [Fact]
    public void Phase_Quiet_PrintsNothing()
    {
        FringeProgram.Outcome outcome = Phase("--quiet");

        Assert.Equal((0, "", ""), (outcome.Code, outcome.Text, outcome.Error));
    }

    [Theory]
    [InlineData("-INT", 130)]
    [InlineData("-TERM", 130)]
    public void Phase_Interrupted_EndsWith130AndLeavesNothing(string signal, int code)
    {
        using Process process = StartLong();
        Send(signal, process);

        // A hang is what this guards against; that it takes under a second is measured elsewhere, not asserted.
        Assert.True(process.WaitForExit(FringeProgram.Patience), "it goes on after the signal");
        Assert.Equal(code, process.ExitCode);
        Assert.Equal(["a.npy"], Names(folder.Path));
    }

    // Native code that loads or computes the network does not look at a token, and crashed when libtorch was taken from under it.
    [Theory]
    [InlineData(300)]
    [InlineData(600)]
    [InlineData(900)]
    [InlineData(1300)]
    public async Task Phase_InterruptedWhileTheNetworkWorks_EndsWithOneLine(int milliseconds)
    {
        using Process process = FringeProgram.Start("phase", WriteCrystal(), "--output", folder.File("result"));
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        Assert.SkipWhen(process.HasExited, "this machine was done before the signal");
        Send("-INT", process);

        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(process.WaitForExit(FringeProgram.Patience), "it goes on after the signal");
        Assert.SkipWhen(process.ExitCode == 0, "this machine was done before it saw the signal");
        // A signal before the program listens ends it at once.
        if (error.Length > 0 || process.ExitCode != 130)
        {
            Assert.Equal("fringe: interrupted; nothing was written", error.TrimEnd('\n').Split('\n')[^1]);
            Assert.DoesNotContain("xception", error);
        }

        Assert.Equal(130, process.ExitCode);
        Assert.Equal(["crystal.npy"], Names(folder.Path));
    }

    [Fact]
    public void Phase_Killed_LeavesNoResultFolder()
    {
        using Process process = StartLong();
        Send("-KILL", process);

        Assert.True(process.WaitForExit(FringeProgram.Patience));
        Assert.False(Directory.Exists(folder.File("result")));
    }

    [Fact]
    public void Inspect_Json_PrintsOnlyJson()
    {
        FringeProgram.Outcome outcome = FringeProgram.Run("inspect", Peak(), "--json");

        Assert.Equal(JsonValueKind.Object, outcome.Json().ValueKind);
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public void Phase_SeveralScans_OneBad_WritesTheOthersAndSaysWhich()
    {
        string good = SamplePatterns.WritePeak(folder.File("scan_1.npy"));
        string bad = folder.File("scan_2.npy");
        File.WriteAllText(bad, "no NPY file");
        string last = SamplePatterns.WritePeak(folder.File("scan_3.npy"));
        string[] series = ["phase", good, bad, last, "-o", folder.File("series"), .. FringeProgram.Quick];

        FringeProgram.Outcome outcome = FringeProgram.Run(series);

        Assert.Equal(2, outcome.Code);
        Assert.Equal(["scan_1", "scan_3"], Names(folder.File("series")));
        Assert.All(Names(folder.File("series")), name => Assert.Equal(Files, Names(folder.File($"series/{name}"))));
        Assert.Contains("fringe: ", outcome.Error);
        Assert.Contains("scan_2.npy", outcome.Error);
        Assert.Contains("2 of 3 scans phased", outcome.Text);
        Assert.Contains("not phased", outcome.Text);
    }

    // files.md, section 31.
    [Fact]
    public void Phase_ThreeRepeatsOfACrystal_GiveThreeResults()
    {
        string[] repeats =
        [
            .. Enumerable.Range(1, 3).Select(n => SamplePatterns.WritePeak(folder.File($"repeat_{n}.npy"))),
        ];

        FringeProgram.Outcome outcome = FringeProgram.Run([
            "phase",
            .. repeats,
            "-o",
            folder.File("series"),
            "--quiet",
            .. FringeProgram.Quick,
        ]);

        Assert.Equal((0, "", ""), (outcome.Code, outcome.Text, outcome.Error));
        Assert.Equal(["repeat_1", "repeat_2", "repeat_3"], Names(folder.File("series")));
        Assert.Equal(
            repeats,
            Names(folder.File("series"))
                .Select(name =>
                    JsonDocument
                        .Parse(File.ReadAllText(folder.File($"series/{name}/metrics.json")))
                        .RootElement.GetProperty("input")
                        .GetString()
                )
        );
    }

    [Fact]
    public void Phase_SeveralScans_Json_IsAListOfTheirMetrics()
    {
        string first = SamplePatterns.WritePeak(folder.File("scan_1.npy"));
        string second = SamplePatterns.WritePeak(folder.File("scan_2.npy"));

        JsonElement[] list =
        [
            .. FringeProgram
                .Run(["phase", first, second, "-o", folder.File("series"), "--json", .. FringeProgram.Quick])
                .Json()
                .EnumerateArray(),
        ];

        Assert.Equal([first, second], list.Select(metrics => metrics.GetProperty("input").GetString()));
        // The same counts and seed: the same object.
        Assert.Equal(list[0].GetProperty("chi").GetDouble(), list[1].GetProperty("chi").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData("other/scan.npy")]
    [InlineData("other/scan.tif")]
    [InlineData("scan.h5")]
    public void Phase_SeveralScansOfOneName_AreRefusedBeforeAnyWork(string name)
    {
        string first = SamplePatterns.WritePeak(folder.File("scan.npy"));
        Directory.CreateDirectory(folder.File("other"));
        string second = SamplePatterns.WritePeak(folder.File(name));

        string line = FringeProgram.Run("phase", first, second, "-o", folder.File("series")).BadInputLine();

        Assert.Contains("one by one", line);
        Assert.False(Directory.Exists(folder.File("series")));
    }

    [Fact]
    public void Phase_MoreFramesThanThereAre_IsOneLine()
    {
        string line = Phase("--frames", "1000").BadInputLine();

        Assert.Contains("the first 1000 cannot be taken", line);
    }

    private FringeProgram.Outcome Phase(params string[] options) =>
        FringeProgram.Run(["phase", Peak(), "--output", folder.File("result"), .. FringeProgram.Quick, .. options]);

    private Process StartLong()
    {
        string[] slow = ["--method", "iterative", "--recipe", "3000*HIO", "--starts", "1", "--shape", "64"];
        Process process = FringeProgram.Start(["phase", Peak(), "--output", folder.File("result"), .. slow]);
        // The first line of progress says that phasing is under way.
        Assert.NotNull(process.StandardError.ReadLine());
        Assert.False(process.HasExited);
        Assert.True(Directory.Exists(folder.File($".result.{process.Id}.partial")));
        return process;
    }

    private static void Send(string signal, Process process)
    {
        using Process kill = Process.Start("kill", [signal, $"{process.Id}"]);
        kill.WaitForExit();
    }

    private string WriteCrystal()
    {
        using ExampleBatch crystal = Examples.Clean(1, 1e7, seed: 4);
        WriteVolume("crystal.npy", crystal.Intensity.data<float>().ToArray());
        return folder.File("crystal.npy");
    }

    private void WriteVolume(string name, float[] values) =>
        File.WriteAllBytes(
            folder.File(name),
            SamplePatterns.Npy("<f4", [32, 32, 32], MemoryMarshal.AsBytes(values.AsSpan()).ToArray())
        );

    private string Peak() => SamplePatterns.WritePeak(folder.File("a.npy"));

    private static string[] Names(string path) =>
        [.. Directory.GetFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order()];
}
