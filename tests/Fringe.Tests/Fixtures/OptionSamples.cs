using System.Reflection;
using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Values;
using Fringe.Tests.Architecture;

namespace Fringe.Tests.Fixtures;

/// <summary>Every type of options that the libraries have, found by reflection, at its defaults and with each property changed.</summary>
internal static class OptionSamples
{
    // No number that an option could mean.
    private static readonly object?[] Impossible = [double.NaN, int.MinValue, long.MinValue];

    /// <summary>All kinds of options.</summary>
    public static Type[] Types =>
        [
            .. House
                .Libraries.SelectMany(assembly => assembly.GetTypes())
                .Where(type => typeof(IOptions).IsAssignableFrom(type) && !type.IsAbstract),
        ];

    /// <summary>The properties that make the options what they are.</summary>
    public static PropertyInfo[] Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite)];

    /// <summary>As somebody gets them who asks for nothing.</summary>
    public static IOptions Default(Type type) =>
        type == typeof(Chain) ? new Chain(new Iterate(), new Refine())
        : type == typeof(CoarseToFine) ? new CoarseToFine(new Iterate(), new Refine())
        : (IOptions)Activator.CreateInstance(type)!;

    /// <summary>The defaults with one property changed: each property in turn, to each kind of value that it may have.</summary>
    public static IEnumerable<(PropertyInfo Property, IOptions Options)> Changed(Type type) =>
        from property in Properties(type)
        let before = property.GetValue(Default(type))
        from value in Others(property.PropertyType, before)
        where !Equals(value, before)
        select (property, With(Default(type), property, value));

    /// <summary>Options that nobody can use; null where every value is possible.</summary>
    public static IOptions? Invalid(Type type) =>
        type.IsAbstract
            ? Types.Where(kind => kind.IsSubclassOf(type)).Select(Invalid).First(found => found is not null)
            : Properties(type)
                .SelectMany(property => Wrong(type, property))
                .FirstOrDefault(options => options.Validate().Any());

    /// <summary>The options with another value of a property, as <c>with</c> makes them.</summary>
    public static IOptions With(IOptions options, PropertyInfo property, object? value)
    {
        object copy = options.GetType().GetMethod("<Clone>$")!.Invoke(options, null)!;
        property.SetValue(copy, value);
        return (IOptions)copy;
    }

    private static IEnumerable<IOptions> Wrong(Type type, PropertyInfo property)
    {
        Type bare = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IEnumerable<object?> values = typeof(IOptions).IsAssignableFrom(bare)
            ? [Invalid(bare)]
            : Impossible.Where(value => bare.IsInstanceOfType(value));
        return values.Where(value => value is not null).Select(value => With(Default(type), property, value));
    }

    private static IEnumerable<object?> Others(Type type, object? before)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare)
        {
            return Others(bare, before ?? Activator.CreateInstance(bare)).Append(null);
        }

        if (typeof(IOptions).IsAssignableFrom(type))
        {
            return Types
                .Where(type.IsAssignableFrom)
                .SelectMany(kind => Changed(kind).Select(one => one.Options).Take(1).Prepend(Default(kind)));
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return [Several(type.GetGenericArguments()[0])];
        }

        return type.IsEnum
            ? Enum.GetValues(type).Cast<object>()
            : before switch
            {
                bool value => [!value],
                int value => [value + 1],
                long value => [value + 1],
                // No short decimal: all digits have to come back.
                double value => [value + (1 / 3.0)],
                string or null when type == typeof(string) => ["cdinn \"é\""],
                TimeSpan value => [value + TimeSpan.FromSeconds(1.5)],
                MillerIndices => [new MillerIndices(2, 0, -2)],
                PixelIndex => [new PixelIndex(3, 5)],
                PhasingRecipe => [PhasingRecipe.Parse("3*ER+SW", Iterate.DefaultBeta), PhasingRecipe.Parse("DM", 0.7)],
                _ => throw new NotSupportedException($"say here what another {type.Name} may be"),
            };
    }

    private static Array Several(Type element)
    {
        object? first = element.IsValueType ? Activator.CreateInstance(element) : null;
        object?[] values = [.. Others(element, first)];
        Array several = Array.CreateInstance(element, values.Length);
        values.CopyTo(several, 0);
        return several;
    }
}
