using System.Text.Json;
using System.Text.Json.Serialization;
using Fringe.Core.Diffraction;
using Fringe.Simulation.Crystals;

namespace Fringe.Simulation.TrainingSet;

/// <summary>A recipe as one line of JSON, for provenance.</summary>
internal static class RecipeJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new MillerConverter() },
    };

    public static string Write(CrystalRecipe recipe) => JsonSerializer.Serialize(recipe, Options);

    /// <exception cref="JsonException">Not what <see cref="Write"/> gives.</exception>
    public static CrystalRecipe Read(string json) => JsonSerializer.Deserialize<CrystalRecipe>(json, Options)!;

    private sealed class MillerConverter : JsonConverter<MillerIndices>
    {
        public override MillerIndices Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            MillerIndices.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, MillerIndices value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
