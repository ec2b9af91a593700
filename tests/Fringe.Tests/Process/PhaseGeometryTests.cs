using System.Runtime.InteropServices;
using System.Text.Json;
using Fringe.Learning.Augmentation;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Learning;

namespace Fringe.Tests.Process;

/// <summary><c>fringe phase</c> with a scan's geometry, as a process.</summary>
public sealed class PhaseGeometryTests : IDisposable
{
    private const int Length = 32;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Phase_ScanWithGeometry_GivesTheCrystalInNanometres()
    {
        JsonElement found = Phase("--json", "--reflection", "1,1,1").Json();

        // cos 2 theta = cos delta cos gamma.
        Assert.Equal(34.3163, found.GetProperty("two_theta_deg").GetDouble(), 1e-3);
        Assert.Equal(0.2335, found.GetProperty("d_spacing_nm").GetDouble(), 1e-3);
        Assert.Equal(
            Math.Sqrt(3) * found.GetProperty("d_spacing_nm").GetDouble(),
            found.GetProperty("lattice_constant_nm").GetDouble(),
            1e-12
        );
        double strain = found.GetProperty("strain_rms").GetDouble();
        Assert.InRange(found.GetProperty("strain_bulk_uncertainty").GetDouble(), 1e-3 * strain, 10 * strain);
        Assert.True(File.Exists(folder.File("result/uncertainty.png")));
        double voxel = found.GetProperty("voxel_nm").GetDouble();
        double[] size = [.. "xyz".Select(axis => found.GetProperty($"size_{axis}_nm").GetDouble())];
        Assert.All(size, length => Assert.InRange(length / voxel, 3, 3 * Length));
        Assert.True(File.Exists(folder.File("result/strain.png")));
        string vti = File.ReadAllText(folder.File("result/reconstruction.vti"));
        Assert.Contains(FormattableString.Invariant($"Spacing=\"{voxel:R} {voxel:R} {voxel:R}\""), vti);
        Assert.All(
            new[]
            {
                "amplitude",
                "phase",
                "displacement_nm",
                "strain",
                "displacement_uncertainty_nm",
                "strain_uncertainty",
            },
            name => Assert.Contains($"\"{name}\"", vti)
        );
        Assert.Contains("coloured by strain", File.ReadAllText(folder.File("result/report.html")));
    }

    [Fact]
    public void Phase_ScanWithGeometry_KeepsItInTheCxiFile()
    {
        _ = Phase("--object-frame", "crystal", "--quiet");

        const string read = """
            import h5py, numpy as np, sys
            f = h5py.File(sys.argv[1])
            image = f["entry_1/image_2"]
            g = image["geometry"]
            shape = np.array(f["entry_1/image_1/data"].shape)
            # b_i . a_j = 2 pi / N_j
            product = g["reciprocal_steps"][()].T @ g["direct_steps"][()] * shape / (2 * np.pi)
            q = g["from_laboratory"][()] @ g["scattering_vector"][()]
            print(np.allclose(product, np.eye(3), atol=1e-9), np.allclose(q / np.linalg.norm(q), [0, 1, 0], atol=1e-9),
                  image["data"].shape == image["strain"].shape == image["displacement"].shape == image["strain_uncertainty"].shape,
                  f["entry_1/image_1/phase_uncertainty"].attrs["units"], np.nanmin(image["strain_uncertainty"]) > 0, g["direct_steps"].attrs["units"],
                  f["entry_1/instrument_1/detector_1/distance"][()])
            """;
        Assert.Equal(
            "True True True rad True m 0.5",
            ExternalTool.RunPython(read, [folder.File("result/reconstruction.cxi")], "h5py", "numpy").Trim()
        );
    }

    // What the new result has not must not be left over from the old one.
    [Fact]
    public void Phase_AgainWithoutGeometry_LeavesNoStrain()
    {
        _ = Phase("--quiet");
        string[] again = ["phase", folder.File("crystal.npy"), "-o", folder.File("result"), "--force", "--quiet"];

        FringeProgram.Run([.. again, "--method", "network"]);

        Assert.False(File.Exists(folder.File("result/strain.png")));
        Assert.True(File.Exists(folder.File("result/metrics.json")));
    }

