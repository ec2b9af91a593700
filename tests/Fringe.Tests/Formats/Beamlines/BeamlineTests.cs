using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Spec;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Beamlines;

public sealed class BeamlineTests : IDisposable
{
    private const double Radian = Math.PI / 180;
    private const double Lambda = 0.15;
    private const double Wave = 2 * Math.PI / Lambda;
    private const double InPlane = 0.55;
    private const double Out = 0.21;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Names_All_AreThoseOfTheFilesAndSayWhereTheyAreFrom()
    {
        Assert.Equal(["34-ID-C", "CRISTAL", "I16", "ID01", "ID27", "NanoMAX", "P10", "SIXS"], BeamlineLibrary.Names);
        Assert.All(
            BeamlineLibrary.Names.Select(BeamlineLibrary.Find),
            beamline => Assert.True(beamline.Source.Length > 20 && beamline.Facility.Length > 0)
        );
        // The only one that measured data were held against.
        Assert.Equal(
            ["34-ID-C"],
            BeamlineLibrary.Names.Where(name => BeamlineLibrary.Find(name).ConfirmedBy is not null)
        );
    }

    [Theory]
    [InlineData("34idc")]
    [InlineData("34-id-c")]
    public void Find_AnotherSpelling_IsTheSame(string name) => Assert.Equal("34-ID-C", BeamlineLibrary.Find(name).Name);

    [Fact]
    public void Find_Unknown_ListsTheKnown() =>
        Assert.Contains(
            "no beamline 'ID02' is known; known are 34-ID-C, CRISTAL, I16, ID01, ID27, NanoMAX, P10, SIXS",
            Assert.Throws<InputException>(() => BeamlineLibrary.Find("ID02")).Message
        );

    // bcdi's closed forms for the reciprocal step of the rock (beamline.py, transformation_matrix), two pi over the wavelength and a
    // step of 1 rad taken out: what the definitions' axes and signs must give.
    [Theory]
    [InlineData("ID01", "eta", 0)]
    [InlineData("ID01", "phi", 0.3)]
    [InlineData("P10", "om", 0)]
    [InlineData("NanoMAX", "gontheta", 0)]
    [InlineData("NanoMAX", "gonphi", 0.3)]
    [InlineData("CRISTAL", "mgomega", 0)]
    [InlineData("CRISTAL", "mgphi", 0.3)]
    [InlineData("SIXS", "mu", 0.02)]
    public void Definition_RockingStep_IsBcdis(string beamline, string rocking, double below)
    {
        Diffractometer has = BeamlineLibrary.Find(beamline).Diffractometer;
        int circle = has.SampleCircles.ToList().FindIndex(candidate => candidate.Motor == rocking);
        double[] angles = new double[has.SampleCircles.Count];
        if (circle > 0)
        {
            angles[circle - 1] = below;
        }

        BraggGeometry geometry = new()
        {
            Diffractometer = has,
            SampleAnglesRadians = angles,
            DetectorAnglesRadians = beamline == "SIXS" ? [below, InPlane, Out] : [InPlane, Out],
            RockingCircle = circle,
            RockingStepRadians = 1,
            EnergyElectronvolts = BraggGeometry.EnergyTimesWavelength / Lambda,
            DistanceMetres = 1,
            RowPitchMetres = 1e-6,
            ColumnPitchMetres = 1e-6,
        };

        Vector3D step = geometry.At(new(0, 0, 0)).ReciprocalSteps().Column(0) / Wave;

        double along = Math.Cos(InPlane) * Math.Cos(Out);
        double side = Math.Sin(InPlane) * Math.Cos(Out);
        double up = Math.Sin(Out);
        (double sin, double cos) = Math.SinCos(below);
        Vector3D wanted = rocking switch
        {
            "eta" or "om" or "gontheta" or "mgomega" => new(0, 1 - along, up),
            "phi" or "gonphi" => new((sin * up) + (cos * (along - 1)), sin * side, cos * side),
            "mgphi" => new((-sin * up) - (cos * (along - 1)), sin * side, cos * side),
            _ => new(cos - along, sin * side, cos * side),
        };
        Assert.InRange((step - wanted).Length, 0, 1e-12);
    }

    [Fact]
    public void Find_AFileOfTheUsers_IsRead()
    {
        string path = folder.File("mine.json", Mine());

        BeamlineDefinition mine = BeamlineLibrary.Find(path);

        Assert.Equal("mine", mine.Name);
        Assert.Equal(new(1, 0, 0), mine.Diffractometer.ColumnDirection);
        Assert.Equal("rock", mine.Diffractometer.SampleCircles[0].Motor);
    }

