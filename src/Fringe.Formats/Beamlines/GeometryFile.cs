using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Beamlines;

/// <summary>
/// A scan's geometry as a person writes it down, a JSON file (docs/geometry.md shows one): where no control system's file can be read.
/// </summary>
public static class GeometryFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">JSON.</param>
    /// <returns>The motors, and what the file says beside them.</returns>
    /// <exception cref="InputException">Not such a file; says what is wrong.</exception>
    public static (ScanRecord Scan, GeometryOverrides Values) Read(string path)
    {
        using FileStream file = Streams.OpenRead(path);
        Content content = UserJson.Read<Content>(file, path, "geometry");
        Dictionary<string, double[]> angles = content.AnglesDeg.ToDictionary(
            angle => angle.Key,
            angle => Positions(angle.Value, angle.Key, content.Points, path)
        );
        GeometryOverrides values = new()
        {
            EnergyElectronvolts = content.EnergyKev is { } energy
                ? PhotonEnergy.InElectronvolts(energy, "keV", $"{path}: energy_kev")
                : null,
            DistanceMetres = content.DistanceM is { } distance
                ? DetectorLength.DistanceMetres(distance, $"{path}: distance_m")
                : null,
            PixelMicrometres = content.PixelUm is { } pixel
                ? DetectorLength.PixelMicrometres(pixel, $"{path}: pixel_um")
                : null,
            DirectBeam = content.DirectBeam switch
            {
                null => null,
                [double row, double column] => new(row, column),
                _ => throw InputException.ForFile(path, "direct_beam: expected [row, column]"),
            },
        };
        return (new ScanRecord(path, "angles_deg", name => angles.GetValueOrDefault(name)), values);
    }

    // A number; first and last; or one a point.
    private static double[] Positions(JsonElement value, string motor, int? points, string path)
    {
        double[] numbers;
        try
        {
            numbers =
                value.ValueKind == JsonValueKind.Array
                    ? [.. value.EnumerateArray().Select(element => element.GetDouble())]
                    : [value.GetDouble()];
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw InputException.ForFile(
                path,
                $"angles_deg, {motor}: expected a number, [first, last] or one number a point",
                inner: error
            );
        }

        if (numbers is not [double first, double last])
        {
            return numbers.Length > 0
                ? numbers
                : throw InputException.ForFile(path, $"angles_deg, {motor}: there is no number");
        }

        return points is >= 2
            ? [.. Enumerable.Range(0, points.Value).Select(i => first + ((last - first) * i / (points.Value - 1)))]
            : throw InputException.ForFile(
                path,
                $"angles_deg, {motor}: first and last need \"points\", the number of frames, 2 at least"
            );
    }

    private sealed record Content
    {
        public required IReadOnlyDictionary<string, JsonElement> AnglesDeg { get; init; }

        public int? Points { get; init; }

        public double? EnergyKev { get; init; }

        public double? DistanceM { get; init; }

        public double? PixelUm { get; init; }

        public IReadOnlyList<double>? DirectBeam { get; init; }
    }
}