    [Fact]
    public void Phase_FramesThatAreNotThePoints_IsOneLineBeforePhasing()
    {
        string problem = Phase(points: Length + 1).BadInputLine();

        Assert.Contains(
            "has 32 frames, but the scan has 33 points; whether the first or the last point has no frame",
            problem
        );
        Assert.False(Directory.Exists(folder.File("result")));
    }

    // The scan was stopped; the frames after it are not its.
    [Fact]
    public void Phase_StoppedScan_FitsWithTheFirstFrames()
    {
        string problem = Phase(points: Length - 6).BadInputLine();
        JsonElement found = Phase(Length - 6, "--frames", $"{Length - 6}", "--replicas", "0", "--json").Json();

        Assert.Contains(
            "has 32 frames, but the scan has 26 points; if it was stopped after 26, --frames 26 takes the first frames alone",
            problem
        );
        Assert.InRange(found.GetProperty("masked_fraction").GetDouble(), 6.0 / Length - 1e-9, 1);
        Assert.Equal(34.3163, found.GetProperty("two_theta_deg").GetDouble(), 1e-3);
    }

    [Fact]
    public void Phase_PointsOffTheirPlaces_AreNotMeasured()
    {
        string[] geometry = Geometry(Length);
        string[] lines = File.ReadAllLines(folder.File("scan.spec"));
        int first = Array.FindIndex(lines, line => line.StartsWith("#L")) + 1;
        for (int i = 0; i < 4; i++)
        {
            lines[first + i] = FormattableString.Invariant($"{0.2 + (0.01 * (i - 0.8)):F4} 100");
        }

        File.WriteAllLines(folder.File("scan.spec"), lines);
        string[] rest = ["--method", "network", "-o", folder.File("result"), "--replicas", "0", "--json"];

        FringeProgram.Outcome outcome = FringeProgram.Run(["phase", WriteCrystal(), .. geometry, .. rest]);

        Assert.Contains(
            "points 0-3 of 32, counted from 0, stand up to 0.8 steps off their places. Their frames count as not measured.",
            outcome.Json().GetProperty("notes").GetString()
        );
        Assert.InRange(outcome.Json().GetProperty("masked_fraction").GetDouble(), 4.0 / Length - 1e-9, 1);
    }

    // Nothing has been phased when it is said.
    [Theory]
    [InlineData("--distance", "500", "500 m is no distance of a detector; it looks like mm, which is 0.5 m")]
    [InlineData("--pixel", "0.055", "0.055 um is no edge of a pixel; it looks like mm, which is 55 um")]
    [InlineData("--distance", "99 --pixel 0.6", "which is too large: check rocking step, distance and pixel")]
    public void Phase_ImpossibleLength_IsOneLineBeforePhasing(string option, string value, string problem)
    {
        FringeProgram.Outcome outcome = Phase(["--quiet", option, .. value.Split(' ')]);

        Assert.Contains(problem, outcome.BadInputLine());
    }

    [Fact]
    public void Phase_OptionsAgainstTheRecord_AreToldInTheNotes()
    {
        string? notes = Phase("--json", "--replicas", "0", "--energy", "9.5", "--direct-beam", "5000,5000")
            .Json()
            .GetProperty("notes")
            .GetString();

        Assert.Contains("The photon energy is 9.5 keV, as the command line says;", notes);
        Assert.Contains("records 9 keV", notes);
        Assert.Contains("The pixel of the direct beam puts the peak", notes);
    }

