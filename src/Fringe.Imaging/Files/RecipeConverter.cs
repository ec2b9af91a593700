using System.Text.Json;
using System.Text.Json.Serialization;
using Fringe.Core;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Imaging.Files;

/// <summary>A recipe as its text alone, or with the beta that is not the usual one: <c>{"Text": "20*ER+180*HIO", "Beta": 0.7}</c>.</summary>
internal sealed class RecipeConverter : JsonConverter<PhasingRecipe>
{
    /// <exception cref="JsonException">Neither of the two forms.</exception>
    /// <exception cref="InputException">The text is no recipe.</exception>
    public override PhasingRecipe Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Parts parts =
            reader.TokenType == JsonTokenType.String
                ? new Parts(reader.GetString()!, Iterate.DefaultBeta)
                : JsonSerializer.Deserialize<Parts>(ref reader, options)!;
        return PhasingRecipe.Parse(parts.Text, parts.Beta);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PhasingRecipe value, JsonSerializerOptions options)
    {
        if (value.Beta.Equals(Iterate.DefaultBeta))
        {
            writer.WriteStringValue(value.Text);
        }
        else
        {
            JsonSerializer.Serialize(writer, new Parts(value.Text, value.Beta), options);
        }
    }

    private sealed record Parts(string Text, double Beta);
}
