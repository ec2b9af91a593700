using System.Text.Json;
using Fringe.Core;
using Fringe.Imaging.Figures;

namespace Fringe.Imaging.Files;

/// <summary>Reads <see cref="ResultFiles.Metrics"/>: figures and texts by name. Names that only another version knows are left out.</summary>
internal static class MetricsReader
{
    private const string Expected = "; phase the measurement again";

    /// <summary>The figures and texts of a file, in its order.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Not there, or damaged.</exception>
    public static (FigureSet Figures, IReadOnlyList<FactValue> Facts) Read(string path)
    {
        using JsonDocument document = Parse(path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw InputException.ForFile(path, $"is damaged: expected an object of figures by name{Expected}");
        }

        List<FigureValue> figures = [];
        List<FactValue> facts = [];
        foreach (JsonProperty part in document.RootElement.EnumerateObject())
        {
            if (FigureCatalog.All.FirstOrDefault(figure => figure.JsonName == part.Name) is { } figure)
            {
                figures.Add(figure.Of(Number(path, part)));
            }
            else if (Facts.All.FirstOrDefault(fact => fact.JsonName == part.Name) is { } fact)
            {
                facts.Add(fact.Of(Text(path, part)));
            }
        }

        return ([.. figures.DistinctBy(value => value.Figure)], facts);
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            string at = error.LineNumber is { } line ? $" in line {line + 1}" : "";
            throw InputException.ForFile(path, $"is damaged{at}: it is no JSON{Expected}", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(path, $"cannot be read: {error.Message}", inner: error);
        }
    }

    private static double? Number(string path, JsonProperty part) =>
        part.Value.ValueKind switch
        {
            JsonValueKind.Number => part.Value.GetDouble(),
            JsonValueKind.Null => null,
            _ => throw Wrong(path, part, "a number or null"),
        };

    private static string Text(string path, JsonProperty part) =>
        part.Value.ValueKind == JsonValueKind.String ? part.Value.GetString()! : throw Wrong(path, part, "a text");

    private static InputException Wrong(string path, JsonProperty part, string expected) =>
        InputException.ForFile(path, $"is damaged: '{part.Name}' is not {expected}{Expected}");
}