    [Theory]
    [InlineData("rows 'y-' and columns 'y+'", "\"columns\": \"x+\"", "\"columns\": \"y+\"")]
    [InlineData("about 'w+'", "\"axis\": \"x-\"", "\"axis\": \"w+\"")]
    [InlineData("energy in 'V'", "keV", "V")]
    [InlineData("colour", "\"rows\"", "\"colour\": 1, \"rows\"")]
    [InlineData("'rows' is there twice", "\"rows\"", "\"rows\": \"y+\", \"rows\"")]
    [InlineData("'axis' is there twice", "\"axis\": \"x-\"", "\"axis\": \"x-\", \"axis\": \"x+\"")]
    [InlineData(": pixel_um: 0.055 um is no edge of a pixel", "\"rows\"", "\"pixel_um\": 0.055, \"rows\"")]
    [InlineData("rows", "\"rows\": \"y-\",", "")]
    [InlineData("is no beamline definition", "{", "")]
    [InlineData("is no beamline definition", "[\"rock\"]", "null")]
    [InlineData("it needs a motor's names", "[\"rock\"]", "[null]")]
    [InlineData("a circle is null", "\"detector_circles\": []", "\"detector_circles\": [null]")]
    [InlineData("without a motor's name", "[\"mono\"]", "[]")]
    public void Find_BadFile_SaysWhatIsWrong(string problem, string good, string bad)
    {
        string text = Mine();
        string path = folder.File("mine.json", text.Replace(good, bad, StringComparison.Ordinal));

        Assert.Contains(problem, Reading.Line(path, () => BeamlineLibrary.Find(path)));
    }

    [Theory]
    [InlineData(9000, "keV", "eV")]
    [InlineData(9, "eV", "keV")]
    [InlineData(1.44e-15, "eV", "J")]
    [InlineData(1.44e-15, "keV", "J")]
    public void InElectronvolts_WrongUnit_SaysWhichItLooksLike(double value, string unit, string likely) =>
        Assert.EndsWith(
            $"it looks like {likely}",
            Assert.Throws<InputException>(() => PhotonEnergy.InElectronvolts(value, unit, "file")).Message
        );

    [Fact]
    public void InElectronvolts_RightUnit_IsConverted()
    {
        Assert.Equal(9000, PhotonEnergy.InElectronvolts(9, "keV", ""));
        Assert.Equal(9000, PhotonEnergy.InElectronvolts(9000 * 1.602176634e-19, "J", ""), 1e-9);
    }

    [Fact]
    public void From_ARockingScan_IsItsGeometry()
    {
        RockingScan scan = Scan(2);

        Assert.Equal(5, scan.Points);
        Assert.Equal(0, scan.Geometry.RockingCircle);
        Assert.Equal(0.0400001 / 4 * Radian, scan.Geometry.RockingStepRadians, 1e-12);
        Assert.Equal([-0.0200003 * Radian, 90 * Radian, -5 * Radian], scan.Geometry.SampleAnglesRadians);
        Assert.Equal([32.174 * Radian, 12.6346 * Radian], scan.Geometry.DetectorAnglesRadians);
        Assert.Equal(9000, scan.Geometry.EnergyElectronvolts);
        Assert.Equal(0.5, scan.Geometry.DistanceMetres);
        Assert.Equal(55e-6, scan.Geometry.RowPitchMetres);
    }

    [Fact]
    public void From_WhatTheUserKnows_ComesFirst()
    {
        RockingScan scan = Scan(
            2,
            new()
            {
                EnergyElectronvolts = 8500,
                DistanceMetres = 2,
                PixelMicrometres = 75,
                DirectBeam = new(3, 4),
            }
        );

        Assert.Equal(8500, scan.Geometry.EnergyElectronvolts);
        Assert.Equal(2, scan.Geometry.DistanceMetres);
        Assert.Equal(75e-6, scan.Geometry.ColumnPitchMetres);
        Assert.Equal(new PixelPlace(3, 4), scan.Geometry.DirectBeam);
    }

    [Fact]
    public void From_NoCircleTurns_SaysWhichCould() =>
        Assert.Contains(
            "[scan 1]: 'ascan  labx -2 2  2 0.2' turns none of the circles; a rocking scan turns one of Theta, Chi, Phi",
            Assert.Throws<InputException>(() => Scan(1)).Message
        );

