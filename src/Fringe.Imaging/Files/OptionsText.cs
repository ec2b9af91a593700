using System.Collections;
using System.Text.Json.Nodes;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Imaging.Files;

/// <summary>Options as JSON, with all their parts and the kinds of these: what the CXI file keeps of a run.</summary>
internal static class OptionsText
{
    /// <param name="options">A record of numbers, texts, and further records.</param>
    public static string Of(object options) => JsonText.Of(Node(options)!);

    private static JsonNode? Node(object? value) =>
        value switch
        {
            null => null,
            PhasingRecipe recipe => recipe.Text,
            string text => text,
            Enum kind => kind.ToString(),
            bool or int or long or double or float => JsonValue.Create(value),
            IEnumerable several => new JsonArray([.. several.Cast<object>().Select(Node)]),
            _ => Parts(value),
        };

    private static JsonObject Parts(object value)
    {
        JsonObject parts = [];
        if (value.GetType().BaseType is { IsAbstract: true })
        {
            parts["kind"] = value.GetType().Name;
        }

        foreach (var property in value.GetType().GetProperties().Where(property => !property.GetMethod!.IsStatic))
        {
            parts[property.Name] = Node(property.GetValue(value));
        }

        return parts;
    }
}
