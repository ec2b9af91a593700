using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests;

/// <summary>The house's plan (shared/DESIGN.md): who may know whom, and how files and classes look.</summary>
public sealed partial class ArchitectureTests
{
    // "Under about 300": the list of options of `fringe phase` is the longest.
    private const int MostLines = 300;
    private static readonly Assembly Core = typeof(InputException).Assembly;
    private static readonly Assembly Formats = typeof(MeasurementFile).Assembly;
    private static readonly Assembly Simulation = typeof(Fringe.Simulation.Crystals.CrystalRecipe).Assembly;
    private static readonly Assembly Learning = typeof(Fringe.Learning.Networks.NetworkPreset).Assembly;
    private static readonly Assembly Imaging = typeof(Fringe.Imaging.PhaseRequest).Assembly;
    private static readonly Assembly App = typeof(Fringe.App.Commands.NumberList).Assembly;

    // From bottom to top: an assembly may use those before it in its list.
    [Fact]
    public void Assemblies_References_PointDownwards()
    {
        Assert.Equal([], References(Core));
        Assert.Equal(["Fringe.Core"], References(Formats));
        Assert.Equal(["Fringe.Core", "Fringe.Formats"], References(Learning));
        Assert.Equal(["Fringe.Core", "Fringe.Formats"], References(Simulation));
        Assert.Equal(["Fringe.Core", "Fringe.Formats", "Fringe.Learning"], References(Imaging));
        Assert.DoesNotContain("Fringe.Tests", References(App));
        Assert.DoesNotContain("fringe", References(Formats));
    }

    [Fact]
    public void Core_Packages_AreTorchSharpOnly() =>
        Assert.All(
            Core.GetReferencedAssemblies().Select(name => name.Name!),
            name => Assert.True(name.StartsWith("System", StringComparison.Ordinal) || name == "TorchSharp", name)
        );

    [Fact]
    public void Core_Code_TouchesNoFilesProcessesOrConsole()
    {
        using PEReader file = new(File.OpenRead(Core.Location));
        MetadataReader metadata = file.GetMetadataReader();
        string[] used =
        [
            .. metadata
                .TypeReferences.Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"),
        ];

        Assert.Contains("System.Math", used);
        string[] forbidden =
        [
            "System.IO.File",
            "System.IO.FileStream",
            "System.IO.Directory",
            "System.IO.Path",
            "System.Diagnostics.Process",
            "System.Console",
        ];
        Assert.Empty(used.Intersect(forbidden));
    }

    [Fact]
    public void Classes_Everywhere_AreSealedAbstractOrStatic() =>
        Assert.Empty(
            OwnTypes().Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract).Select(type => type.FullName)
        );

    [Fact]
    public void Interfaces_Own_HaveSeveralImplementationsOrNone()
    {
        Type[] types = [.. OwnTypes()];

        Assert.Empty(
            types
                .Where(type =>
                    type.IsInterface && types.Count(other => other != type && type.IsAssignableFrom(other)) == 1
                )
                .Select(type => type.FullName)
        );
    }

    [Fact]
    public void SourceFiles_Length_StaysReadable() =>
        Assert.All(SourceFiles(), file => Assert.InRange(File.ReadLines(file).Count(), 1, MostLines));

    [Fact]
    public void SourceFiles_Name_IsATypeInThem() =>
        Assert.All(
            SourceFiles().Where(file => Path.GetFileName(file) != "Program.cs"),
            file =>
                Assert.Contains(
                    Path.GetFileNameWithoutExtension(file),
                    TypeDeclaration().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
                )
        );

    [Fact]
    public void LeakCheckedTests_All_RunAlone() =>
        Assert.Empty(
            typeof(ArchitectureTests)
                .Assembly.GetTypes()
                .Where(type =>
                    type.IsDefined(typeof(LeakCheckAttribute))
                    || type.GetMethods().Any(method => method.IsDefined(typeof(LeakCheckAttribute)))
                )
                .Where(type =>
                    !type.GetCustomAttributesData()
                        .Any(data =>
                            data.AttributeType == typeof(CollectionAttribute)
                            && data.ConstructorArguments[0].Value as string == TensorTests.Name
                        )
                )
                .Select(type => type.FullName)
        );

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("fringe", StringComparison.OrdinalIgnoreCase))
            .Order();

    private static IEnumerable<Type> OwnTypes() =>
        new[] { Core, Formats, Simulation, Learning, Imaging, App }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("Fringe", StringComparison.Ordinal) == true)
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Name != "Program");

    private static IEnumerable<string> SourceFiles()
    {
        string source = Path.Combine(Repository.Root, "src");
        return Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !GeneratedFolder().IsMatch(Path.GetRelativePath(source, file)));
    }

    [GeneratedRegex(@"(?:class|record|struct|enum|interface) (?:struct |class )?(\w+)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"[/\\](obj|bin)[/\\]")]
    private static partial Regex GeneratedFolder();
}
