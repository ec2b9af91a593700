using System.Text;
using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Formats.Fuzzing;

namespace Fringe.Tests.Formats.Beamlines;

/// <summary>A geometry that a person wrote down.</summary>
public sealed class GeometryFileTests : IDisposable
{
    private const string Angles =
        """ "angles_deg": {"Theta": [-0.28, 0.72], "Chi": 90, "Phi": -5, "Delta": 32.174, "Gamma": 12.6346}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_AllThatIsNeeded_IsTheScan()
    {
        string path = Write(
            $$"""{ {{Angles}}, "points": 201, "energy_kev": 9, "distance_m": 0.5, "direct_beam": [120, 30] }"""
        );

        ScanRecord record = GeometryFile.Read(path);
        RockingScan scan = RockingScan.From(BeamlineLibrary.Find("34-ID-C"), record, new());

        Assert.Equal(201, scan.Points);
        Assert.Equal(0.005 * Math.PI / 180, scan.Geometry.RockingStepRadians, 1e-9);
        Assert.Equal(9000, scan.Geometry.EnergyElectronvolts);
        Assert.Equal(0.5, scan.Geometry.DistanceMetres);
        Assert.Equal(new PixelPlace(120, 30), scan.Geometry.DirectBeam);
        // cos 2 theta = cos delta cos gamma.
        BraggPeak peak = (scan.Geometry with { DirectBeam = null }).At(new(100, 128, 128));
        Assert.Equal(34.3163, peak.TwoThetaRadians * 180 / Math.PI, 1e-3);
    }

    [Fact]
    public void From_WhatTheCommandLineSays_ComesFirstAndIsTold()
    {
        string path = Write(
            """
            {"angles_deg": {"Theta": [0, 1], "Chi": 90, "Phi": 0, "Delta": 30, "Gamma": 10}, "points": 5,
             "energy_kev": 9, "distance_m": 0.5, "pixel_um": 55}
            """
        );
        ScanRecord record = GeometryFile.Read(path);

        RockingScan scan = RockingScan.From(
            BeamlineLibrary.Find("34-ID-C"),
            record,
            new() { DistanceMetres = 1, PixelMicrometres = 55.1 }
        );

        Assert.Equal(1, scan.Geometry.DistanceMetres);
        Assert.Equal(9000, scan.Geometry.EnergyElectronvolts);
        Assert.Equal(
            $"The detector's distance is 1 m, as the command line says; {path} records 0.5 m.",
            Assert.Single(scan.Contradictions)
        );
    }

    [Theory]
    [InlineData("""{"angles": {}}""", "unknown key 'angles' (line 1); the keys are angles_deg, points,")]
    [InlineData("""{"points": 5}""", "it lacks 'angles_deg'")]
    [InlineData("""{"angles_deg": {}, "points": "x"}""", "points is of the wrong kind")]
    [InlineData("""{"angles_deg": null}""", "angles_deg is of the wrong kind")]
    [InlineData("#S 1", "it is not JSON (line 1)")]
    [InlineData("""{"angles_deg": {}, "energy_kev": 9, "energy_kev": 8}""", "'energy_kev' is there twice")]
    [InlineData("""{"angles_deg": {"Theta": 1, "Chi": 2, "Theta": 3}}""", "'angles_deg.Theta' is there twice")]
    [InlineData("""{"angles_deg": {"Theta": [1, 2]}}""", "Theta: first and last need \"points\"")]
    [InlineData("""{"angles_deg": {"Theta": "high"}}""", "Theta: expected a number")]
    [InlineData("""{"angles_deg": {"Theta": []}}""", "Theta: there is no number")]
    [InlineData("""{"angles_deg": {"Theta": [0, 1]}, "points": 2000000}""", "2 to 1 000 000")]
    [InlineData("""{"angles_deg": {}, "direct_beam": [1]}""", "expected [row, column]")]
    public void Read_Mistake_SaysWhich(string text, string problem)
    {
        string path = Write(text);

        Assert.Contains(problem, Assert.Throws<InputException>(() => GeometryFile.Read(path)).Message);
    }

    [Theory]
    [InlineData(
        "energy_kev",
        9000,
        "9000 keV is no X-ray's energy; it looks like eV; give the right one with `Geometry."
    )]
    [InlineData("distance_m", 500, "500 m is no distance of a detector; it looks like mm, which is 0.5 m")]
    [InlineData("pixel_um", 5.5e-5, "5.5e-05 um is no edge of a pixel; it looks like m, which is 55 um")]
    [InlineData("pixel_um", -1, "expected 0.5 um to 1 mm")]
    public void From_ImpossibleValue_IsRefusedUnlessTheCommandLineSaysAnother(string key, double value, string problem)
    {
        Dictionary<string, double> values = new()
        {
            ["energy_kev"] = 9,
            ["distance_m"] = 0.5,
            ["pixel_um"] = 55,
            [key] = value,
        };
        string path = Write(
            $$"""{ {{Angles}}, "points": 201, {{string.Join(", ", values.Select(item => FormattableString.Invariant($"\"{item.Key}\": {item.Value:R}")))}} }"""
        );
        ScanRecord record = GeometryFile.Read(path);
        BeamlineDefinition beamline = BeamlineLibrary.Find("34-ID-C");
        GeometryOverrides given = new()
        {
            EnergyElectronvolts = 9000,
            DistanceMetres = 0.5,
            PixelMicrometres = 55,
        };

        Assert.Contains(
            problem,
            Assert.Throws<InputException>(() => RockingScan.From(beamline, record, new())).Message
        );
        Assert.Equal(9000, RockingScan.From(beamline, record, given).Geometry.EnergyElectronvolts);
        Assert.Empty(RockingScan.From(beamline, record, given).Contradictions);
    }

    [Fact]
    public void From_MissingMotors_AreNamed()
    {
        string path = Write("""{"angles_deg": {"Theta": [0, 1], "Chi": 90, "Phi": 0, "Delta": 30}, "points": 5}""");
        ScanRecord record = GeometryFile.Read(path);

        string said = Assert
            .Throws<InputException>(() => RockingScan.From(BeamlineLibrary.Find("34-ID-C"), record, new()))
            .Message;

        Assert.Contains("no motor Gamma/gam, which 34-ID-C has", said);
    }

    [Fact]
    public void Read_TenThousandDamagedFiles_ReadOrRefused()
    {
        byte[] original = Encoding.UTF8.GetBytes(
            $$"""{ {{Angles}}, "points": 201, "energy_kev": 9, "distance_m": 0.5, "pixel_um": 55, "direct_beam": [120, 30] }"""
        );
        Mutator mutator = new(20261128);
        BeamlineDefinition beamline = BeamlineLibrary.Find("34-ID-C");
        int refused = 0;
        for (int i = 0; i < 10_000; i++)
        {
            try
            {
                RockingScan.From(
                    beamline,
                    GeometryFile.Read(new MemoryStream(mutator.Mutate(original, 200)), "damaged"),
                    new()
                );
            }
            catch (InputException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 500, 9_999);
    }

    private string Write(string text)
    {
        File.WriteAllText(folder.File("geometry.json"), text);
        return folder.File("geometry.json");
    }
}
