using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fringe.Core;

namespace Fringe.Imaging.Files;

/// <summary>
/// Options as JSON and back: the <c>options</c> of a CXI file, and what programs in other languages ask with. A key is a property's name, an
/// enumeration's value its name; where options may be of several kinds, <c>kind</c> says which. What is left out is as by default.
/// </summary>
public static class OptionsJson
{
    private const string Kind = "kind";

    private static readonly JsonSerializerOptions Settings = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false), new RecipeConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepToOptions } },
    };

    /// <summary>All options, those at their defaults too.</summary>
    /// <param name="options">An object of numbers, texts, lists and further options.</param>
    public static string Write<T>(T options)
        where T : IOptions => JsonSerializer.Serialize(options, Settings);

    /// <summary>The options that <see cref="Write"/> wrote, or somebody else.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InputException">
    /// It is no JSON, has a key that is no option or a value that is impossible; one line names every such option by its path.
    /// </exception>
    public static T Read<T>(string json)
        where T : IOptions
    {
        T options = Parse<T>(json);
        OptionProblem.RequireNone(options.Validate());
        return options;
    }

    /// <summary>The options of a text; possible or not on this machine.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InputException">It is no JSON of these options.</exception>
    internal static T Parse<T>(string json)
        where T : IOptions
    {
        using JsonDocument document = Document(json);
        OptionProblem.RequireNone(OptionsShape.ProblemsOf(document.RootElement, typeof(T), Settings));
        return document.Deserialize<T>(Settings)!;
    }

    private static JsonDocument Document(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            string at = error.LineNumber is { } line ? $" (line {line + 1})" : "";
            throw new InputException($"the options are no JSON{at}; expected an object of options by name", error);
        }
    }

    // What follows from options is none, values of several parts are whole, and kinds have names.
    private static void KeepToOptions(JsonTypeInfo contract)
    {
        if (contract.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (JsonPropertyInfo computed in contract.Properties.Where(property => property.Set is null).ToArray())
        {
            contract.Properties.Remove(computed);
        }

        foreach (JsonPropertyInfo part in contract.Properties)
        {
            part.IsRequired |= contract.Type.IsValueType;
        }

        if (contract.Type.IsAbstract)
        {
            contract.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Kind };
            foreach (Type kind in contract.Type.Assembly.GetTypes().Where(contract.Type.IsAssignableFrom))
            {
                if (!kind.IsAbstract)
                {
                    contract.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, kind.Name));
                }
            }
        }
    }
}
