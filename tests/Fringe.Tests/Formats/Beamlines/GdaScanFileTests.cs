using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;
using PureHDF;

namespace Fringe.Tests.Formats.Beamlines;

/// <summary>NeXus files as GDA writes them at I16: places, shapes and units are those of a public file (scan 794935 of 2019).</summary>
public sealed class GdaScanFileTests : IDisposable
{
    private const double EnergyKev = 5.223;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void From_BeforeScan_IsItsGeometry(bool asLists)
    {
        RockingScan scan = Scan(I16(asLists: asLists));

        Assert.Equal(41, scan.Points);
        Assert.Equal(1, scan.Geometry.RockingCircle);
        Assert.Equal(0.005, Degrees(scan.Geometry.RockingStepRadians), 1e-9);
        // The kappa stage's phi, 52.7, is another motor.
        Assert.Equal([0, 46.2, 90, -20], scan.Geometry.SampleAnglesRadians.Select(Degrees));
        Assert.Equal([0, 92.587], scan.Geometry.DetectorAnglesRadians.Select(Degrees));
        Assert.Equal(1000 * EnergyKev, scan.Geometry.EnergyElectronvolts, 1e-9);
        BraggPeak peak = scan.Geometry.At(new(20, 22, 26));
        Assert.Equal(92.587, peak.TwoThetaRadians * 180 / Math.PI, 1e-9);
        Assert.Equal(0.16419, peak.DSpacingNanometres, 1e-5);
    }

    [Theory]
    [InlineData(EnergyKev, null, 5223)]
    [InlineData(EnergyKev, "", 5223)]
    [InlineData(5223, null, 5223)]
    [InlineData(5223, "eV", 5223)]
    [InlineData(EnergyKev, "keV", 5223)]
    public void From_MonochromatorAlone_IsInTheUnitInWhichItCanBe(double value, string? unit, double energy) =>
        Assert.Equal(
            energy,
            Scan(I16(en: null, monochromator: Number(value, unit))).Geometry.EnergyElectronvolts,
            1e-9
        );

    [Fact]
    public void From_BeamOfTheSample_HasTheEnergy() =>
        Assert.Equal(5223, Scan(I16(en: null, beam: new double[] { EnergyKev })).Geometry.EnergyElectronvolts, 1e-9);

    // The storage ring's 3 GeV are no photons'.
    [Theory]
    [InlineData(0, "eV", "0 eV is no X-ray's energy; expected 1 to 200 keV; give the right one with")]
    [InlineData(double.NaN, "eV", "there is no number; give the right one with")]
    [InlineData(3, "GeV", "an energy in 'GeV'; expected eV, keV or J; give the right one with")]
    [InlineData(EnergyKev, "eV", "5.223 eV is no X-ray's energy; it looks like keV; give the right one with")]
    public void From_NoXRaysEnergy_IsRefusedUnlessTheCommandLineSaysAnother(double value, string unit, string problem)
    {
        string path = I16(en: null, monochromator: Number(value, unit));

        Assert.Contains(
            $"[/entry1/instrument/monochromator/energy]: {problem}",
            Assert.Throws<InputException>(() => Scan(path)).Message
        );
        RockingScan scan = Scan(path, Given with { EnergyElectronvolts = 9000 });
        Assert.Equal(9000, scan.Geometry.EnergyElectronvolts);
        Assert.Empty(scan.Contradictions);
    }

    [Fact]
    public void From_NoEnergyAnywhere_AsksForIt() =>
        Assert.Contains(
            "no photon energy under en/energy; give it with `Geometry.EnergyElectronvolts`",
            Assert.Throws<InputException>(() => Scan(I16(en: null))).Message
        );

