using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Formats;

namespace Fringe.Tests.Formats;

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

        (ScanRecord record, GeometryOverrides values) = GeometryFile.Read(path);
        RockingScan scan = RockingScan.From(BeamlineLibrary.Find("34-ID-C"), record, values);

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
    public void Or_WhatTheCommandLineSays_ComesFirst()
    {
        GeometryOverrides values = new GeometryOverrides { DistanceMetres = 1 }.Or(
            new() { DistanceMetres = 2, EnergyElectronvolts = 9000 }
        );

        Assert.Equal(1, values.DistanceMetres);
        Assert.Equal(9000, values.EnergyElectronvolts);
    }

    [Theory]
    [InlineData("""{"angles": {}}""", "is no geometry")]
    [InlineData("""{"angles_deg": {"Theta": [1, 2]}}""", "Theta: first and last need \"points\"")]
    [InlineData("""{"angles_deg": {"Theta": "high"}}""", "Theta: expected a number")]
    [InlineData("""{"angles_deg": {"Theta": []}}""", "Theta: there is no number")]
    [InlineData("""{"angles_deg": {}, "energy_kev": 9000}""", "it looks like eV")]
    [InlineData("""{"angles_deg": {}, "direct_beam": [1]}""", "expected [row, column]")]
    public void Read_Mistake_SaysWhich(string text, string problem)
    {
        string path = Write(text);

        Assert.Contains(problem, Assert.Throws<InputException>(() => GeometryFile.Read(path)).Message);
    }

    [Fact]
    public void From_MissingMotors_AreNamed()
    {
        string path = Write("""{"angles_deg": {"Theta": [0, 1], "Chi": 90, "Phi": 0, "Delta": 30}, "points": 5}""");
        (ScanRecord record, GeometryOverrides values) = GeometryFile.Read(path);

        string said = Assert
            .Throws<InputException>(() => RockingScan.From(BeamlineLibrary.Find("34-ID-C"), record, values))
            .Message;

        Assert.Contains("no motor Gamma/gam, which 34-ID-C has", said);
    }

    private string Write(string text)
    {
        File.WriteAllText(folder.File("geometry.json"), text);
        return folder.File("geometry.json");
    }
}
