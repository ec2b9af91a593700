using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fringe.Imaging.Files;

/// <summary>JSON as the result files have it: indented, with letters as they are.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(object values) => JsonSerializer.Serialize(values, Indented);
}