    [Theory]
    [InlineData(0.0, "no detector distance is recorded there")]
    [InlineData(500.0, "500 m (no unit is given): expected a length from 0.005 to 100 m; give the right one with")]
    public void From_DistanceThatCannotBe_IsRefusedUnlessTheCommandLineSaysAnother(double distance, string problem)
    {
        string path = I16(detector: new() { ["distance"] = distance, ["x_pixel_size"] = 55e-6 });

        Assert.Contains(
            problem,
            Assert.Throws<InputException>(() => Scan(path, new() { PixelMicrometres = 55 })).Message
        );
        Assert.Equal(0.6, Scan(path, new() { DistanceMetres = 0.6, PixelMicrometres = 55 }).Geometry.DistanceMetres);
    }

    [Fact]
    public void From_PixelThatCannotBe_IsRefusedUnlessTheCommandLineSaysAnother()
    {
        string path = I16(detector: new() { ["x_pixel_size"] = 55.0, ["y_pixel_size"] = 55.0 });

        Assert.Contains(
            "x_pixel_size]: 55 m (no unit is given): expected a length from 5e-07 to 0.001 m; give the right one with `PixelMicrometres`",
            Assert.Throws<InputException>(() => Scan(path, new() { DistanceMetres = 1 })).Message
        );
        Assert.Equal(55e-6, Scan(path).Geometry.RowPitchMetres, 1e-12);
    }

    // The module of a NeXus detector has its pixels as the lengths of two vectors.
    [Fact]
    public void From_DetectorModule_HasThePixels()
    {
        H5Dataset edge = new(new[] { 0.172 });
        edge.Attributes["units"] = "mm";
        H5Dataset other = new(new[] { 0.172 });
        other.Attributes["units"] = "mm";
        string path = I16(
            detector: new()
            {
                ["module"] = new H5Group() { ["fast_pixel_direction"] = edge, ["slow_pixel_direction"] = other },
            }
        );

        Assert.Equal(172e-6, Scan(path, new() { DistanceMetres = 1 }).Geometry.ColumnPitchMetres, 1e-12);
    }

    [Fact]
    public void Read_TitleOfVariableLength_IsTheCommand()
    {
        string path = folder.File("titles.nxs");
        ExternalTool.RunPython(
            """
            import sys, h5py, numpy as np
            f = h5py.File(sys.argv[1], 'w')
            e = f.create_group('entry1')
            for name in ('mu', 'eta', 'chi', 'phi', 'gam', 'delta'):
                e['before_scan/diffractometer_sample/' + name] = 1.0
            e['instrument/en/en'] = np.linspace(5, 5.2, 41)
            e['title'] = 'scan en 5 5.2 0.005 \u00fc'
            g = f.create_group('entry2')
            g['before_scan/diffractometer_sample/mu'] = 1.0
            g.create_dataset('title', data=['scan chi 1 2 3'], dtype=h5py.string_dtype())
            h = f.create_group('entry3')
            h['before_scan/diffractometer_sample/mu'] = 1.0
            h['scan_command'] = np.bytes_('scan of fixed length')
            i = f.create_group('entry4')
            i['before_scan/diffractometer_sample/mu'] = 1.0
            i.create_dataset('title', (1,), dtype=h5py.vlen_dtype('uint8'))[0] = [1, 2]
            """,
            [path],
            "h5py",
            "numpy"
        );
        BeamlineDefinition beamline = BeamlineLibrary.Find("I16");

        Assert.Equal("scan en 5 5.2 0.005 ü", Hdf5ScanFile.Read(path, 1, beamline).Command);
        Assert.Equal("scan chi 1 2 3", Hdf5ScanFile.Read(path, 2, beamline).Command);
        Assert.Equal("scan of fixed length", Hdf5ScanFile.Read(path, 3, beamline).Command);
        Assert.NotEqual("", Hdf5ScanFile.Read(path, 4, beamline).Command);
        Assert.Contains(
            "'scan en 5 5.2 0.005 ü' turns none of the circles and scans the energy, en from 5 to 5.2; a rocking scan turns one of mu, eta",
            Assert
                .Throws<InputException>(() =>
                    RockingScan.From(beamline, Hdf5ScanFile.Read(path, 1, beamline), new GeometryOverrides())
                )
                .Message
        );
    }

