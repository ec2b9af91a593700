using System.Reflection;
using System.Text.RegularExpressions;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Architecture;

/// <summary>Folders are namespaces, and namespaces use one another in one direction.</summary>
public sealed partial class NamespacesTests
{
    // From bottom to top: each uses those before it only.
    private static readonly string[] CoreOrder =
    [
        "Fringe.Core",
        "Fringe.Core.Values",
        "Fringe.Core.Tensors",
        "Fringe.Core.Tensors.Kernels",
        "Fringe.Core.Volumes",
        "Fringe.Core.Diffraction",
        "Fringe.Core.Geometry",
        "Fringe.Core.Metrics",
        "Fringe.Core.Preparation",
        "Fringe.Core.Phasing",
        "Fringe.Core.Phasing.Projections",
        "Fringe.Core.Phasing.Refinement",
        "Fringe.Core.Phasing.Combining",
        "Fringe.Core.Phasing.Uncertainty",
        "Fringe.Core.Strain",
    ];

    public static TheoryData<string> Names => [.. House.Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Namespaces_Uses_FormNoCircle(string assembly)
    {
        IReadOnlyCollection<NamespaceUse> uses = NamespaceUses.Read(Named(assembly));
        IReadOnlyList<NamespaceUse> circle = NamespaceUses.ShortestCircle(uses);

        Assert.True(
            circle.Count == 0,
            string.Join("\n", circle.Select(use => $"{use.From}.{use.User} -> {use.To}.{use.Used}"))
        );
    }

    // So that a test that finds nothing cannot be one that looks at nothing.
    [Fact]
    public void NamespaceUses_OfSmallGraphs_FindTheShortestCircle()
    {
        NamespaceUse[] uses =
        [
            new("A", "B", "a", "b"),
            new("B", "C", "b", "c"),
            new("C", "A", "c", "a"),
            new("C", "D", "c", "d"),
        ];

        Assert.Equal(3, NamespaceUses.ShortestCircle(uses).Count);
        Assert.Equal(2, NamespaceUses.ShortestCircle([.. uses, new("D", "C", "d", "c")]).Count);
        Assert.Empty(NamespaceUses.ShortestCircle(uses.Where(use => use.User != "b")));
    }

    // A use that stands in a body of code only: no field, signature or base type tells of it.
    [Fact]
    public void NamespaceUses_OfABody_AreFound() =>
        Assert.Contains(
            NamespaceUses.Read(typeof(NamespacesTests).Assembly),
            use => use is { User: "NamespacesTests.Namespaces_Order_IsThePlan", Used: "NamespaceUses" }
        );

    [Fact]
    public void Namespaces_Order_IsThePlan()
    {
        IReadOnlyCollection<NamespaceUse> uses = NamespaceUses.Read(House.Core);

        Assert.Empty(uses.SelectMany(use => new[] { use.From, use.To }).Except(CoreOrder));
        House.AreKnown(
            uses.Where(use => Array.IndexOf(CoreOrder, use.From) < Array.IndexOf(CoreOrder, use.To))
                .Select(use => $"{use.From}.{use.User} -> {use.To}.{use.Used}")
        );
    }

    [Fact]
    public void Namespace_EveryFile_IsItsFolder() =>
        Assert.Empty(
            new[] { "src", "tests" }.SelectMany(top =>
                House
                    .SourceFiles(top)
                    .Where(file => Path.GetFileName(file) != "Program.cs")
                    .Where(file => Declared(file) != Expected(top, file))
                    .Select(file => $"{Path.GetRelativePath(Repository.Root, file)}: {Declared(file)}")
            )
        );

    private static Assembly Named(string name) => House.Assemblies.Single(assembly => assembly.GetName().Name == name);

    private static string Expected(string top, string file) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, top), Path.GetDirectoryName(file)!)
            .Replace(Path.DirectorySeparatorChar, '.');

    private static string Declared(string file) => Namespace().Match(File.ReadAllText(file)).Groups[1].Value;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
