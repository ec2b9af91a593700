using System.Text.Json;
using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Imaging.Methods;

namespace Fringe.Tests.Imaging.Files;

/// <summary>The text of options, and what is said of one that cannot be used. Architecture/OptionsTests sends all options there and back.</summary>
public sealed class OptionsJsonTests
{
    [Fact]
    public void Write_NestedOptions_IsJsonWithAllParts()
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
    public void Write_ImagingOptions_NamesTheMethodAndAllThatTheAnswerDependsOn()
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
        Assert.Equal("FromNetwork", options.GetProperty("Method").GetProperty("kind").GetString());
        Assert.Equal(
            RefinedPhasing.RecipeFromObject,
            options.GetProperty("Method").GetProperty("Iterate").GetProperty("Recipe").GetString()
        );
        Assert.Equal("Laboratory", options.GetProperty("Frame").GetString());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Write_Method_SaysItsKind(ImagingMethod method) =>
        Assert.Equal(method.GetType().Name, Parse(method).GetProperty("kind").GetString());

    [Fact]
    public void Write_AnyOptions_NamesNoTypeOfThePlatform()
    {
        Assert.DoesNotContain("System.", OptionsJson.Write(new ImagingOptions()));
        Assert.DoesNotContain("System.", OptionsJson.Write(Refine.Paper));
    }

    [Fact]
    public void Read_WhatIsLeftOut_IsAsByDefault()
    {
        Assert.Equal(new ImagingOptions(), OptionsJson.Read<ImagingOptions>("{}"));
        Assert.Equal(
            new ImagingOptions
            {
                Method = new FromRandom { Starts = 1 },
                Replicas = 0,
            },
            OptionsJson.Read<ImagingOptions>("""{"Replicas": 0, "Method": {"Starts": 1, "kind": "FromRandom"}}""")
        );
    }

    [Fact]
    public void Read_RecipeWithItsBeta_IsThatRecipe()
    {
        Iterate read = OptionsJson.Read<Iterate>("""{"Recipe": {"Text": "20*HIO", "Beta": 0.7}}""");

        Assert.Equal(0.7, Assert.IsType<HybridInputOutput>(read.Recipe.Steps[0].Algorithm).Beta);
        Assert.Equal(0.9, OptionsJson.Read<Iterate>("""{"Recipe": "20*HIO"}""").Recipe.Beta);
    }

