using Fringe.Core;
using Fringe.Formats;
using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;
using PureHDF;

namespace Fringe.Tests.Formats.Beamlines;

/// <summary>
/// NeXus files of SOLEIL as public readers expect them (bcdi, cdiutils, binoculars): what was recorded is numbered and labelled with its
/// device, where motors stood is under the beamline's name.
/// </summary>
public sealed class SoleilScanFileTests : IDisposable
{
    private static readonly double[] Rocked = [.. Enumerable.Range(0, 41).Select(i => 11 + (0.005 * i))];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("i06-c-c07/ex/mg_omega/position", null)]
    [InlineData("I06-C-C07/EX/MG_OMEGA/position", null)]
    [InlineData(null, "ascan_i06-c-c07-ex-mg_omega")]
    [InlineData(null, "scan omega")]
    public void From_Cristal_IsItsGeometry(string? label, string? scanName)
    {
        RockingScan scan = Scan("CRISTAL", Cristal(label, scanName));

        Assert.Equal(41, scan.Points);
        Assert.Equal(0, scan.Geometry.RockingCircle);
        Assert.Equal(0.005, Degrees(scan.Geometry.RockingStepRadians), 1e-9);
        Assert.Equal([11, 5], scan.Geometry.SampleAnglesRadians.Select(Degrees));
        Assert.Equal([0.5, 33], scan.Geometry.DetectorAnglesRadians.Select(Degrees));
        Assert.Equal(8500, scan.Geometry.EnergyElectronvolts, 1e-9);
        Assert.Equal("exp_0012", scan.Group);
    }

    [Theory]
    [InlineData("i06-c-c07/ex/mg_phi/position", null)]
    [InlineData(null, "phi")]
    public void From_CristalRocksPhi_IsPhi(string? label, string? scanName)
    {
        RockingScan scan = Scan("CRISTAL", Cristal(label, scanName));

        Assert.Equal(1, scan.Geometry.RockingCircle);
        Assert.Equal([10, 11], scan.Geometry.SampleAnglesRadians.Select(Degrees));
    }

    // Which motor it was cannot be known.
    [Fact]
    public void From_CristalWithoutAName_IsRefused() =>
        Assert.Contains(
            "turns none of the circles; a rocking scan turns one of mgomega, mgphi",
            Message("CRISTAL", Cristal(null, null))
        );

    [Fact]
    public void From_CristalScansADetectorsCircle_IsRefused() =>
        Assert.Contains("turns delta of the circles", Message("CRISTAL", Cristal(null, "delta")));

    [Fact]
    public void From_CristalInMillionthsOfADegree_IsRefused() =>
        Assert.Contains(
            "is no angle in degrees",
            Message("CRISTAL", Cristal("i06-c-c07/ex/mg_omega/position", null, scale: 1e6))
        );

    [Fact]
    public void From_SixsStepByStep_IsItsGeometry()
    {
        H5Group data = new()
        {
            ["actuator_1_1"] = Labelled(Rocked, "i14-c-cx1/ex/med-v-dif-group.1/mu"),
            ["data_01"] = Labelled(Rocked.Select(_ => 0.2), "i14-c-cx1/ex/diff-med-tpp/pitch"),
            ["data_02"] = Labelled(Rocked.Select(_ => 0.5), "i14-c-cx1/ex/med-v-dif-group.1/gamma"),
            ["data_03"] = Labelled(Rocked.Select(_ => 33.0), "i14-c-cx1/ex/med-v-dif-group.1/delta"),
            ["data_04"] = Labelled(Rocked.Select(_ => 0.25), "i14-c-cx1/ex/med-v-dif-group.1/beta"),
            ["data_05"] = Labelled(
                Rocked.Select(value => 7 * value),
                "i14-c-cx1/ex/panda_correction_med/mu_correction"
            ),
        };

        RockingScan scan = Scan("SIXS", Sixs(data, new()));

        Assert.Equal(1, scan.Geometry.RockingCircle);
        Assert.Equal([0.25, 11], scan.Geometry.SampleAnglesRadians.Select(Degrees));
        Assert.Equal([0.25, 0.5, 33], scan.Geometry.DetectorAnglesRadians.Select(Degrees));
        Assert.Equal(8500, scan.Geometry.EnergyElectronvolts, 1e-9);
    }

    // Before March 2019 it was recorded as the pitch of the table.
    [Fact]
    public void From_SixsWithThePitch_IsBeta()
    {
        H5Group data = new()
        {
            ["actuator_1_1"] = Labelled(Rocked, "i14-c-cx1/ex/mu-med-h/mu"),
            ["data_01"] = Labelled(Rocked.Select(_ => 0.2), "i14-c-cx1/ex/diff-med-tpp/pitch"),
            ["data_02"] = Labelled(Rocked.Select(_ => 0.5), "i14-c-cx1/ex/med-h-dif-group.1/gamma"),
            ["data_03"] = Labelled(Rocked.Select(_ => 33.0), "i14-c-cx1/ex/med-h-dif-group.1/delta"),
        };

        Assert.Equal([0.2, 11], Scan("SIXS", Sixs(data, new())).Geometry.SampleAnglesRadians.Select(Degrees));
    }

    [Fact]
    public void From_SixsOnTheFly_IsItsGeometry()
    {
        H5Group data = new()
        {
            ["mu"] = Rocked,
            ["gamma"] = Rocked.Select(_ => 0.5).ToArray(),
            ["delta"] = Rocked.Select(_ => 33.0).ToArray(),
            ["beta"] = Rocked.Select(_ => 0.25).ToArray(),
        };

        Assert.Equal([0.25, 11], Scan("SIXS", Sixs(data, new())).Geometry.SampleAnglesRadians.Select(Degrees));
    }

    [Fact]
    public void From_SixsWhereMotorsStood_IsItsGeometry()
    {
        H5Group data = new() { ["actuator_1_1"] = Labelled(Rocked, "i14-c-cx1/ex/med-v-dif-group.1/mu") };
        H5Group stood = new()
        {
            ["mu"] = new H5Group() { ["position"] = 11.1 },
            ["gamma"] = new H5Group() { ["position"] = new[] { 0.5 } },
            ["delta"] = new H5Group() { ["position"] = 33.0 },
            ["beta"] = new H5Group() { ["position"] = 0.25 },
        };

        RockingScan scan = Scan("SIXS", Sixs(data, new() { ["i14-c-cx1-ex-med-v-dif-group.1"] = stood }));

        Assert.Equal([0.25, 11], scan.Geometry.SampleAnglesRadians.Select(Degrees));
        Assert.Equal([0.25, 0.5, 33], scan.Geometry.DetectorAnglesRadians.Select(Degrees));
    }

    [Fact]
    public void ReadVolume_TheScansGroup_HasTheFrames()
    {
        string path = Cristal("i06-c-c07/ex/mg_omega/position", null);

        Assert.Equal(
            "/exp_0012/scan_data/data_04",
            MeasurementFile
                .ReadVolume(path, new() { Dataset = "exp_0012" }, TestContext.Current.CancellationToken)
                .Dataset
        );
    }

    private static RockingScan Scan(string name, string path)
    {
        BeamlineDefinition beamline = BeamlineLibrary.Find(name);
        return RockingScan.From(beamline, Hdf5ScanFile.Read(path, null, beamline), new() { DistanceMetres = 1 });
    }

    private static string Message(string name, string path) =>
        Assert.Throws<InputException>(() => Scan(name, path)).Message;

    private static double Degrees(double radians) => Math.Round(radians * 180 / Math.PI, 9);

    private static H5Dataset Labelled(IEnumerable<double> values, string? label)
    {
        H5Dataset dataset = new(values.ToArray());
        if (label is not null)
        {
            dataset.Attributes["long_name"] = label;
        }

        return dataset;
    }

    private string Cristal(string? label, string? scanName, double scale = 1)
    {
        H5Group entry = new()
        {
            ["CRISTAL"] = new H5Group()
            {
                ["Diffractometer"] = new H5Group()
                {
                    ["i06-c-c07-ex-dif-gamma"] = new H5Group() { ["position"] = new[] { 0.5 } },
                    ["I06-C-C07-EX-DIF-DELTA"] = new H5Group() { ["position"] = new[] { 33.0 } },
                },
                ["i06-c-c07-ex-mg_omega"] = new H5Group() { ["position"] = 10.0 * scale },
                ["i06-c-c07-ex-mg_phi"] = new H5Group() { ["position"] = 5.0 },
                ["Monochromator"] = new H5Group() { ["energy"] = new[] { 8.5 } },
            },
            ["scan_data"] = new H5Group()
            {
                ["actuator_1_1"] = Labelled(Rocked.Select(value => value * scale), label),
                ["data_04"] = new H5Dataset(new float[41 * 12], fileDims: [41, 3, 4]),
            },
        };
        if (scanName is not null)
        {
            entry["scan_config"] = new H5Group() { ["name"] = scanName };
        }

        return Write("exp_0012", entry);
    }

    private string Sixs(H5Group data, H5Group motors)
    {
        motors["i14-c-c02-op-mono"] = new H5Group() { ["energy"] = new[] { 8.5 } };
        return Write("com", new() { ["scan_data"] = data, ["SIXS"] = motors });
    }

    private string Write(string name, H5Group entry)
    {
        string path = folder.File($"{Guid.NewGuid():N}.nxs");
        new H5File { [name] = entry }.Write(path);
        return path;
    }
}
