using System.Text.Json.Serialization;
using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;

namespace Fringe.Formats.Beamlines;

/// <summary>Reads a beamline's definition, a JSON file (docs/geometry.md shows one).</summary>
internal static class BeamlineFile
{
    /// <param name="json">Borrowed.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="InputException">Not such a file; says everything that is wrong.</exception>
    public static BeamlineDefinition Read(Stream json, string path)
    {
        Content content = UserJson.Read<Content>(json, path, "beamline definition");
        string[] problems = [.. Problems(content)];
        return problems.Length == 0
            ? Definition(content, path)
            : throw InputException.ForFile(path, $"is no beamline definition: {string.Join("; ", problems)}");
    }

    private static IEnumerable<string> Problems(Content content)
    {
        // A null in a list passes for what the list holds.
        if (content.SampleCircles.Concat(content.DetectorCircles).Any(circle => circle is null))
        {
            yield return "a circle is null";
            yield break;
        }

        foreach (Circled circle in content.SampleCircles.Concat(content.DetectorCircles))
        {
            if (!AreNames(circle.Names) || AxisDirection.TryParse(circle.Axis) is null)
            {
                yield return $"circle '{string.Join('/', circle.Names)}' about '{circle.Axis}' "
                    + "(it needs a motor's names and an axis x+, x-, y+, y-, z+ or z-)";
            }
        }

        if (content.SampleCircles.Count == 0)
        {
            yield return "it has no sample circle, so nothing rocks";
        }

        Vector3D? rows = AxisDirection.TryParse(content.Rows);
        Vector3D? columns = AxisDirection.TryParse(content.Columns);
        if (
            rows is null
            || columns is null
            || rows.Value.Cross(columns.Value) is not { X: 0, Y: 0 } normal
            || normal.Z == 0
        )
        {
            yield return $"rows '{content.Rows}' and columns '{content.Columns}' (they are x+, x-, y+ or y-, one along each)";
        }

        foreach (Quantity? quantity in new[] { content.Energy, content.Distance })
        {
            if (quantity is not null && !AreNames(quantity.Names))
            {
                yield return "an energy or a distance without a motor's name";
            }
        }

        if (content.Energy is { Unit: not ("keV" or "eV") })
        {
            yield return $"energy in '{content.Energy.Unit}' (keV or eV)";
        }

        if (content.Hdf5Places.Any(place => place?.Contains("{motor}", StringComparison.Ordinal) != true))
        {
            yield return "a place in hdf5_places without {motor}";
        }

        if (content.Distance is { Unit: not ("m" or "mm") })
        {
            yield return $"distance in '{content.Distance.Unit}' (m or mm)";
        }
    }

    private static bool AreNames(IReadOnlyList<string> names) =>
        names.Count > 0 && !names.Any(string.IsNullOrWhiteSpace);

    private static BeamlineDefinition Definition(Content content, string path) =>
        new()
        {
            Name = content.Name,
            Facility = content.Facility,
            Diffractometer = new(
                [.. content.SampleCircles.Select(Circle)],
                [.. content.DetectorCircles.Select(Circle)],
                AxisDirection.TryParse(content.Rows)!.Value,
                AxisDirection.TryParse(content.Columns)!.Value
            ),
            Energy = content.Energy is null ? null : new(content.Energy.Names, content.Energy.Unit),
            Distance = content.Distance is null ? null : new(content.Distance.Names, content.Distance.Unit),
            Hdf5Places = content.Hdf5Places,
            PixelMicrometres = content.PixelUm is { } pixel
                ? DetectorLength.PixelMicrometres(pixel, $"{path}: pixel_um")
                : null,
            Source = content.Source,
            ConfirmedBy = content.ConfirmedBy,
            Remarks = content.Remarks,
        };

    private static Circle Circle(Circled motor) => new(motor.Names, AxisDirection.TryParse(motor.Axis)!.Value);

    private sealed record Content
    {
        public required string Name { get; init; }

        public string Facility { get; init; } = "";

        public required IReadOnlyList<Circled> SampleCircles { get; init; }

        public required IReadOnlyList<Circled> DetectorCircles { get; init; }

        public required string Rows { get; init; }

        public required string Columns { get; init; }

        public Quantity? Energy { get; init; }

        public Quantity? Distance { get; init; }

        public IReadOnlyList<string> Hdf5Places { get; init; } = [];

        public double? PixelUm { get; init; }

        public required string Source { get; init; }

        public string? ConfirmedBy { get; init; }

        public string Remarks { get; init; } = "";
    }

    private sealed record Circled(
        [property: JsonRequired, JsonPropertyName("motor")] IReadOnlyList<string> Names,
        [property: JsonRequired] string Axis
    );

    private sealed record Quantity(
        [property: JsonRequired, JsonPropertyName("motor")] IReadOnlyList<string> Names,
        [property: JsonRequired] string Unit
    );
}
