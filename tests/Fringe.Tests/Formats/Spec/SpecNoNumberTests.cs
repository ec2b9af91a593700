using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Spec;

/// <summary>Words in place of numbers in SPEC files: they matter where the number is used.</summary>
public sealed class SpecNoNumberTests : IDisposable
{
    private const string More = SpecText.Names + "  foo";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("-inf")]
    [InlineData("---")]
    [InlineData("None")]
    public void From_NoNumberInACounter_IsAsWithoutIt(string word)
    {
        string[] rows = SpecText.Rows(SpecText.Theta());
        rows[7] = rows[7].Replace("100", word);

        RockingScan scan = SpecText.Scan(folder, SpecText.File(rows));

        Assert.Equal(41, scan.Points);
        Assert.Equal(0.005, SpecText.Degrees(scan.Geometry.RockingStepRadians), 1e-9);
        Assert.Empty(scan.Remarks);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("<nowhere>")]
    public void From_NoNumberOfAMotorThatNobodyNeeds_IsAsWithoutIt(string word)
    {
        RockingScan scan = SpecText.Scan(folder, SpecText.File(names: More, values: $"{SpecText.Values} {word}"));

        Assert.Equal(9000, scan.Geometry.EnergyElectronvolts);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("x")]
    public void From_NoNumberOfTheRockingMotor_IsRefused(string word)
    {
        string[] rows = SpecText.Rows(SpecText.Theta());
        rows[7] = $"{word} 100";

        Assert.Contains(
            "Theta is no number at point 7 of 41; the angles can be written down by hand in a JSON file and given with `GeometryPath`",
            SpecText.Refusal(folder, SpecText.File(rows))
        );
        // The point is not among those that count.
        Assert.Equal(41, SpecText.Scan(folder, SpecText.File(rows), new() { Frames = 7 }).Points);
    }

    [Fact]
    public void From_NoNumberOfACircle_IsRefused() =>
        Assert.Contains(
            "Delta is no number",
            SpecText.Refusal(folder, SpecText.File(values: SpecText.Values.Replace("32.174", "nan")))
        );

    [Fact]
    public void From_NoNumberForTheEnergy_IsRefusedUnlessItIsGiven()
    {
        string text = SpecText.File(values: SpecText.Values.Replace(" 9 ", " nan "));

        Assert.Contains(
            "motor Energy: there is no number; give the right one with `Geometry.EnergyElectronvolts`",
            SpecText.Refusal(folder, text)
        );
        Assert.Equal(
            8500,
            SpecText.Scan(folder, text, new() { EnergyElectronvolts = 8500 }).Geometry.EnergyElectronvolts
        );
    }

    [Fact]
    public void Read_DecimalCommas_AreNamed()
    {
        string[] rows = SpecText.Rows(SpecText.Theta());

        Assert.Contains(
            "is no number: a SPEC file has decimal points",
            SpecText.Refusal(folder, SpecText.File(rows.Select(row => row.Replace('.', ','))))
        );
        Assert.Equal(41, SpecText.Scan(folder, SpecText.File(rows.Select(row => $"{row},5"))).Points);
    }

    [Fact]
    public void From_NoNumberForTheDistance_IsRefusedUnlessItIsGiven()
    {
        string text = SpecText.File(values: SpecText.Values.Replace(" 500", " inf"));

        Assert.Contains("motor camdist: there is no number", SpecText.Refusal(folder, text));
        Assert.Equal(0.6, SpecText.Scan(folder, text, new() { DistanceMetres = 0.6 }).Geometry.DistanceMetres);
    }
}
