using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Beamlines;

/// <summary>
/// A scan's geometry as a person writes it down, a JSON file (docs/geometry.md shows one): where no control system's file can be read.
/// </summary>
public static class GeometryFile
{
    // More than any scan has.
    private const int MostPoints = 1_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">JSON.</param>
    /// <exception cref="InputException">Not such a file; says what is wrong.</exception>
    public static ScanRecord Read(string path)
    {
        using FileStream file = Streams.OpenRead(path);
        return Read(file, path);
    }

    /// <param name="json">Borrowed.</param>
    /// <param name="path">For messages.</param>
    internal static ScanRecord Read(Stream json, string path)
    {
        Content content = UserJson.Read<Content>(json, path, "geometry");
        Dictionary<string, double[]> angles = content.AnglesDeg.ToDictionary(
            angle => angle.Key,
            angle => Positions(angle.Value, angle.Key, content.Points, path)
        );
        return new ScanRecord(
            path,
            "angles_deg",
            name => angles.TryGetValue(name, out double[]? values) ? new(values, $"{path}, angles_deg {name}") : null
        )
        {
            EnergyElectronvolts = Judge(
                content.EnergyKev,
                $"{path}: energy_kev",
                (value, at) => PhotonEnergy.InElectronvolts(value, "keV", at)
            ),
            DistanceMetres = Judge(content.DistanceM, $"{path}: distance_m", DetectorLength.DistanceMetres),
            PixelMicrometres = Judge(content.PixelUm, $"{path}: pixel_um", DetectorLength.PixelMicrometres),
            DirectBeam = content.DirectBeam switch
            {
                null => null,
                [double row, double column] when double.IsFinite(row + column) => new(row, column),
                _ => throw InputException.ForFile(path, "direct_beam: expected [row, column]"),
            },
        };
    }

    private static RecordedNumber? Judge(double? value, string source, Func<double, string, double> check) =>
        value is { } number ? RecordedNumber.Judge(source, () => check(number, source)) : null;

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

        return points is >= 2 and <= MostPoints
            ? [.. Enumerable.Range(0, points.Value).Select(i => first + ((last - first) * i / (points.Value - 1)))]
            : throw InputException.ForFile(
                path,
                $"angles_deg, {motor}: first and last need \"points\", the number of frames, 2 to 1 000 000"
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