    [Fact]
    public void From_StepOfZero_IsRefused() =>
        Assert.Contains("Theta stands still, the step is 0", Assert.Throws<InputException>(() => Scan(3)).Message);

    [Theory]
    [InlineData("0 1\n0.1 1\n0 1\n", "the step is 0")]
    [InlineData("0 1\n0.1 1\n0.5 1\n0.6 1\n", "does not step evenly")]
    public void From_BadSteps_SaysSo(string points, string problem) =>
        Assert.Contains(problem, Assert.Throws<InputException>(() => Scan("th", "9", points)).Message);

    [Fact]
    public void From_EnergyInAnotherUnit_SaysWhich() =>
        Assert.Contains(
            "Energy: 9000 keV is no X-ray's energy; it looks like eV",
            Assert.Throws<InputException>(() => Scan("th", "9000", "0 1\n1 1\n")).Message
        );

    [Fact]
    public void From_MissingMotors_NamesThem()
    {
        string message = Assert
            .Throws<InputException>(() =>
                RockingScan.From(
                    BeamlineLibrary.Find("ID01"),
                    SpecFile.Read(Fixture.File("scans.spec"), 2).Record,
                    new()
                )
            )
            .Message;

        Assert.Contains(
            "no motor eta, nu, which ID01 has; the motors are those of 34-ID-C; give `Beamline` 34-ID-C",
            message
        );
    }

    [Theory]
    [InlineData(9.005, null, 55.0, null)]
    [InlineData(9.05, null, null, "photon energy is 9.05 keV")]
    [InlineData(null, 0.51, null, "detector's distance is 0.51 m")]
    [InlineData(null, 0.501, null, null)]
    [InlineData(null, null, 75.0, "that of 34-ID-C's usual detector is 55 um")]
    public void From_OptionAgainstTheRecord_IsToldWhereItMatters(
        double? energy,
        double? distance,
        double? pixel,
        string? said
    )
    {
        RockingScan scan = Scan(
            2,
            new()
            {
                EnergyElectronvolts = 1000 * energy,
                DistanceMetres = distance,
                PixelMicrometres = pixel,
            }
        );

        if (said is null)
        {
            Assert.Empty(scan.Contradictions);
        }
        else
        {
            Assert.Contains(said, Assert.Single(scan.Contradictions));
        }
    }

    [Fact]
    public void From_RecordedDistanceThatCannotBe_SaysSoUnlessAnotherIsGiven()
    {
        string path = folder.File(
            "far.spec",
            "#O0 Theta  Chi  Phi  Delta  Gamma  camdist  Energy\n#o0 th chi phi del gam cam en\n"
                + "#S 1 ascan th 0 1 1 1\n#P0 0 90 0 30 10 0.5 9\n#L Theta  M\n0 1\n1 1\n"
        );
        BeamlineDefinition beamline = BeamlineLibrary.Find("34-ID-C");
        ScanRecord record = SpecFile.Read(path, 1).Record;

        Assert.Contains(
            "0.0005 m is no distance of a detector",
            Assert.Throws<InputException>(() => RockingScan.From(beamline, record, new())).Message
        );
        Assert.Equal(0.5, RockingScan.From(beamline, record, new() { DistanceMetres = 0.5 }).Geometry.DistanceMetres);
    }

    private static RockingScan Scan(int number, GeometryOverrides? overrides = null) =>
        RockingScan.From(
            BeamlineLibrary.Find("34-ID-C"),
            SpecFile.Read(Fixture.File("scans.spec"), number).Record,
            overrides ?? new()
        );

    private RockingScan Scan(string motor, string energy, string points)
    {
        string path = folder.File(
            "scan.spec",
            $"#O0 Theta  Chi  Phi  Delta  Gamma  camdist  Energy\n#o0 th chi phi del gam cam en\n"
                + $"#S 1 ascan {motor} 0 1 1 1\n#P0 0 90 0 30 10 500 {energy}\n#L Theta  M\n{points}"
        );
        return RockingScan.From(BeamlineLibrary.Find("34-ID-C"), SpecFile.Read(path, 1).Record, new());
    }

    private static string Mine() =>
        """
            {
              "name": "mine",
              "sample_circles": [{"motor": ["rock"], "axis": "x-"}],
              "detector_circles": [],
              "rows": "y-",
              "columns": "x+",
              "energy": {"motor": ["mono"], "unit": "keV"},
              "source": "measured by hand"
            }
            """;
}
