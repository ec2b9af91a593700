using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Fringe.Tests.Architecture;

/// <summary>Which assembly knows which, and what must not be found in their metadata.</summary>
public sealed partial class AssembliesTests
{
    [Fact]
    public void Assemblies_References_AreTheDrawing() =>
        Assert.Equal(
            [
                "Fringe.Core -> ",
                "Fringe.Formats -> Fringe.Core",
                "Fringe.Learning -> Fringe.Core Fringe.Formats",
                "Fringe.Simulation -> Fringe.Core Fringe.Formats",
                "Fringe.Imaging -> Fringe.Core Fringe.Formats Fringe.Learning",
                "fringe -> Fringe.Core Fringe.Formats Fringe.Imaging Fringe.Learning Fringe.Simulation",
            ],
            House.Assemblies.Select(assembly =>
                $"{assembly.GetName().Name} -> {string.Join(' ', References(assembly))}"
            )
        );

    [Fact]
    public void Core_Packages_AreTorchSharpOnly() =>
        Assert.All(
            House.Core.GetReferencedAssemblies().Select(name => name.Name!),
            name => Assert.True(name.StartsWith("System", StringComparison.Ordinal) || name == "TorchSharp", name)
        );

    [Fact]
    public void Core_Code_TouchesNoFilesProcessesOrConsole()
    {
        using PEReader file = new(File.OpenRead(House.Core.Location));
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

    // A library is called from code, over HTTP and from Python too, where nobody knows what --seed is.
    [Fact]
    public void Libraries_Texts_NameNoFlag() =>
        House.AreKnown(
            House.Libraries.SelectMany(House.Texts).Where(text => Flag().IsMatch(text)),
            // Flags of other programs.
            "--pdeathsig",
            // Of the benchmark that renews a page.
            "<!-- From the catalogue: dotnet run --project bench/Fringe.Benchmarks -c Release -- figures -->",
            "the page lacks \"<!-- From the catalogue: dotnet run --project bench/Fringe.Benchmarks -c Release -- figures -->\" or \"<!-- End of what is from the catalogue. -->\""
        );

    // A library's own business is nobody's but its tests'. The executable still writes and draws with some of the product's.
    [Fact]
    public void Internals_Libraries_AreOpenToTestsAndBenchmarksOnly() =>
        House.AreKnown(
            House.Libraries.SelectMany(library =>
                library
                    .GetCustomAttributes<InternalsVisibleToAttribute>()
                    .Select(attribute => attribute.AssemblyName)
                    .Except(["Fringe.Tests", "Fringe.Benchmarks"])
                    .Select(friend => $"{library.GetName().Name} to {friend}")
            ),
            "Fringe.Imaging to fringe"
        );

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("fringe", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("--[a-z]")]
    private static partial Regex Flag();
}
