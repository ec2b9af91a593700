using System.Text.Json;
using Fringe.Core.Diffraction;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Process;

/// <summary>The catalogue of figures is what a run of the program writes.</summary>
public sealed class PhaseFiguresTests
{
    // All that a run can have: geometry, reflection, network, replicas.
    [Fact]
    public void Phase_TheSample_WritesTheCatalogue()
    {
        using TemporaryFolder folder = new();
        JsonElement found = FringeProgram
            .Run("phase", "-o", folder.File("result"), "--reflection", "1,1,1", "--replicas", "2", "--json")
            .Json();

        // A blur is fitted where photon noise does not explain the misfit; the threads are of a comparison alone.
        Figure[] sometimes = [.. PhasingFigures.CoherenceBlur, PhasingFigures.Threads];
        Stage[] stages =
        [
            Stage.Read,
            Stage.Prepare,
            Stage.FindCoherence,
            Stage.Predict,
            Stage.JudgePrediction,
            Stage.Phase,
            Stage.EstimateUncertainty,
            Stage.Strain,
            Stage.Write,
        ];
        Figure[] expected =
        [
            .. PhasingFigures.Topic.Figures.Except(sometimes),
            .. UncertaintyFigures.Topic.Figures,
            .. PatternFigures.Topic.Figures,
            NetworkFigures.Spread,
            NetworkFigures.Chi,
            .. StrainFigures.Topic.Figures,
            TimeFigures.Total,
            .. stages.Select(stage => stage.Seconds),
        ];
        string[] texts = [.. Facts.All.Select(fact => fact.JsonName)];
        string[] written = [.. found.EnumerateObject().Select(one => one.Name)];
        Assert.Equal(
            Sorted(expected),
            written.Except(texts).Except(PhasingFigures.CoherenceBlur.Select(figure => figure.JsonName)).Order()
        );
        Fact[] others =
        [
            Facts.RecipeIterative,
            Facts.RecipeRefined,
            Facts.NetworkIsTrusted,
            Facts.NetworkDoubt,
            Facts.Network,
            Facts.IsTwin,
            Facts.Truth,
        ];
        Assert.Equal(texts.Except(others.Select(fact => fact.JsonName)).Order(), written.Intersect(texts).Order());
        AssertReadAgain(found, folder.File("result"));
    }

    // The library reads what the program wrote.
    private static void AssertReadAgain(JsonElement printed, string folder)
    {
        StoredResult read = ResultFiles.Read(folder);

        Assert.Equal(
            printed.EnumerateObject().Where(part => part.Value.ValueKind != JsonValueKind.String).Select(Number),
            read.Figures.Select(value => (value.Figure.JsonName, value.Value))
        );
        Assert.Equal(
            printed.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.String).Select(Text),
            read.Texts.Select(value => (value.Fact.JsonName, value.Text))
        );
        // Without options the program asks for what the library does by default.
        Assert.Equal(new ImagingOptions { Replicas = 2, Reflection = new MillerIndices(1, 1, 1) }, read.ReadOptions());
        Assert.NotNull(read.Space);
        Assert.NotNull(read.Uncertainty);

        static (string, double?) Number(JsonProperty part) =>
            (part.Name, part.Value.ValueKind == JsonValueKind.Null ? null : part.Value.GetDouble());

        static (string, string) Text(JsonProperty part) => (part.Name, part.Value.GetString()!);
    }

    private static IEnumerable<string> Sorted(IEnumerable<Figure> figures) =>
        figures.Select(figure => figure.JsonName).Order();
}
