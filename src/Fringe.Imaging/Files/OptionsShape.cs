using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fringe.Core;

namespace Fringe.Imaging.Files;

/// <summary>Whether JSON has the form of options: known keys, values of the right kind. The serializer stops at the first fault and names .NET's types.</summary>
internal static class OptionsShape
{
    /// <summary>All that is wrong with its form.</summary>
    /// <param name="json">Borrowed.</param>
    /// <param name="type">Of the options.</param>
    /// <param name="settings">That they are read with.</param>
    public static IEnumerable<OptionProblem> ProblemsOf(JsonElement json, Type type, JsonSerializerOptions settings) =>
        OfValue(json, settings.GetTypeInfo(type), "");

    private static IEnumerable<OptionProblem> OfValue(JsonElement json, JsonTypeInfo contract, string path) =>
        (contract.Kind, json.ValueKind) switch
        {
            (JsonTypeInfoKind.Object, JsonValueKind.Object) => OfObject(json, contract, path),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => json.EnumerateArray()
                .SelectMany(
                    (element, i) =>
                        OfValue(element, contract.Options.GetTypeInfo(contract.ElementType!), $"{path}[{i}]")
                ),
            (JsonTypeInfoKind.Object or JsonTypeInfoKind.Enumerable, _) => [Wrong(contract, path)],
            _ => OfLeaf(json, contract, path),
        };

    private static IEnumerable<OptionProblem> OfObject(JsonElement json, JsonTypeInfo contract, string path)
    {
        string? kind = contract.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (kind is not null)
        {
            IList<JsonDerivedType> kinds = contract.PolymorphismOptions!.DerivedTypes;
            string? named = json.TryGetProperty(kind, out JsonElement text) ? text.ToString() : null;
            if (kinds.FirstOrDefault(one => one.TypeDiscriminator as string == named).DerivedType is not { } derived)
            {
                string names = string.Join(", ", kinds.Select(one => one.TypeDiscriminator));
                return [new(Join(path, kind), $"must be one of {names}")];
            }

            contract = contract.Options.GetTypeInfo(derived);
        }

        return OfProperties([.. json.EnumerateObject().Where(part => part.Name != kind)], contract, path);
    }

    private static IEnumerable<OptionProblem> OfProperties(JsonProperty[] parts, JsonTypeInfo contract, string path)
    {
        HashSet<string> seen = [];
        foreach (JsonProperty part in parts)
        {
            string place = Join(path, part.Name);
            if (!seen.Add(part.Name))
            {
                yield return new(place, "is there twice");
            }
            else if (contract.Properties.FirstOrDefault(one => one.Name == part.Name) is not { } property)
            {
                string names = string.Join(", ", contract.Properties.Select(one => one.Name));
                yield return new(
                    place,
                    names.Length == 0 ? "is no option; there are none here" : $"is no option; expected {names}"
                );
            }
            else if (part.Value.ValueKind != JsonValueKind.Null || !MayBeNull(property))
            {
                Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                foreach (OptionProblem problem in OfValue(part.Value, contract.Options.GetTypeInfo(type), place))
                {
                    yield return problem;
                }
            }
        }

        foreach (
            JsonPropertyInfo missing in contract.Properties.Where(one => one.IsRequired && !seen.Contains(one.Name))
        )
        {
            yield return new(Join(path, missing.Name), "is missing");
        }
    }

    private static IEnumerable<OptionProblem> OfLeaf(JsonElement json, JsonTypeInfo contract, string path)
    {
        try
        {
            // The serializer takes 1e999 for infinity.
            return json.Deserialize(contract) is null or double.PositiveInfinity or double.NegativeInfinity
                ? [Wrong(contract, path)]
                : [];
        }
        catch (JsonException)
        {
            return [Wrong(contract, path)];
        }
        catch (InputException error)
        {
            return [new(path, $"cannot be used: {error.Message}")];
        }
    }

    private static bool MayBeNull(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : property.IsSetNullable;

    private static OptionProblem Wrong(JsonTypeInfo contract, string path) =>
        new(path.Length == 0 ? "$" : path, $"must be {Expected(contract)}");

    private static string Expected(JsonTypeInfo contract)
    {
        Type type = contract.Type;
        return contract.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "a list",
            JsonTypeInfoKind.Object => $"an object of {string.Join(", ", Keys(contract))}",
            _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(TimeSpan) => "a time such as 00:03:00",
            _ => "a text",
        };
    }

    private static IEnumerable<string> Keys(JsonTypeInfo contract) =>
        contract.PolymorphismOptions is { } several
            ? [several.TypeDiscriminatorPropertyName]
            : contract.Properties.Select(property => property.Name);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