    // One scan a file, whose number is in the file's name alone.
    [Fact]
    public void Read_NumberInTheFilesName_IsTheScan()
    {
        string path = folder.File("1041304.nxs");
        File.Move(I16(), path);
        BeamlineDefinition beamline = BeamlineLibrary.Find("I16");

        Assert.Equal("entry1", Hdf5ScanFile.Read(path, 1041304, beamline).Group);
        Assert.Equal("entry1", Hdf5ScanFile.Read(path, 1, beamline).Group);
        Assert.Contains(
            "has no scan 7; it has only scan 1",
            Assert.Throws<InputException>(() => Hdf5ScanFile.Read(path, 7, beamline)).Message
        );
    }

    [Fact]
    public void From_NoNumberWhereAnotherPlaceHasOne_IsThatOne() =>
        Assert.Equal(
            90,
            Degrees(Scan(I16(measured: new() { ["chi"] = double.NaN })).Geometry.SampleAnglesRadians[2]),
            1e-9
        );

    [Fact]
    public void From_NoNumberOfACircle_IsRefused() =>
        Assert.Contains("chi is no number", Assert.Throws<InputException>(() => Scan(I16(chi: double.NaN))).Message);

    private static RockingScan Scan(string path, GeometryOverrides? given = null)
    {
        BeamlineDefinition beamline = BeamlineLibrary.Find("I16");
        return RockingScan.From(beamline, Hdf5ScanFile.Read(path, null, beamline), given ?? Given);
    }

    private static GeometryOverrides Given => new() { DistanceMetres = 1.4, PixelMicrometres = 55 };

    private static double Degrees(double radians) => Math.Round(radians * 180 / Math.PI, 9);

    private static H5Dataset Number(double value, string? unit)
    {
        H5Dataset number = new(value);
        if (unit is not null)
        {
            number.Attributes["units"] = unit;
        }

        return number;
    }

    private string I16(
        double? en = EnergyKev,
        bool asLists = true,
        double chi = 90,
        object? monochromator = null,
        object? beam = null,
        H5Group? detector = null,
        H5Group? measured = null
    )
    {
        H5Group stood = new();
        foreach (
            (string name, double? value) in new (string, double?)[]
            {
                ("mu", 0),
                ("eta", 46.29),
                ("chi", chi),
                ("phi", -20),
                ("kphi", 52.7),
                ("gam", 0),
                ("delta", 92.587),
                ("en", en),
            }
        )
        {
            if (value is { } number)
            {
                stood[name] = asLists ? new[] { number } : number;
            }
        }

        H5Group instrument = new()
        {
            ["eta"] = new H5Group() { ["eta"] = Enumerable.Range(0, 41).Select(i => 46.2 + (0.005 * i)).ToArray() },
            ["source"] = new H5Group() { ["energy"] = Number(3.0009, "GeV") },
        };
        if (monochromator is not null)
        {
            instrument["monochromator"] = new H5Group() { ["energy"] = monochromator };
        }

        if (detector is not null)
        {
            instrument["merlin"] = detector;
        }

        H5Group sample = new()
        {
            ["transformations"] = new H5Group() { ["phi"] = Enumerable.Repeat(52.7, 41).ToArray() },
        };
        if (beam is not null)
        {
            sample["beam"] = new H5Group() { ["incident_energy"] = beam };
        }

        H5Group entry = new()
        {
            ["before_scan"] = new H5Group() { ["diffractometer_sample"] = stood },
            ["instrument"] = instrument,
            ["sample"] = sample,
        };
        if (measured is not null)
        {
            entry["measurement"] = measured;
        }

        string path = folder.File($"{Guid.NewGuid():N}.nxs");
        new H5File { ["entry1"] = entry }.Write(path);
        return path;
    }
}
