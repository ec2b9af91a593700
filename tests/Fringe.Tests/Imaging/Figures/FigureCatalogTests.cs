using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Network;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Imaging.Figures;

/// <summary>Every figure is in the catalogue once, explains itself, is documented, and is what a run writes.</summary>
public sealed partial class FigureCatalogTests
{
    [Fact]
    public void JsonNames_All_AreUniqueSnakeCase()
    {
        string[] names =
        [
            .. FigureCatalog.All.Select(figure => figure.JsonName),
            .. Facts.All.Select(fact => fact.JsonName),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", name));
        Assert.Throws<ArgumentException>(() => new Figure("Not_snake", "", ""));
    }

    // A property that its topic's list forgets would be undocumented.
    [Fact]
    public void All_HasEveryFigureThereIs()
    {
        object[] values =
        [
            .. typeof(Figure)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public))
                .Where(property =>
                    property.PropertyType == typeof(Figure)
                    || property.PropertyType == typeof(AxisFigures)
                    || property.PropertyType == typeof(Stage)
                    || property.PropertyType == typeof(Fact)
                )
                .Select(property => property.GetValue(null)!),
        ];
        IEnumerable<Figure> figures =
        [
            .. values.OfType<Figure>(),
            .. values.OfType<AxisFigures>().SelectMany(axes => axes),
            .. values.OfType<Stage>().Select(stage => stage.Seconds),
        ];

        Assert.Equal(Sorted(figures), Sorted(FigureCatalog.All));
        Assert.Equal(
            values.OfType<Fact>().Select(fact => fact.JsonName).Order(),
            Facts.All.Select(fact => fact.JsonName).Order()
        );
    }

    [Fact]
    public void Meanings_StandAlone() =>
        Assert.All(
            FigureCatalog
                .All.Select(figure => (figure.JsonName, figure.Meaning))
                .Concat(Facts.All.Select(fact => (fact.JsonName, fact.Meaning))),
            one =>
            {
                Assert.False(LeansOnAnother().IsMatch(one.Meaning), $"{one.JsonName}: {one.Meaning}");
                Assert.Matches("""^["A-Z0-9].{20,}\.$""", one.Meaning);
            }
        );

    [Theory]
    [InlineData("The same at 0.5, the stricter level.")]
    [InlineData("The same.")]
    [InlineData("The other voxels.")]
    [InlineData("As above, of the network.")]
    [InlineData("Voxels as in the row above.")]
    public void Meanings_ThatLeanOnAnother_AreSeen(string meaning) => Assert.Matches(LeansOnAnother(), meaning);

    [Fact]
    public void NetworkMeanings_NameItsLimits()
    {
        Assert.Contains(
            FormattableString.Invariant($"above {NetworkJudgement.LargestSpread} "),
            NetworkFigures.Spread.Meaning
        );
        Assert.Contains(
            FormattableString.Invariant(
                $"above {NetworkJudgement.LargestChi} and {NetworkJudgement.ChiOverNoise} times"
            ),
            NetworkFigures.Chi.Meaning
        );
    }

    [Fact]
    public void Docs_ListEveryFigure()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md")).ReplaceLineEndings("\n");

        Assert.True(
            page == FigureDocs.Renew(page),
            "docs/metrics.md is not what the catalogue says; renew it: "
                + "dotnet run --project bench/Fringe.Benchmarks -c Release -- figures"
        );
        Assert.All(FigureCatalog.All, figure => Assert.Contains($"`{figure.JsonName}`", page));
        Assert.All(Facts.All, fact => Assert.Contains($"`{fact.JsonName}`", page));
    }

    /// <summary>Fails for a name that neither the catalogue nor the given ones have.</summary>
    internal static void AssertKnown(JsonElement found, params string[] others) =>
        Assert.Empty(
            found
                .EnumerateObject()
                .Select(one => one.Name)
                .Except(FigureCatalog.All.Select(figure => figure.JsonName))
                .Except(Facts.All.Select(fact => fact.JsonName))
                .Except(others)
        );

    private static IEnumerable<string> Sorted(IEnumerable<Figure> figures) =>
        figures.Select(figure => figure.JsonName).Order();

    [GeneratedRegex(
        @"^(the same|the other|as above|likewise|ditto|also)\b|\b(row above|row below|as above|as below|likewise|ditto|see above|the former|the latter)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex LeansOnAnother();
}
