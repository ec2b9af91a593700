using System.Text.Json;
using Fringe.Imaging.Figures;
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
    }

    private static IEnumerable<string> Sorted(IEnumerable<Figure> figures) =>
        figures.Select(figure => figure.JsonName).Order();
}
