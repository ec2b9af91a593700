using System.Text.Json;
using System.Text.Json.Serialization;
using Fringe.Core;

namespace Fringe.Formats;

/// <summary>Reads JSON that people write: comments and trailing commas are welcome, unknown keys are not.</summary>
internal static class UserJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
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
            throw InputException.ForFile(path, $"is no {what}: {Streams.OneLine(error.Message)}", inner: error);
        }
    }
}
