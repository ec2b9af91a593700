using Fringe.Core.Phasing.Projections;

namespace Fringe.App.Reports;

/// <summary>A stretch of iterations with one algorithm.</summary>
/// <param name="Algorithm">Name as in the recipe: ER, HIO, RAAR.</param>
/// <param name="FirstIteration">Its first iteration, counted from 0; it ends where the next one begins.</param>
internal sealed record RecipePhase(string Algorithm, int FirstIteration)
{
    /// <summary>The stretches of a recipe; neighbours with the same algorithm are one.</summary>
    public static IReadOnlyList<RecipePhase> Of(PhasingRecipe recipe)
    {
        List<RecipePhase> phases = [];
        int iteration = 0;
        foreach (RecipeStep step in recipe.Steps)
        {
            if (step.Algorithm is { } algorithm && (phases.Count == 0 || phases[^1].Algorithm != algorithm.Name))
            {
                phases.Add(new RecipePhase(algorithm.Name, iteration));
            }

            iteration += step.Iterations;
        }

        return phases;
    }
}
