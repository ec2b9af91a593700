using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Beamlines;

/// <summary>Reads JSON that people write: comments and trailing commas are welcome, unknown keys are not.</summary>
internal static partial class UserJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <param name="json">Borrowed.</param>
    /// <param name="path">For messages.</param>
    /// <param name="what">It should be: "beamline definition".</param>
    /// <exception cref="InputException">It is not.</exception>
    public static T Read<T>(Stream json, string path, string what)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException error)
        {
            throw InputException.ForFile(path, $"is no {what}: {Explain(error, typeof(T))}", inner: error);
        }
    }

    // The serializer names .NET's types.
    private static string Explain(JsonException error, Type type)
    {
        string at = error.LineNumber is { } line ? $" (line {line + 1})" : "";
        if (Unknown().Match(error.Message) is { Success: true } unknown)
        {
            string[] keys =
            [
                .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                    .Where(property => property.CanWrite)
                    .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)),
            ];
            return $"unknown key '{unknown.Groups[1].Value}'{at}; the keys are {string.Join(", ", keys)} (docs/geometry.md)";
        }

        if (Twice().Match(error.Message) is { Success: true } twice)
        {
            string? key = twice.Groups[1].Success ? twice.Groups[1].Value : error.Path?.TrimStart('$', '.');
            return $"'{key}' is there twice{at}; which of them counts cannot be known: leave one out";
        }

        if (Missing().Match(error.Message) is { Success: true } missing)
        {
            return $"it lacks {missing.Groups[1].Value.TrimEnd('.')} (docs/geometry.md)";
        }

        return Wrong().IsMatch(error.Message)
            ? $"{(error.Path is null or "$" ? "the whole of it" : error.Path.TrimStart('$', '.'))} is of the wrong kind{at} (docs/geometry.md)"
            : $"it is not JSON{at}: {Streams.OneLine(error.Message.Split(" Path:")[0])}";
    }

    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("^Duplicate propert(?:y '([^']*)'|ies)")]
    private static partial Regex Twice();

    [GeneratedRegex("missing required properties including: (.*)$")]
    private static partial Regex Missing();

    [GeneratedRegex("^The JSON value could not be converted|doesn't allow setting null values|is null")]
    private static partial Regex Wrong();
}
