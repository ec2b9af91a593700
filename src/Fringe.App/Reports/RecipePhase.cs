namespace Fringe.App.Reports;

/// <summary>A stretch of iterations with one algorithm.</summary>
/// <param name="Algorithm">Name as in the recipe: ER, HIO, RAAR.</param>
/// <param name="FirstIteration">Its first iteration, counted from 0; it ends where the next one begins.</param>
internal sealed record RecipePhase(string Algorithm, int FirstIteration);
