using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Spec;

/// <summary>Names and values of SPEC files that are not of equal number.</summary>
public sealed class SpecMismatchTests : IDisposable
{
    private const string WayOut =
        "the angles can be written down by hand in a JSON file and given with `GeometryPath` (docs/geometry.md)";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // A motor that was put in early shifts every row, and the last one alone shows it.
    [Theory]
    [InlineData("#O1 foo  bar", "#P1 1 2 3", "#O1 names 2 motors, #P1 has 3 values")]
    [InlineData("#O1 foo  bar", "#P1 1", "#O1 names 2 motors, #P1 has 1 values")]
    [InlineData("#O1 foo  bar", "", "#O1 names 2 motors, #P1 has 0 values")]
    [InlineData("", "#P1 1", "#O1 names 0 motors, #P1 has 1 values")]
    public void From_ARowWithAnotherNumberOfValues_IsRefusedWithTheWayOut(string names, string values, string problem)
    {
        string line = SpecText.Refusal(
            folder,
            SpecText.File(names: $"{SpecText.Names}\n{names}", values: $"{SpecText.Values}\n{values}")
        );

        Assert.Contains(problem, line);
        Assert.EndsWith(WayOut, line);
    }

    [Theory]
    [InlineData("1 2 3", 4)]
    [InlineData("", 1)]
    public void From_PointsWithAnotherNumberOfValues_IsRefusedWithTheWayOut(string rest, int values)
    {
        string line = SpecText.Refusal(
            folder,
            SpecText.File(SpecText.Rows(SpecText.Theta(), rest), labels: "#L Theta  A  B")
        );

        Assert.Contains($"line 7: {values} values for 3 columns", line);
        Assert.EndsWith(WayOut, line);
    }

    [Fact]
    public void From_SingleBlanks_AreReadWhereTheNumbersAgree()
    {
        string text = SpecText.File(names: SpecText.Names.Replace("  ", " "), labels: "#L Theta Monitor");

        Assert.Equal(32.174, SpecText.Degrees(SpecText.Scan(folder, text).Geometry.DetectorAnglesRadians[0]), 1e-9);
    }

    [Fact]
    public void From_NameWithABlank_IsOneNameWhereTheNumbersAgree()
    {
        string text = SpecText.File(
            names: SpecText.Names + "  Sample Table",
            values: SpecText.Values + " 7",
            labels: "#L Theta  Ion Chamber"
        );

        Assert.Equal(9000, SpecText.Scan(folder, text).Geometry.EnergyElectronvolts);
    }
}
