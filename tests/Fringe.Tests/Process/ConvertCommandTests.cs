using System.Text.Json;
using Fringe.Tests.Formats.OddFiles;

namespace Fringe.Tests.Process;

/// <summary><c>fringe convert</c> as a process: what it writes is phased to the same bytes.</summary>
public sealed class ConvertCommandTests : IDisposable
{
    private static readonly string[] Quick =
    [
        "--method",
        "iterative",
        "--recipe",
        "3*ER",
        "--starts",
        "1",
        "--replicas",
        "0",
        "--threads",
        "1",
        "--json",
    ];

    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Convert_ToEveryKind_IsPhasedAsTheScanItselfIs()
    {
        string[] geometry = MakeScan();
        JsonElement direct = Phase("direct", ["phase", files["scan.npy"], .. geometry]);
        byte[] crystal = ObjectOf("direct");

        foreach (string name in new[] { "x.npz", "x.cxi", "x.npy" })
        {
            JsonElement said = FringeProgram
                .Run(["convert", files["scan.npy"], .. geometry, "-o", files[name], "--json"])
                .Json();
            // The command that is printed, as it is printed.
            string[] words = said.GetProperty("PhaseIt").GetString()!.Split(' ');
            JsonElement again = Phase(name, words[1..]);

            Assert.Equal("fringe phase", string.Join(' ', words[..2]));
            // An NPY file does not say where the pattern lay, by which free voxels are chosen.
            Assert.Equal(name != "x.npy", crystal.SequenceEqual(ObjectOf(name)));
            Assert.Equal(direct.GetProperty("photons").GetDouble(), again.GetProperty("photons").GetDouble());
            Assert.Equal(said.GetProperty("Photons").GetDouble(), again.GetProperty("photons").GetDouble());
            Assert.Equal(
                said.GetProperty("MaskedFraction").GetDouble(),
                again.GetProperty("masked_fraction").GetDouble()
            );
            if (name == "x.cxi")
            {
                Assert.All(
                    new[] { "two_theta_deg", "d_spacing_nm", "voxel_nm", "size_x_nm", "strain_bulk_rms" },
                    figure =>
                        Assert.Equal(
                            direct.GetProperty(figure).GetDouble(),
                            again.GetProperty(figure).GetDouble(),
                            1e-9 * Math.Abs(direct.GetProperty(figure).GetDouble())
                        )
                );
            }
        }
    }

    [Fact]
    public void Convert_FileThatIsThere_NeedsForce()
    {
        files.Make("np.save('scan.npy', stack())");
        string[] words = ["convert", files["scan.npy"], "-o", files["deep/x.npz"]];

        FringeProgram.Outcome first = FringeProgram.Run(words);
        byte[] bytes = File.ReadAllBytes(files["deep/x.npz"]);

        Assert.Equal(0, first.Code);
        Assert.Contains("photons", first.Text);
        Assert.Contains($"phase it: fringe phase {files["deep/x.npz"]}", first.Text);
        Assert.Contains("--force", FringeProgram.Run(words).BadInputLine());
        Assert.Equal("", FringeProgram.Run([.. words, "--force", "--quiet"]).Text);
        Assert.Equal(bytes, File.ReadAllBytes(files["deep/x.npz"]));
        Assert.Single(Directory.GetFileSystemEntries(files["deep"]));
    }

    [Fact]
    public void Convert_SeveralScans_GoesOnAfterABadOne()
    {
        files.Make("np.save('a.npy', stack()); np.save('b.npy', stack() * 0); np.save('c.npy', stack(seed=2))");
        string[] scans = [files["a.npy"], files["b.npy"], files["c.npy"]];

        FringeProgram.Outcome outcome = FringeProgram.Run(["convert", .. scans, "-o", files["*.npz"], "--json"]);

        Assert.Equal(2, outcome.Code);
        JsonElement[] said = [.. JsonDocument.Parse(outcome.Text).RootElement.EnumerateArray()];
        Assert.Equal(
            [files["a.npz"], files["b.npz"], files["c.npz"]],
            said.Select(one => one.GetProperty("Output").GetString()!)
        );
        Assert.Contains("holds a photon", said[1].GetProperty("Problem").GetString());
        Assert.True(File.Exists(files["a.npz"]) && File.Exists(files["c.npz"]));
        Assert.False(File.Exists(files["b.npz"]));
    }

    [Theory]
    [InlineData("--output is missing")]
    [InlineData("expected a file .npz, .cxi or .npy", "-o", "x.tif")]
    [InlineData("no such option", "--what", "-o", "x.npz")]
    [InlineData("--bin must be", "-o", "x.npz", "--bin", "0")]
    public void Convert_WrongCommandLine_IsOneLine(string expected, params string[] words)
    {
        files.Make("np.save('scan.npy', stack())");

        Assert.Contains(expected, FringeProgram.Run(["convert", files["scan.npy"], .. words]).BadInputLine());
    }

    private JsonElement Phase(string name, string[] words) =>
        FringeProgram.Run([.. words, .. Quick, "-o", files[$"{name}-result"]]).Json();

    private byte[] ObjectOf(string name) => File.ReadAllBytes(files[$"{name}-result/reconstruction.npy"]);

    // A gap, a saturated voxel, a hot one; the direct beam is known.
    private string[] MakeScan()
    {
        files.Make(
            """
            d = np.roll(stack("u2"), (-6, 5), (0, 1))
            d[:, :, 36:39] = 65535
            d[14, 27, 26] = 65535
            d[30, 5, 5] = 900
            np.save("scan.npy", d)
            open("geometry.json", "w").write('''
            {"angles_deg": {"Theta": [0.1, 0.3], "Chi": 90, "Phi": -5, "Delta": 32.174, "Gamma": 12.6346}, "points": 41,
             "energy_kev": 9, "distance_m": 0.5, "direct_beam": [26, 31]}''')
            """
        );
        return ["--beamline", "34-ID-C", "--geometry", files["geometry.json"]];
    }
}
