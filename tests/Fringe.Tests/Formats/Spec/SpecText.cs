using System.Globalization;
using Fringe.Core;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Spec;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Spec;

/// <summary>SPEC files of a rocking scan at 34-ID-C, 41 points of theta in steps of 0.005 degrees, as programs write them or spoil them.</summary>
internal static class SpecText
{
    public const string Names = "#O0 Theta  Chi  Phi  Delta  Gamma  Energy  camdist";
    public const string Values = "#P0 0.2 90 -5 32.174 12.6346 9 500";

    /// <summary>Theta, degrees.</summary>
    public static double[] Theta(int points = 41) => [.. Enumerable.Range(0, points).Select(i => 0.2 + (0.005 * i))];

    /// <summary>A line a point: the angle and what follows it.</summary>
    public static string[] Rows(IEnumerable<double> angles, string rest = "100") =>
        [.. angles.Select(angle => string.Create(CultureInfo.InvariantCulture, $"{angle:F6} {rest}"))];

    /// <summary>A file as SPEC writes it: the motors' names before the scan.</summary>
    public static string File(
        IEnumerable<string>? rows = null,
        string names = Names,
        string values = Values,
        string labels = "#L Theta  Monitor",
        string command = "ascan Theta 0.2 0.4 40 1"
    ) => string.Join('\n', ["#F x", names, "", $"#S 3 {command}", values, labels, .. rows ?? Rows(Theta()), ""]);

    /// <summary>The scan of a text.</summary>
    public static RockingScan Scan(TemporaryFolder folder, string text, GeometryOverrides? given = null) =>
        RockingScan.From(
            BeamlineLibrary.Find("34-ID-C"),
            SpecFile.Read(folder.File($"{Guid.NewGuid():N}.spec", text), null).Record,
            given ?? new()
        );

    /// <summary>The one line that refuses a text.</summary>
    public static string Refusal(TemporaryFolder folder, string text, GeometryOverrides? given = null)
    {
        string message = Assert.Throws<InputException>(() => Scan(folder, text, given)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    public static double Degrees(double radians) => Math.Round(radians * 180 / Math.PI, 9);
}
