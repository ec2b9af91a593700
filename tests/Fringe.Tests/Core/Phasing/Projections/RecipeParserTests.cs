using Fringe.Core;
using Fringe.Core.Phasing.Projections;

namespace Fringe.Tests.Core.Phasing.Projections;

public sealed class RecipeParserTests
{
    [Theory]
    [InlineData("ER", "1xER")]
    [InlineData("3*(20*ER+180*HIO)+20*ER", "20xER 180xHIO 20xER 180xHIO 20xER 180xHIO 20xER")]
    [InlineData(" 2 * ( er + sw ) + 5*raar ", "1xER SW 1xER SW 5xRAAR")]
    [InlineData("2*(DM+2*(SF))", "1xDM 1xSF 1xSF 1xDM 1xSF 1xSF")]
    public void Parse_Notation_WritesTheStepsOut(string text, string wanted)
    {
        PhasingRecipe recipe = PhasingRecipe.Parse(text, 0.9);

        IEnumerable<string> steps = recipe.Steps.Select(step =>
            step.Algorithm is null ? "SW" : $"{step.Iterations}x{step.Algorithm.Name}"
        );
        Assert.Equal(wanted, string.Join(' ', steps));
        Assert.Equal(text, recipe.Text);
    }

    [Fact]
    public void Parse_Beta_ReachesTheAlgorithmsThatHaveOne()
    {
        PhasingAlgorithm?[] found = [.. PhasingRecipe.Parse("HIO+RAAR+DM", 0.7).Steps.Select(step => step.Algorithm)];

        Assert.Equal([new HybridInputOutput(0.7), new Raar(0.7), new DifferenceMap(0.7)], found);
    }

    [Fact]
    public void Iterations_Repetitions_AreCounted() =>
        Assert.Equal(620, PhasingRecipe.Parse("3*(20*ER+180*HIO)+20*ER+SW", 0.9).Iterations);

    [Theory]
    [InlineData("", 1, "ends where")]
    [InlineData("20*ER+", 7, "ends where")]
    [InlineData("20*XX", 4, "'XX' is not an algorithm")]
    [InlineData("3*(20*ER+180*HIO", 3, "not closed")]
    [InlineData("ER)", 3, "closes nothing")]
    [InlineData("ER HIO", 4, "'H' is not expected")]
    [InlineData("20ER", 3, "'*' is expected")]
    [InlineData("0*ER", 1, "a count must be")]
    [InlineData("99999999999*ER", 1, "a count must be")]
    [InlineData("ER+-5*HIO", 4, "'-' stands where")]
    [InlineData("ER+1000*(1001*ER)", 4, "more than 1,000,000 iterations")]
    [InlineData("ER+1000*(1000*(2*ER))", 9, "more than 100,000 steps")]
    [InlineData("ER+\u0661*HIO", 4, "stands where")]
    public void Parse_Mistake_PointsAtTheCharacter(string text, int character, string problem)
    {
        InputException error = Assert.Throws<InputException>(() => PhasingRecipe.Parse(text, 0.9));

        Assert.Contains($"character {character}: ", error.Message);
        Assert.Contains(problem, error.Message);
        Assert.EndsWith($"{text[..(character - 1)]}>>>{text[(character - 1)..]})", error.Message);
    }

    [Theory]
    [InlineData("SW")]
    [InlineData("3*(SW+SW)")]
    public void Parse_NoIterations_IsRefused(string text) =>
        Assert.Contains("no iterations", Assert.Throws<InputException>(() => PhasingRecipe.Parse(text, 0.9)).Message);

    [Fact]
    public void Parse_DeepNesting_IsRefusedNotFatal()
    {
        string deep = new('(', 100_000);

        Assert.Throws<InputException>(() => PhasingRecipe.Parse(deep, 0.9));
    }

    [Fact]
    public void Parse_RandomText_GivesARecipeOrOneLine()
    {
        const string Alphabet = "0123459*+()  ERHIOAADMSFWerhiosw-\t.x";
        Random random = new(20260101);
        int good = 0;
        for (int i = 0; i < 10_000; i++)
        {
            char[] text =
            [
                .. Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)]),
            ];
            try
            {
                Assert.InRange(PhasingRecipe.Parse(new string(text), 0.9).Iterations, 1, int.MaxValue);
                good++;
            }
            catch (InputException error)
            {
                Assert.Contains("recipe '", error.Message);
            }
        }

        // Otherwise the texts never reach the parser's depth.
        Assert.InRange(good, 1, 5000);
    }

    [Fact]
    public void Parse_MutatedRecipe_GivesARecipeOrOneLine()
    {
        const string Seed = "3*(20*ER+180*HIO+SW)+2*(5*RAAR+DM)+20*SF";
        Random random = new(5);
        for (int i = 0; i < 10_000; i++)
        {
            char[] text = Seed.ToCharArray();
            for (int k = 0; k < 3; k++)
            {
                text[random.Next(text.Length)] = Seed[random.Next(Seed.Length)];
            }

            Exception? error = Record.Exception(() => PhasingRecipe.Parse(new string(text), 0.9));
            Assert.True(error is null or InputException, $"{new string(text)}: {error}");
        }
    }
}
