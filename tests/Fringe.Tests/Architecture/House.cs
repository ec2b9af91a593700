using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Architecture;

/// <summary>What the tests of the house's plan look at: the assemblies, their types and the files.</summary>
internal static partial class House
{
    public static readonly Assembly Core = typeof(InputException).Assembly;
    public static readonly Assembly Formats = typeof(MeasurementFile).Assembly;
    public static readonly Assembly Learning = typeof(Fringe.Learning.Networks.NetworkPreset).Assembly;
    public static readonly Assembly Simulation = typeof(Fringe.Simulation.Crystals.CrystalRecipe).Assembly;
    public static readonly Assembly Imaging = typeof(Fringe.Imaging.Imager).Assembly;
    public static readonly Assembly App = typeof(Fringe.App.Commands.NumberList).Assembly;

    /// <summary>All but the executable.</summary>
    public static IEnumerable<Assembly> Libraries => [Core, Formats, Learning, Simulation, Imaging];

    /// <summary>What ships.</summary>
    public static IEnumerable<Assembly> Assemblies => [.. Libraries, App];

    /// <summary>Types that somebody wrote, nested ones included.</summary>
    public static IEnumerable<Type> OwnTypes() =>
        Assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                type.Namespace is "Fringe" || type.Namespace?.StartsWith("Fringe.", StringComparison.Ordinal) == true
            )
            .Where(type => !IsGenerated(type) && type.Name != "Program");

    /// <summary>Made by the compiler or a source generator, itself or what it is nested in.</summary>
    public static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<')
        || member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    /// <summary>The name without generic arity, nested types as <c>Outer.Inner</c>.</summary>
    public static string Name(Type type)
    {
        string name = type.Name.Split('`')[0];
        return type.DeclaringType is { } outer ? $"{Name(outer)}.{name}" : name;
    }

    /// <summary>The string constants of an assembly's code, the pieces of interpolated ones each by itself.</summary>
    public static IEnumerable<string> Texts(Assembly assembly)
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        List<string> texts = [];
        for (
            UserStringHandle text = MetadataTokens.UserStringHandle(1);
            !text.IsNil;
            text = metadata.GetNextHandle(text)
        )
        {
            texts.Add(metadata.GetUserString(text));
        }

        return texts;
    }

    /// <summary>Paths of the C# files below <c>src</c>, or below another folder of the repository.</summary>
    public static IEnumerable<string> SourceFiles(params string[] folder)
    {
        string source = Path.Combine([Repository.Root, .. folder.Length == 0 ? ["src"] : folder]);
        return Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !GeneratedFolder().IsMatch(Path.GetRelativePath(source, file)));
    }

    /// <summary>Fails unless the offenders are the known ones: a new one is refused, and one that is mended must leave the list.</summary>
    public static void AreKnown(IEnumerable<string> offenders, params string[] known)
    {
        string[] found = [.. offenders.Distinct()];
        string[] lines =
        [
            .. found.Except(known).Order(StringComparer.Ordinal).Select(name => $"new: {name}"),
            .. known
                .Except(found)
                .Order(StringComparer.Ordinal)
                .Select(name => $"mended, strike it from the list: {name}"),
        ];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }

    [GeneratedRegex(@"(^|[/\\])(obj|bin)[/\\]")]
    private static partial Regex GeneratedFolder();
}