    [Theory]
    [InlineData("""{"Replica": 4}""", "`Replica` is no option; expected Preparation, Method, FreeFraction, ")]
    [InlineData("""{"replicas": 4}""", "`replicas` is no option")]
    [InlineData("""{"Replicas": 4.5}""", "`Replicas` must be a whole number")]
    [InlineData("""{"Replicas": "4"}""", "`Replicas` must be a whole number")]
    [InlineData("""{"Replicas": null}""", "`Replicas` must be a whole number")]
    [InlineData("""{"Replicas": 99999999999}""", "`Replicas` must be a whole number")]
    [InlineData("""{"Replicas": 4, "Replicas": 5}""", "`Replicas` is there twice")]
    [InlineData("""{"Replicas": 1}""", "`Replicas` must be 0 or 2 to 1000")]
    [InlineData("""{"FreeFraction": 1e999}""", "`FreeFraction` must be a number")]
    [InlineData("""{"FreeFraction": 0.9}""", "`FreeFraction` must lie between 0 and 0.5")]
    [InlineData("""{"Frame": 1}""", "`Frame` must be one of Laboratory, Crystal")]
    [InlineData("""{"Frame": "Detector"}""", "`Frame` must be one of Laboratory, Crystal")]
    [InlineData("""{"Reflection": {"H": 1, "K": 1}}""", "`Reflection.L` is missing")]
    [InlineData(
        """{"Reflection": {"H": 0, "K": 0, "L": 0}}""",
        "`Reflection` must be a reflection such as 111, not 000"
    )]
    [InlineData("""{"Preparation": null}""", "`Preparation` must be an object of RoiOrigin, ")]
    [InlineData("""{"Preparation": []}""", "`Preparation` must be an object of RoiOrigin, ")]
    [InlineData("""{"Preparation": {"MaskHotPixels": 1}}""", "`Preparation.MaskHotPixels` must be true or false")]
    [InlineData("""{"Preparation": {"Bin": 2}}""", "`Preparation.Bin` must be a list")]
    [InlineData("""{"Preparation": {"Bin": [1, "a", 1]}}""", "`Preparation.Bin[1]` must be a whole number")]
    [InlineData("""{"Preparation": {"Bin": [1, 1]}}""", "`Preparation.Bin` must be three factors")]
    [InlineData("""{"Method": {}}""", "`Method.kind` must be one of Automatic, FromNetwork, ")]
    [InlineData("""{"Method": "auto"}""", "`Method` must be an object of kind")]
    [InlineData("""{"Method": {"kind": "Guess"}}""", "`Method.kind` must be one of Automatic, FromNetwork, ")]
    [InlineData("""{"Method": {"kind": 1}}""", "`Method.kind` must be one of Automatic, FromNetwork, ")]
    [InlineData("""{"Method": {"kind": "FromObject", "Name": "refine"}}""", "`Method.Name` is no option")]
    [InlineData(
        """{"Method": {"kind": "Iterations", "Iterate": {"Recipe": "20*XY"}}}""",
        "`Method.Iterate.Recipe` cannot be used: recipe '20*XY': character 4: 'XY' is not an algorithm"
    )]
    [InlineData(
        """{"Method": {"kind": "Iterations", "Iterate": {"Recipe": {"Text": "ER", "Beta": 9}}}}""",
        "`Method.Iterate.Recipe.Beta` must be above 0 and at most 2"
    )]
    [InlineData(
        """{"Method": {"kind": "FromRandom", "Refinement": {"Refine": {"Regularisers": [null]}}}}""",
        "`Method.Refinement.Refine.Regularisers[0]` must be an object of kind"
    )]
    [InlineData(
        """{"Method": {"kind": "FromRandom", "Refinement": {"Refine": {"Regularisers": [{"kind": "Sparsity", "Softening": 1}]}}}}""",
        "`Method.Refinement.Refine.Regularisers[0].Softening` is no option; expected Weight, EndWeight, "
    )]
    [InlineData("[]", "`$` must be an object of Preparation, ")]
    [InlineData("null", "`$` must be an object of Preparation, ")]
    [InlineData("{\n\"Seed\": 1,\n}", "the options are no JSON (line 3); expected an object of options by name")]
    [InlineData("", "the options are no JSON (line 1); expected an object of options by name")]
    public void Read_WhatCannotBeUsed_IsOneLineThatNamesTheOption(string json, string start)
    {
        string line = Assert.Throws<InputException>(() => OptionsJson.Read<ImagingOptions>(json)).Message;

        Assert.StartsWith(start, line);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain("System.", line);
    }

    [Fact]
    public void Read_SeveralFaults_AreToldTogether() =>
        Assert.Equal(
            "`Seed` must be a whole number; `Preparation.Threshold` must be a number",
            Assert
                .Throws<InputException>(() =>
                    OptionsJson.Read<ImagingOptions>("""{"Seed": "1", "Preparation": {"Threshold": []}}""")
                )
                .Message
        );

    [Fact]
    public void Read_ChainWithoutItsSecond_IsRefused() =>
        Assert.Equal(
            "`Second` is missing",
            Assert
                .Throws<InputException>(() =>
                    OptionsJson.Read<PhasingMethod>("""{"kind": "Chain", "First": {"kind": "Iterate"}}""")
                )
                .Message
        );

    public static TheoryData<ImagingMethod> Methods =>
        [new Automatic(), new FromNetwork(), new FromRandom(), new FromObject(), new Iterations()];

    private static JsonElement Parse<T>(T options)
        where T : IOptions => JsonDocument.Parse(OptionsJson.Write(options)).RootElement;
}
