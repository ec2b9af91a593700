using System.Reflection;
using System.Runtime.CompilerServices;
using Fringe.Core;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Architecture;

/// <summary>What is true of all options: plain data, equal by value, to JSON and back, refused where impossible.</summary>
public sealed class OptionsTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<Type> Types => [.. OptionSamples.Types];

    // So that a test that finds nothing cannot be one that looks at nothing.
    [Fact]
    public void OptionSamples_All_AreMany()
    {
        Assert.True(OptionSamples.Types.Length >= 30, $"{OptionSamples.Types.Length} types");
        Assert.Contains(typeof(ImagingOptions), OptionSamples.Types);
        Assert.True(OptionSamples.Types.Sum(type => OptionSamples.Changed(type).Count()) >= 150);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Options_Defaults_AreEqual(Type type)
    {
        Assert.Equal(OptionSamples.Default(type), OptionSamples.Default(type));
        Assert.Equal(OptionSamples.Default(type).GetHashCode(), OptionSamples.Default(type).GetHashCode());
    }

    // Each property is part of the value, and lists are values as their elements are.
    [Theory]
    [MemberData(nameof(Types))]
    public void Options_OneChanged_DifferAndEqualTheirLike(Type type)
    {
        IOptions before = OptionSamples.Default(type);

        Assert.All(OptionSamples.Changed(type), changed => Assert.NotEqual(before, changed.Options));
        Assert.Equal(
            OptionSamples.Changed(type).Select(changed => changed.Options),
            OptionSamples.Changed(type).Select(changed => changed.Options)
        );
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Options_All_ComeBackFromJson(Type type)
    {
        Assert.Equal(
            OptionSamples.Properties(type).Select(property => property.Name),
            OptionSamples.Changed(type).Select(changed => changed.Property.Name).Distinct()
        );
        Assert.All(
            OptionSamples.Changed(type).Select(changed => changed.Options).Prepend(OptionSamples.Default(type)),
            options =>
            {
                Assert.Equal(options, ThroughJson(options, type));
                // As one kind of several.
                if (type.BaseType is { IsAbstract: true } several)
                {
                    Assert.Equal(options, ThroughJson(options, several));
                }
            }
        );
    }

    // Comparisons with NaN are false: a check that says what is wrong, and not what is right, lets it pass.
    [Theory]
    [MemberData(nameof(Types))]
    public void Options_NotANumber_IsRefused(Type type) =>
        Assert.All(
            OptionSamples
                .Properties(type)
                .Where(property => property.PropertyType == typeof(double) || property.PropertyType == typeof(double?)),
            property =>
                Assert.NotEmpty(OptionSamples.With(OptionSamples.Default(type), property, double.NaN).Validate())
        );

    [Theory]
    [MemberData(nameof(Types))]
    public void Options_Defaults_CanBeUsed(Type type) => Assert.Empty(OptionSamples.Default(type).Validate());

    // Before any work: on objects that are not there, with nothing to work on.
    [Fact]
    public void Options_Invalid_AreRefusedByEveryPublicEntry()
    {
        (MethodBase Entry, ParameterInfo Options)[] entries = [.. Entries()];

        Assert.True(entries.Length >= 15, $"{entries.Length} entries");
        House.AreKnown(
            entries.Where(entry => !Refuses(entry.Entry, entry.Options)).Select(entry => NameOf(entry.Entry)),
            // These put options together or write them, and leave it to others to use them.
            "OptionsJson.Write",
            "RefinedPhasing.Of",
            "StartPlan.Random"
        );
    }

    // A scan's header is no option, but what is known of a measurement; how an array is read is checked where it is read.
    [Fact]
    public void Records_WithProblems_AreOptions() =>
        House.AreKnown(
            House
                .OwnTypes()
                .Where(type => House.Libraries.Contains(type.Assembly) && !typeof(IOptions).IsAssignableFrom(type))
                .Where(type =>
                    type.GetMethod("Validate") is not null || type.Name.EndsWith("Options", StringComparison.Ordinal)
                )
                .Select(House.Name),
            "FringeOptions",
            "ReadOptions",
            "ScanHeader"
        );

    private static object ThroughJson(IOptions options, Type type)
    {
        MethodInfo write = typeof(OptionsJson).GetMethod(nameof(OptionsJson.Write))!.MakeGenericMethod(type);
        MethodInfo parse = typeof(OptionsJson)
            .GetMethod(nameof(OptionsJson.Parse), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type);
        return parse.Invoke(null, [write.Invoke(null, [options])])!;
    }

    private static IEnumerable<(MethodBase Entry, ParameterInfo Options)> Entries() =>
        from type in House.OwnTypes()
        where House.Libraries.Contains(type.Assembly) && type.IsVisible && !typeof(IOptions).IsAssignableFrom(type)
        // A record's constructor keeps what it is given.
        let isRecord = type.GetMethod("<Clone>$") is not null
        from method in type.GetMethods(Declared)
            .Where(method => !method.IsSpecialName)
            .Cast<MethodBase>()
            .Concat(isRecord ? [] : type.GetConstructors(Declared))
        from parameter in method.GetParameters()
        where typeof(IOptions).IsAssignableFrom(parameter.ParameterType)
        select (method, parameter);

    private static bool Refuses(MethodBase entry, ParameterInfo wrong)
    {
        if (entry.IsGenericMethodDefinition)
        {
            return false;
        }

        object?[] arguments =
        [
            .. entry
                .GetParameters()
                .Select(parameter =>
                    parameter.Position == wrong.Position
                        ? OptionSamples.Invalid(parameter.ParameterType)
                        : Argument(parameter.ParameterType)
                ),
        ];
        Exception? error = Record.Exception(() =>
            entry is ConstructorInfo constructor
                ? constructor.Invoke(arguments)
                : entry.Invoke(
                    entry.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(entry.DeclaringType!),
                    arguments
                )
        );
        return error?.InnerException is InputException { Message: var line } && line.StartsWith('`');
    }

    private static object? Argument(Type type) =>
        type == typeof(ScanHeader)
            ? new ScanHeader
            {
                Name = "scan",
                Frames = 8,
                Height = 8,
                Width = 8,
            }
        : typeof(IOptions).IsAssignableFrom(type)
            ? OptionSamples.Default(type.IsAbstract ? OptionSamples.Types.First(type.IsAssignableFrom) : type)
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static string NameOf(MethodBase method) =>
        $"{House.Name(method.DeclaringType!)}.{method.Name.TrimStart('.')}";
}