    // They are told before minutes are spent, too, and not of what agrees.
    [Fact]
    public void Phase_EnergyAgainstTheRecord_IsToldBeforePhasing()
    {
        string told = Phase("--replicas", "0", "--energy", "9.5").Error;
        string agreed = Phase("--replicas", "0", "--energy", "9", "--direct-beam", "16,16", "--force").Error;

        string[] lines = told.Split('\n');
        Assert.True(
            Array.FindIndex(lines, line => line.StartsWith("note: The photon energy is 9.5 keV")) is >= 0 and var place
                && place < Array.FindIndex(lines, line => line.Contains("chi"))
        );
        Assert.DoesNotContain("note", agreed);
    }

    [Fact]
    public void Phase_NoFreeVoxels_SaysWhatTheUncertaintyLacks()
    {
        JsonElement found = Phase("--json", "--free-fraction", "0").Json();

        Assert.Contains("Without free voxels the uncertainty", found.GetProperty("notes").GetString());
        Assert.Equal(JsonValueKind.Null, found.GetProperty("uncertainty_widening").ValueKind);
    }

    [Fact]
    public void Phase_ScanWithGeometry_SaysWhereItIsFrom()
    {
        JsonElement found = Phase("--json", "--replicas", "0", "--direct-beam", "16,17").Json();

        Assert.Equal("34-ID-C", found.GetProperty("beamline").GetString());
        Assert.Equal($"{folder.File("scan.spec")} [scan 3]", found.GetProperty("scan").GetString());
        Assert.Equal("16, 17", found.GetProperty("direct_beam").GetString());
        Assert.Equal(9000, found.GetProperty("energy_ev").GetDouble());
        Assert.Equal(0.5, found.GetProperty("detector_distance_m").GetDouble());
        Assert.Equal(55, found.GetProperty("pixel_um").GetDouble(), 1e-9);
    }

    [Fact]
    public void Phase_SeveralScansWithOneGeometry_IsBadInput()
    {
        string crystal = WriteCrystal();
        string[] arguments = ["phase", crystal, folder.File("b.npy"), .. Geometry(Length), "-o", folder.File("result")];

        Assert.Contains("a geometry belongs to one scan", FringeProgram.Run(arguments).BadInputLine());
    }

    [Theory]
    [InlineData("--object-frame", "crystal", "--object-frame needs a geometry")]
    [InlineData("--reflection", "111", "--reflection needs a geometry")]
    [InlineData("--reflection", "0,0,0", "direct beam")]
    [InlineData("--reflection", "11", "no reflection")]
    public void Phase_OptionOfAGeometryWithoutOne_IsBadInput(string option, string value, string problem) =>
        Assert.Contains(problem, FringeProgram.Run(["phase", WriteCrystal(), option, value]).BadInputLine());

    private FringeProgram.Outcome Phase(params string[] options) => Phase(Length, options);

    private FringeProgram.Outcome Phase(int points, params string[] options) =>
        FringeProgram.Run([
            "phase",
            WriteCrystal(),
            "--method",
            "network",
            "-o",
            folder.File("result"),
            .. Geometry(points),
            .. options,
        ]);

    private string[] Geometry(int points)
    {
        string[] rows =
        [
            .. Enumerable.Range(0, points).Select(i => FormattableString.Invariant($"{0.2 + (0.01 * i):F4} 100")),
        ];
        File.WriteAllText(
            folder.File("scan.spec"),
            $"""
            #F scan.spec
            #O0 Theta  Chi  Phi  Delta  Gamma  Energy  camdist

            #S 3 ascan Theta 0.2 0.51 31 1
            #P0 0.2 90 -5 32.174 12.6346 9 500
            #N 2
            #L Theta  Monitor
            {string.Join('\n', rows)}

            """
        );
        return ["--beamline", "34-ID-C", "--spec", folder.File("scan.spec"), "--scan", "3"];
    }

    private string WriteCrystal()
    {
        using ExampleBatch crystal = Examples.Clean(1, 1e7, seed: 4);
        float[] values = crystal.Intensity.data<float>().ToArray();
        byte[] bytes = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        File.WriteAllBytes(folder.File("crystal.npy"), SamplePatterns.Npy("<f4", [Length, Length, Length], bytes));
        return folder.File("crystal.npy");
    }
}
