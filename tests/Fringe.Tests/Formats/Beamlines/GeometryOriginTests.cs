using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Formats.Spec;
using PureHDF;

namespace Fringe.Tests.Formats.Beamlines;

/// <summary>Where each number of a geometry is from.</summary>
public sealed class GeometryOriginTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Origins_OfASpecFile_NameColumnsAndMotors()
    {
        RockingScan scan = SpecText.Scan(folder, SpecText.File());

        Assert.Equal(
            [
                new("Theta", "0.2 deg and 41 points in steps of 0.005 deg", $"{scan.Origin}, column Theta"),
                new("Chi", "90 deg", $"{scan.Origin}, motor Chi"),
                new("Phi", "-5 deg", $"{scan.Origin}, motor Phi"),
                new("Delta", "32.174 deg", $"{scan.Origin}, motor Delta"),
                new("Gamma", "12.6346 deg", $"{scan.Origin}, motor Gamma"),
                new("photon energy", "9 keV", $"{scan.Origin}, motor Energy"),
                new("detector distance", "0.5 m", $"{scan.Origin}, motor camdist"),
                new("pixel", "55 um", "the usual detector in the definition of 34-ID-C"),
                new("direct beam", "not known", "assumed: the detector points at the peak"),
            ],
            scan.Origins
        );
    }

    [Fact]
    public void Origins_OfWhatTheCommandLineSays_IsTheCommandLine()
    {
        GeometryOverrides given = new()
        {
            EnergyElectronvolts = 9100,
            DistanceMetres = 0.6,
            PixelMicrometres = 75,
            DirectBeam = new(12, 13.5),
        };

        Assert.Equal(
            [
                new("photon energy", "9.1 keV", "the command line"),
                new("detector distance", "0.6 m", "the command line"),
                new("pixel", "75 um", "the command line"),
                new("direct beam", "pixel 12, 13.5", "the command line"),
            ],
            SpecText.Scan(folder, SpecText.File(), given).Origins.Skip(5)
        );
    }

    [Fact]
    public void Origins_OfAnHdf5File_AreItsPaths()
    {
        H5Group motors = new()
        {
            ["mu"] = 0.0,
            ["phi"] = 30.0,
            ["nu"] = 2.0,
            ["delta"] = 35.0,
            ["mononrj"] = 13.0,
        };
        H5Group eiger = new() { ["distance"] = 0.83, ["x_pixel_size"] = 75e-6 };
        string path = folder.File("scan.h5");
        new H5File
        {
            ["7.1"] = new H5Group()
            {
                ["measurement"] = new H5Group() { ["eta"] = new[] { 10, 10.01, 10.02 } },
                ["instrument"] = new H5Group() { ["positioners"] = motors, ["eiger"] = eiger },
            },
        }.Write(path);
        BeamlineDefinition beamline = BeamlineLibrary.Find("ID01");

        RockingScan scan = RockingScan.From(beamline, Hdf5ScanFile.Read(path, 7, beamline), new());

        Assert.Equal(
            [
                $"{path} [/7.1/instrument/positioners/mu]",
                $"{path} [/7.1/measurement/eta]",
                $"{path} [/7.1/instrument/positioners/phi]",
                $"{path} [/7.1/instrument/positioners/nu]",
                $"{path} [/7.1/instrument/positioners/delta]",
                $"{path} [/7.1/instrument/positioners/mononrj]",
                $"{path} [/7.1/instrument/eiger/distance]",
                $"{path} [/7.1/instrument/eiger/x_pixel_size]",
                "assumed: the detector points at the peak",
            ],
            scan.Origins.Select(origin => origin.Source)
        );
    }

    [Fact]
    public void Origins_OfAJsonFile_AreItsKeys()
    {
        string path = folder.File(
            "geometry.json",
            """
            {"angles_deg": {"Theta": [0, 1], "Chi": 90, "Phi": 0, "Delta": 30, "Gamma": 10}, "points": 5,
             "energy_kev": 9, "distance_m": 0.5, "direct_beam": [10, 20]}
            """
        );

        RockingScan scan = RockingScan.From(BeamlineLibrary.Find("34-ID-C"), GeometryFile.Read(path), new());

        Assert.Equal(
            [$"{path}, angles_deg Theta", $"{path}: energy_kev", $"{path}: distance_m", path],
            scan.Origins.Select(origin => origin.Source).Where((_, i) => i is 0 or 5 or 6 or 8)
        );
        Assert.Equal("pixel 10, 20", scan.Origins[^1].Value);
    }
}
