using System.Text.Json;
using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Simulation.CrystalSets;

namespace Fringe.Tests.Process;

/// <summary><c>fringe simulate report</c> and <c>fringe inspect</c> on sets of made-up crystals, as a user runs them.</summary>
public sealed class SimulateReportCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Report_FinishedSet_WritesPagePicturesAndNumbers()
    {
        string set = Set(7);

        FringeProgram.Outcome outcome = FringeProgram.Run("simulate", "report", set);

        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Equal("", outcome.Error);
        Assert.StartsWith("7 crystals, 360 per hour", outcome.Text);
        foreach (string picture in new[] { "report-crystals.png", "report-figures.png", "report-throughput.png" })
        {
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(Path.Combine(set, picture))[..4]);
            Assert.Contains(picture, outcome.Text);
        }

        string page = File.ReadAllText(Path.Combine(set, "report.html"));
        Assert.Contains("<strong>7</strong>", page);
        Assert.Contains("edge 6 to 8 nm", page);
        Assert.DoesNotContain("not finished", page);
        Assert.DoesNotContain("http:", page);
    }

    // By hand: crystal i = 0..6 has 1000 (i + 1) atoms, reaches (10 + i) 0.4 nm and has 0.2 (i + 1) % strain left.
    [Fact]
    public void Report_Json_HasTheValuesComputedByHand()
    {
        string set = Set(7);
        WriteExample(set, 0, 2.5);
        WriteExample(set, 1, 3.5);

        FringeProgram.Run("simulate", "report", set, "--quiet");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(set, "report.json")));
        JsonElement report = json.RootElement;
        Assert.Equal(7, report.GetProperty("crystals").GetInt32());
        Assert.Equal(3, report.GetProperty("clamped").GetInt32());
        Assert.Equal("3 2 2", string.Join(' ', report.GetProperty("splits").EnumerateObject().Select(p => p.Value)));
        Assert.True(report.GetProperty("is_finished").GetBoolean());
        Assert.Equal(7, report.GetProperty("provenance").GetProperty("seed").GetInt32());
        Expect(report, "atoms", "", 1000, 4000, 7000);
        Expect(report, "crystal_size", "nm", 4, 5.2, 6.4);
        Expect(report, "block_edge", "nm", 6, 6.3, 6.6);
        Expect(report, "strain_left", "%", 0.2, 0.8, 1.4);
        // sqrt(0.003^2 + (0.004 sqrt 2)^2 / 2) = 0.005.
        Expect(report, "applied_strain", "%", 0.5, 0.5, 0.5);
        Expect(report, "facets", "", 4, 7, 10);
        Expect(report, "second_steps", "", 1, 8, 64);
        Expect(report, "oversampling", "", 2.5, 3, 3.5);
        Expect(report, "lammps_seconds", "s", 9, 9, 9);
        JsonElement speed = report.GetProperty("throughput");
        Assert.Equal(360, speed.GetProperty("crystals_per_hour").GetDouble(), 3);
        Assert.Equal(0.9, speed.GetProperty("share_inside_lammps").GetDouble(), 6);
        Assert.Equal(1, speed.GetProperty("crystals_at_a_time").GetDouble(), 6);
    }

    [Fact]
    public void Report_SetBeingMade_SaysSoFarAndCountsEachCrystalOnce()
    {
        string set = Set(5);
        // 3 has just gone into the shard and still stands by itself.
        SampleSets.WritePart(set, 3);
        SampleSets.WritePart(set, 6);
        File.AppendAllText(Path.Combine(set, "crystals.csv"), "2026-11-25T08:01:40.000Z,6,0,ma");

        FringeProgram.Outcome outcome = FringeProgram.Run(
            "simulate",
            "report",
            set,
            "-o",
            folder.File("out/gold.html")
        );

        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.StartsWith("6 crystals so far", outcome.Text);
        Assert.Contains("not finished: 6 crystals so far", File.ReadAllText(folder.File("out/gold.html")));
        Assert.True(File.Exists(folder.File("out/gold-crystals.png")));
        Assert.Equal(
            ["crystals-00000.h5", "crystals.csv", "parts", "set.json"],
            Directory.GetFileSystemEntries(set).Select(file => Path.GetFileName(file)).Order()
        );
    }

    [Fact]
    public void Report_WithoutLog_LeavesTheThroughputOut()
    {
        string set = Set(2);
        File.Delete(Path.Combine(set, "crystals.csv"));

        FringeProgram.Outcome outcome = FringeProgram.Run("simulate", "report", set);

        Assert.StartsWith("2 crystals\n", outcome.Text);
        Assert.False(File.Exists(Path.Combine(set, "report-throughput.png")));
        Assert.Contains("no log", File.ReadAllText(Path.Combine(set, "report.html")));
    }

    [Fact]
    public void Report_BadInput_IsOneLine()
    {
        Assert.Contains("no such folder", Report(folder.File("nothing")));
        string empty = Directory.CreateDirectory(folder.File("empty")).FullName;
        Assert.Contains("holds no set of crystals", Report(empty));
        File.WriteAllText(Path.Combine(empty, "set.json"), """{"of": "another program"}""");
        Assert.Contains("holds no set of crystals", Report(empty));
        SampleSets.WriteIdentity(empty);
        Assert.Contains("no crystal yet", Report(empty));
        string set = Set(2);
        string shard = Path.Combine(set, "crystals-00000.h5");
        Assert.Contains("is a file", Report(shard));
        Assert.Contains("is a folder", Report(set, "-o", empty));
        Assert.Contains(".html", Report(set, "-o", folder.File("page.txt")));
        Assert.Contains("--crystals", Report(set, "--crystals", "0"));
        Assert.Contains("cannot be written", Report(set, "-o", "/proc/fringe/report.html"));
        File.WriteAllBytes(shard, File.ReadAllBytes(shard)[..2000]);
        Assert.Contains("truncated", Report(set));
        Assert.False(File.Exists(Path.Combine(set, "report.html")));
    }

    [Fact]
    public void Inspect_Shard_TellsWhatItHolds()
    {
        string shard = Path.Combine(Set(7), "crystals-00000.h5");

        JsonElement json = FringeProgram.Run("inspect", "--json", shard).Json();
        string text = FringeProgram.Run("inspect", shard).Text;

        Assert.Equal("HDF5, crystals made by fringe simulate", json.GetProperty("Format").GetString());
        Assert.Equal("5", Metadata(json, "crystals"));
        Assert.Equal("3", Metadata(json, "for training"));
        Assert.Equal("7", Metadata(json, "seed"));
        Assert.Equal("29 Sep 2021", Metadata(json, "LAMMPS version"));
        Assert.Equal("Au_u3.eam", Metadata(json, "potential"));
        using JsonDocument recipe = JsonDocument.Parse(Metadata(json, "recipe"));
        Assert.Equal(0.4, recipe.RootElement.GetProperty("clamped_fraction").GetDouble());
        Assert.Contains("HDF5, crystals made by fringe simulate", text);
        Assert.Contains("5 x 16 x 16 x 16", text);
    }

    [Fact]
    public void Inspect_Set_CountsCrystalsAndShards()
    {
        string set = Set(7);
        SampleSets.WritePart(set, 8);
        WriteExample(set, 0, 2);

        JsonElement json = FringeProgram.Run("inspect", "--json", set).Json();

        Assert.Equal("set of crystals made by fringe simulate, not finished", json.GetProperty("Format").GetString());
        Assert.Equal("8", Metadata(json, "crystals"));
        Assert.Equal("2", Metadata(json, "shards"));
        Assert.Equal("1", Metadata(json, "crystals whose shard is not complete"));
        Assert.Equal("1", Metadata(json, "examples"));
        long bytes = new DirectoryInfo(set)
            .GetFiles("crystal*.h5", SearchOption.AllDirectories)
            .Sum(file => file.Length);
        long examples = new FileInfo(Path.Combine(set, "examples", "crystal-0000000.h5")).Length;
        Assert.Equal($"{bytes - examples}", Metadata(json, "size of the crystals' files"));
        JsonElement density = json.GetProperty("Arrays")[0];
        Assert.Equal("/density", density.GetProperty("Name").GetString());
        Assert.Equal(8 * 16 * 16 * 16, density.GetProperty("Bytes").GetInt64());
    }

    [Fact]
    public void Phase_Crystals_SaysTheyAreNoMeasurement()
    {
        string set = Set(2);

        foreach (string input in new[] { set, Path.Combine(set, "crystals-00000.h5") })
        {
            string line = FringeProgram.Run("phase", input, "-o", folder.File("result")).BadInputLine();

            Assert.Contains("holds simulated crystals (made by fringe simulate), not a measurement", line);
        }

        Assert.False(Directory.Exists(folder.File("result")));
    }

    private string Set(int count)
    {
        string set = folder.File("set");
        SampleSets.Write(set, count);
        return set;
    }

    private static string Report(params string[] arguments) =>
        FringeProgram.Run(["simulate", "report", .. arguments]).BadInputLine();

    private static void WriteExample(string set, int index, double oversampling)
    {
        Directory.CreateDirectory(Path.Combine(set, "examples"));
        BraggExampleFile.Write(
            Path.Combine(set, "examples", $"crystal-{index:D7}.h5"),
            new RealVolume(new float[64], 4, 4, 4),
            new ComplexVolume(new float[128], 4, 4, 4),
            new MillerIndices(1, 1, 1),
            0.3,
            oversampling
        );
    }

    private static void Expect(JsonElement report, string key, string unit, double least, double median, double most)
    {
        JsonElement figure = report.GetProperty("figures").GetProperty(key);
        Assert.Equal(unit, figure.GetProperty("unit").GetString());
        Assert.NotEqual("", figure.GetProperty("name").GetString());
        Assert.Equal(least, figure.GetProperty("least").GetDouble(), 6);
        Assert.Equal(median, figure.GetProperty("median").GetDouble(), 6);
        Assert.Equal(most, figure.GetProperty("most").GetDouble(), 6);
    }

    private static string Metadata(JsonElement file, string name) =>
        file.GetProperty("Metadata")
            .EnumerateArray()
            .Single(item => item.GetProperty("Name").GetString() == name)
            .GetProperty("Value")
            .GetString()!;
}
