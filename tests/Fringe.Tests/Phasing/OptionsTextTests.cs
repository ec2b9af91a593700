using System.Text.Json;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Imaging.Files;

namespace Fringe.Tests.Phasing;

public sealed class OptionsTextTests
{
    [Fact]
    public void Of_NestedOptions_IsJsonWithAllParts()
    {
        JsonElement phasing = JsonDocument.Parse(OptionsText.Of(RefinedPhasing.OptionsFromGiven)).RootElement;
        JsonElement refinement = JsonDocument.Parse(OptionsText.Of(new RefinementOptions())).RootElement;

        Assert.Equal(RefinedPhasing.RecipeFromGiven, phasing.GetProperty("Recipe").GetString());
        Assert.Equal(0.12, phasing.GetProperty("ShrinkWrap").GetProperty("Threshold").GetDouble());
        Assert.Equal(JsonValueKind.Null, phasing.GetProperty("ShrinkWrap").GetProperty("Last").ValueKind);
        JsonElement term = Assert.Single(refinement.GetProperty("Regularisers").EnumerateArray());
        Assert.Equal("TotalVariation", term.GetProperty("kind").GetString());
        Assert.Equal(0.05, term.GetProperty("Weight").GetDouble());
        Assert.Equal("WhereItPays", refinement.GetProperty("Coherence").GetString());
    }

    [Fact]
    public void Of_AnyOptions_NamesNoTypeOfThePlatform() =>
        Assert.All(
            new object[] { new PhasingOptions(), new RefinementOptions(), RefinementOptions.Paper },
            options => Assert.DoesNotContain("System.", OptionsText.Of(options))
        );
}
