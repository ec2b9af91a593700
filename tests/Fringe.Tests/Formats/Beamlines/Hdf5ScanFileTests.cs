using Fringe.Core;
using Fringe.Formats;
using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;
using PureHDF;

namespace Fringe.Tests.Formats.Beamlines;

/// <summary>Geometry that control systems left in HDF5 files.</summary>
public sealed class Hdf5ScanFileTests : IDisposable
{
    private static readonly double[] Eta = [10, 10.01, 10.02, 10.03, 10.04];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("7.1", 7)]
    [InlineData("7.1", null)]
    [InlineData("Pt_007.1", 7)]
    public void Read_Bliss_IsTheScan(string group, int? number)
    {
        string path = Write(new() { [group] = Bliss() });

        RockingScan scan = Scan(path, number);

        Assert.Equal(5, scan.Points);
        Assert.Equal(group, scan.Group);
        Assert.Equal(0.01 * Math.PI / 180, scan.Geometry.RockingStepRadians, 1e-12);
        Assert.Equal(13_000, scan.Geometry.EnergyElectronvolts);
        Assert.Equal(0.83, scan.Geometry.DistanceMetres);
        Assert.Equal(75e-6, scan.Geometry.RowPitchMetres, 1e-12);
        // mu, eta, phi of the sample; nu, delta of the detector.
        Assert.Equal([0, 10, 30], scan.Geometry.SampleAnglesRadians.Select(Degrees));
        Assert.Equal([2, 35], scan.Geometry.DetectorAnglesRadians.Select(Degrees));
    }

    [Fact]
    public void Read_SeveralScans_AreToldApart()
    {
        string path = Write(
            new()
            {
                ["3.1"] = Bliss(),
                ["3.2"] = Bliss(),
                ["4.1"] = Bliss(phi: 31),
                ["5.1"] = Bliss(),
            }
        );

        Assert.Equal(31, Degrees(Scan(path, 4).Geometry.SampleAnglesRadians[2]), 1e-9);
        Assert.Contains("choose one with `ScanNumber`; it has 3 scans: 3-5", Message(path, null));
        Assert.Contains("has no scan 6; it has 3 scans: 3-5", Message(path, 6));
    }

    [Fact]
    public void Read_OneScanWithSlowCounters_NeedsNoNumber() =>
        Assert.Equal("3.1", Scan(Write(new() { ["3.1"] = Bliss(), ["3.2"] = Bliss() }), null).Group);

    // BLISS' master files hold links alone.
    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    public void Read_MasterWithLinks_FollowsThem(int? number)
    {
        string path = Write(new() { ["7.1"] = Bliss() });
        string master = folder.File("master.h5");
        ExternalTool.RunPython(
            "import sys, h5py\nh5py.File(sys.argv[1], 'w')['7.1'] = h5py.ExternalLink(sys.argv[2], '/7.1')",
            [master, Path.GetFileName(path)],
            "h5py"
        );

        Assert.Equal("7.1", Scan(master, number).Group);
        Assert.Equal(5, MeasurementFile.ReadVolume(master, new() { Dataset = "7.1" }, Cancelled).Intensity.Depth);
    }

    // The mask is as large as the measurement; the group's own marker tells them apart.
    [Fact]
    public void ReadVolume_AGroupWithAMarker_TakesWhatItMarks()
    {
        H5Group entry = new() { ["data"] = Stack(5), ["mask"] = Stack(5) };
        entry.Attributes["signal"] = "data";
        string path = Write(new() { ["entry_3"] = entry });

        Assert.Equal(
            "/entry_3/data",
            MeasurementFile.ReadVolume(path, new() { Dataset = "entry_3" }, Cancelled).Dataset
        );
    }

    [Fact]
    public void Read_Cxi_HasEnergyAndDistanceButNamesTheMotorsItLacks()
    {
        H5Group detector = new()
        {
            ["distance"] = 0.5,
            ["x_pixel_size"] = 55e-6,
            ["y_pixel_size"] = 55e-6,
        };
        H5Group source = new() { ["energy"] = 9000 * PhotonEnergy.JoulesPerElectronvolt };
        string path = Write(
            new()
            {
                ["entry_1"] = new H5Group()
                {
                    ["instrument_1"] = new H5Group() { ["detector_1"] = detector, ["source_1"] = source },
                },
                ["entry_last"] = new H5SoftLink("/entry_1"),
            }
        );

        ScanRecord record = Hdf5ScanFile.Read(path, null, BeamlineLibrary.Find("ID01"));

        Assert.Equal(9000, record.EnergyElectronvolts!.Value!.Value, 1e-6);
        Assert.Equal(0.5, record.DistanceMetres!.Value);
        Assert.Equal(55, record.PixelMicrometres!.Value!.Value, 1e-9);
        Assert.Contains("no motor mu, eta, phi, nu, delta/del, which ID01 has", Message(path, null));
    }

    [Fact]
    public void Read_NanoMax_TakesTheSnapshotForWhatStoodStill()
    {
        H5Group stood = new()
        {
            ["gontheta"] = new[] { 12.5 },
            ["gonphi"] = new[] { 0.0 },
            ["gamma"] = new[] { 0.5 },
            ["delta"] = new[] { 28.0 },
        };
        string path = Write(
            new()
            {
                ["entry"] = new H5Group()
                {
                    ["snapshots"] = new H5Group() { ["post_scan"] = stood },
                    ["measurement"] = new H5Group() { ["gonphi"] = Eta },
                },
            }
        );
        ScanRecord record = Hdf5ScanFile.Read(path, null, BeamlineLibrary.Find("NanoMAX"));

        RockingScan scan = RockingScan.From(
            BeamlineLibrary.Find("NanoMAX"),
            record,
            new()
            {
                EnergyElectronvolts = 10_000,
                DistanceMetres = 1,
                PixelMicrometres = 55,
            }
        );

        Assert.Equal(1, scan.Geometry.RockingCircle);
        Assert.Equal([12.5, 10], scan.Geometry.SampleAnglesRadians.Select(Degrees));
    }

    [Fact]
    public void Read_AnglesInRadians_AreTurnedIntoDegrees()
    {
        H5Dataset eta = new(Eta.Select(angle => angle * Math.PI / 180).ToArray());
        eta.Attributes["units"] = "rad";
        string path = Write(new() { ["7.1"] = Bliss(scanned: eta) });

        Assert.Equal(10, Degrees(Scan(path, 7).Geometry.SampleAnglesRadians[1]), 1e-9);
    }

    [Fact]
    public void Read_ImpossibleValues_AreNamedWithTheirPlace()
    {
        Assert.Contains(
            "[/7.1/instrument/eiger/distance]: 830 m (no unit is given): expected a length from 0.005 to 100 m",
            Message(Write(new() { ["7.1"] = Bliss(distance: 830.0) }), 7)
        );
        H5Dataset energy = new(13_000.0);
        energy.Attributes["units"] = "keV";
        Assert.Contains(
            "[/7.1/instrument/positioners/mononrj]: 13000 keV is no X-ray's energy; it looks like eV",
            Message(Write(new() { ["7.1"] = Bliss(energy: energy) }), 7)
        );
        Assert.Contains(
            "no detector distance is recorded there; give it",
            Message(Write(new() { ["7.1"] = Bliss(distance: 0.0) }), 7)
        );
    }

    [Fact]
    public void Read_NoScan_SaysWhatWasLookedFor()
    {
        Assert.Contains("holds no scan", Message(Fixture.File("gzip-shuffle.h5"), null));
        Assert.Contains("it has no scans at all", Message(Fixture.File("gzip-shuffle.h5"), 3));
        Assert.Contains("is no HDF5 file; expected a scan's geometry", Message(Fixture.File("float32.npy"), 3));
    }

    [Fact]
    public void ReadVolume_AGroupAsDataset_ChoosesInIt()
    {
        H5Group one = Bliss();
        one["measurement"] = new H5Group() { ["eta"] = Eta, ["eiger"] = Stack(5) };
        H5Group other = Bliss();
        other["measurement"] = new H5Group() { ["eta"] = Eta, ["eiger"] = Stack(7) };
        string path = Write(new() { ["3.1"] = one, ["4.1"] = other });

        Assert.Equal(5, MeasurementFile.ReadVolume(path, new() { Dataset = "/3.1" }, Cancelled).Intensity.Depth);
        Assert.Equal(7, MeasurementFile.ReadVolume(path, new() { Dataset = "4.1" }, Cancelled).Intensity.Depth);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static double Degrees(double radians) => Math.Round(radians * 180 / Math.PI, 9);

    private static H5Dataset Stack(int frames) => new(new float[frames * 12], fileDims: [(ulong)frames, 3, 4]);

    private static RockingScan Scan(string path, int? number)
    {
        BeamlineDefinition beamline = BeamlineLibrary.Find("ID01");
        return RockingScan.From(beamline, Hdf5ScanFile.Read(path, number, beamline), new());
    }

    private static string Message(string path, int? number) =>
        Assert.Throws<InputException>(() => Scan(path, number)).Message;

    // As BLISS writes it: the scanned motor among the measured, and a detector that the scan did not use.
    private static H5Group Bliss(
        double phi = 30,
        object? scanned = null,
        object? energy = null,
        double distance = 0.83
    ) =>
        new()
        {
            ["title"] = "ascan eta 10 10.04 4 1",
            ["measurement"] = new H5Group() { ["eta"] = scanned ?? Eta, ["eiger"] = Stack(5) },
            ["instrument"] = new H5Group()
            {
                ["positioners"] = new H5Group()
                {
                    ["mu"] = 0.0,
                    ["eta"] = Eta,
                    ["phi"] = phi,
                    ["nu"] = 2.0,
                    ["delta"] = 35.0,
                    ["mononrj"] = energy ?? 13.0,
                },
                ["eiger"] = new H5Group()
                {
                    ["distance"] = distance,
                    ["x_pixel_size"] = 75e-6,
                    ["y_pixel_size"] = 75e-6,
                },
                ["mpxgaas"] = new H5Group() { ["distance"] = 1.2, ["x_pixel_size"] = 55e-6 },
            },
        };

    private string Write(Dictionary<string, object> groups)
    {
        H5File file = new();
        foreach ((string name, object group) in groups)
        {
            file[name] = group;
        }

        string path = folder.File($"{Guid.NewGuid():N}.h5");
        file.Write(path);
        return path;
    }
}
