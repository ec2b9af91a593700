using System.Text.Json;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Process;

/// <summary><c>fringe simulate scan</c> and what it is for: a whole chain whose answer is known.</summary>
public sealed class SimulateScanCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The command that it prints phases it, as it stands.
    [Fact]
    public void SimulateScan_ThenPhase_GivesTheCrystalsSize()
    {
        string[] faults = ["--gap", "3", "--hot", "10", "--flat-field", "0.1"];
        string printed = FringeProgram
            .Run([
                "simulate",
                "scan",
                "-o",
                folder.File("scan"),
                "--beamline",
                "ID01",
                "--size-nm",
                "120",
                "--shape",
                "48,64,64",
                .. faults,
            ])
            .Text;
        string command = printed.Split("phase it: fringe ")[1].Trim();

        JsonElement found = FringeProgram
            .Run([.. command.Split(' '), "-o", folder.File("result"), "--method", "network", "--json"])
            .Json();

        Assert.Equal(0.2355, found.GetProperty("d_spacing_nm").GetDouble(), 2e-4);
        JsonElement truth = JsonDocument.Parse(File.ReadAllText(folder.File("scan/truth.json"))).RootElement;
        double voxels = found.GetProperty("voxel_nm").GetDouble() + truth.GetProperty("voxel_nm").GetDouble();
        Assert.All(
            "xyz".Select(axis => $"size_{axis}_nm"),
            size => Assert.Equal(truth.GetProperty(size).GetDouble(), found.GetProperty(size).GetDouble(), voxels)
        );
        Assert.InRange(truth.GetProperty("size_x_nm").GetDouble(), 80, 140);
        // --strain is along the wave's own direction, of which Q has 0.8.
        Assert.Equal(0.8 * 5e-4, truth.GetProperty("strain_max").GetDouble(), 1e-5);
        Assert.InRange(truth.GetProperty("strain_min").GetDouble(), -4e-4, 3e-4);
        Assert.InRange(found.GetProperty("strain_bulk_rms").GetDouble(), 5e-5, 5e-4);
        Assert.Contains(
            "No measured data has confirmed the definition of ID01",
            found.GetProperty("notes").GetString()
        );
        Assert.True(File.Exists(folder.File("result/strain.png")));
    }

    // A definition of one's own is known by its file, and a folder may have a space in its name.
    [Fact]
    public void SimulateScan_BeamlineFromAFile_PrintsACommandThatFindsIt()
    {
        string own = folder.File("my line.json");
        File.Copy(Path.Combine(Repository.Root, "src/Fringe.Formats/Beamlines/Definitions/P10.json"), own);
        string[] small = ["--shape", "16,24,24", "--size-nm", "60"];

        string printed = FringeProgram
            .Run(["simulate", "scan", "-o", folder.File("a scan"), "--beamline", own, .. small])
            .Text;

        Assert.Contains($"--beamline '{own}'", printed);
        Assert.Contains($"--spec '{folder.File("a scan/scan.spec")}'", printed);
    }

    // beta of SIXS carries sample and detector; what is printed must be phased, not refused.
    [Theory]
    [InlineData("SIXS")]
    [InlineData("I16", "--pixel", "55")]
    public void SimulateScan_MotorThatCarriesTheDetector_DoesNotRock(string beamline, params string[] pixel)
    {
        string[] small = ["--shape", "16,24,24", "--size-nm", "60", .. pixel];
        string printed = FringeProgram
            .Run(["simulate", "scan", "-o", folder.File("scan"), "--beamline", beamline, .. small])
            .Text;
        string[] command = [.. printed.Split("phase it: fringe ")[1].Trim().Split(' ')];

        JsonElement facts = FringeProgram.Run(["inspect", .. command[1..], "--json"]).Json();

        string metadata = facts.GetProperty("Metadata").ToString();
        Assert.Contains("16 points", metadata);
        Assert.DoesNotContain("beta, 16 points", metadata);
        Assert.Contains("0.2355", metadata);
    }

    [Theory]
    [InlineData("no beamline 'nowhere' is known", "--beamline", "nowhere")]
    [InlineData("--size-nm must lie between 1 and 100 000", "--size-nm", "-3")]
    [InlineData("it looks like eV", "--energy", "9000")]
    [InlineData("needs a beamline whose detector turns", "--beamline", "ID27")]
    public void SimulateScan_Mistake_IsOneLineAndLeavesNothing(string problem, string option, string value)
    {
        string[] arguments = ["simulate", "scan", "-o", folder.File("scan"), option, value];

        Assert.Contains(problem, FringeProgram.Run(arguments).BadInputLine());
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
