using System.Text.Json;
using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Refinement;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Imaging.Methods;

namespace Fringe.Tests.Imaging.Files;

public sealed class OptionsTextTests
{
    [Fact]
    public void Of_NestedOptions_IsJsonWithAllParts()
    {
        JsonElement iterate = Parse(RefinedPhasing.FromObject);
        JsonElement blur = Parse(new RefineWithBlur());

        Assert.Equal(RefinedPhasing.RecipeFromObject, iterate.GetProperty("Recipe").GetString());
        Assert.Equal(0.12, iterate.GetProperty("ShrinkWrap").GetProperty("Threshold").GetDouble());
        Assert.Equal(JsonValueKind.Null, iterate.GetProperty("ShrinkWrap").GetProperty("Last").ValueKind);
        JsonElement refine = blur.GetProperty("Refine");
        JsonElement term = Assert.Single(refine.GetProperty("Regularisers").EnumerateArray());
        Assert.Equal("TotalVariation", term.GetProperty("kind").GetString());
        Assert.Equal(0.05, term.GetProperty("Weight").GetDouble());
        Assert.Equal("WhereItPays", blur.GetProperty("Coherence").GetString());
    }

    // What the CXI file keeps of a run.
    [Fact]
    public void Of_ImagingOptions_NamesTheMethodAndAllThatTheAnswerDependsOn()
    {
        JsonElement options = Parse(
            new ImagingOptions
            {
                Method = new FromNetwork(),
                Seed = 5,
                Reflection = new MillerIndices(1, 1, 1),
            }
        );

        Assert.Equal(
            ["Frame", "FreeFraction", "Method", "Preparation", "Reflection", "Replicas", "Seed"],
            options.EnumerateObject().Select(part => part.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(5, options.GetProperty("Seed").GetInt32());
        Assert.Equal(
            RefinedPhasing.RecipeFromObject,
            options.GetProperty("Method").GetProperty("Iterate").GetProperty("Recipe").GetString()
        );
        Assert.Equal("Laboratory", options.GetProperty("Frame").GetString());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_Method_SaysItsKind(ImagingMethod method) =>
        Assert.Equal(method.GetType().Name, Parse(method).GetProperty("kind").GetString());

    [Fact]
    public void Of_AnyOptions_NamesNoTypeOfThePlatform() =>
        Assert.All(
            new object[] { new ImagingOptions(), new Iterations(), new RefineWithBlur(), Refine.Paper },
            options => Assert.DoesNotContain("System.", OptionsText.Of(options))
        );

    public static TheoryData<ImagingMethod> Methods =>
        [new Automatic(), new FromNetwork(), new FromRandom(), new FromObject(), new Iterations()];

    private static JsonElement Parse(object options) => JsonDocument.Parse(OptionsText.Of(options)).RootElement;
}
