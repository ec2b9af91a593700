using System.Globalization;
using Fringe.Core;

namespace Fringe.Formats.Beamlines;

/// <summary>
/// Lengths of a detector as files and people give them: it stands 5 mm to 100 m from the sample, its pixels are 0.5 um to 1 mm wide.
/// </summary>
public static class DetectorLength
{
    /// <summary>Metres from the sample that a detector can stand.</summary>
    internal static readonly (double Least, double Most) Distances = (5e-3, 100);

    /// <summary>Metres that the edge of a pixel can be.</summary>
    internal static readonly (double Least, double Most) Pixels = (0.5e-6, 1e-3);

    // Those that other programs use first.
    private static readonly (string Unit, double Metres)[] Units = [("mm", 1e-3), ("m", 1), ("um", 1e-6), ("cm", 1e-2)];

    /// <summary>The distance, if it can be one.</summary>
    /// <param name="metres">As it is recorded or given.</param>
    /// <param name="origin">Where it is from, to start the message with.</param>
    /// <exception cref="InputException">It cannot; says which unit it looks like.</exception>
    public static double DistanceMetres(double metres, string origin) =>
        Check(metres, "m", Distances, origin, "is no distance of a detector", "5 mm to 100 m");

    /// <summary>The edge of a pixel, if it can be one.</summary>
    /// <inheritdoc cref="DistanceMetres"/>
    public static double PixelMicrometres(double micrometres, string origin) =>
        Check(micrometres, "um", Pixels, origin, "is no edge of a pixel", "0.5 um to 1 mm");

    private static double Check(
        double value,
        string unit,
        (double Least, double Most) metres,
        string origin,
        string problem,
        string expected
    )
    {
        double own = Units.First(known => known.Unit == unit).Metres;
        if (IsWithin(own))
        {
            return value;
        }

        (string Unit, double Metres)[] likely = [.. Units.Where(other => IsWithin(other.Metres))];
        string hint =
            likely.Length > 0
                ? $"it looks like {likely[0].Unit}, which is {Text(value * likely[0].Metres / own)} {unit}"
                : $"expected {expected}";
        throw new InputException($"{origin}: {Text(value)} {unit} {problem}; {hint}");

        bool IsWithin(double scale) => value * scale >= metres.Least && value * scale <= metres.Most;
    }

    private static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);
}
