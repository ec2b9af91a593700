namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// A sequence of algorithms, in the field's notation: <c>3*(20*ER+180*HIO)+20*ER</c>. The term <c>SW</c> redraws the
/// support at that place. Equal to another of the same text and beta.
/// </summary>
public sealed record PhasingRecipe
{
    private PhasingRecipe(string text, double beta, IReadOnlyList<RecipeStep> steps)
    {
        Text = text;
        Beta = beta;
        Steps = steps;
    }

    /// <summary>As the user wrote it.</summary>
    public string Text { get; }

    /// <summary>Feedback or relaxation of HIO, RAAR and DM.</summary>
    public double Beta { get; }

    /// <summary>In order, repetitions written out.</summary>
    public IReadOnlyList<RecipeStep> Steps { get; }

    /// <summary>Iterations in all.</summary>
    public int Iterations => Steps.Sum(step => step.Iterations);

    /// <summary>The part of the recipe that is left; of a recipe that is done its last algorithm.</summary>
    /// <param name="step">That runs.</param>
    /// <param name="done">Iterations of it that are done.</param>
    public PhasingRecipe After(int step, int done)
    {
        RecipeStep[] left =
            step == Steps.Count
                ? [.. Steps.Where(one => one.Algorithm is not null).TakeLast(1)]
                : [Steps[step] with { Iterations = Steps[step].Iterations - done }, .. Steps.Skip(step + 1)];
        return new(string.Join('+', left.Select(one => one.ToString())), Beta, left);
    }

    /// <summary>Reads the notation; see <see cref="RecipeParser"/>.</summary>
    /// <param name="text">For example <c>3*(20*ER+180*HIO)+20*ER</c>.</param>
    /// <param name="beta">Feedback or relaxation of HIO, RAAR and DM.</param>
    /// <exception cref="InputException">The text is not a recipe; the message points at the character.</exception>
    public static PhasingRecipe Parse(string text, double beta) =>
        new(text, beta, new RecipeParser(text, beta).Parse());

    /// <inheritdoc/>
    public bool Equals(PhasingRecipe? other) => other is not null && Text == other.Text && Beta.Equals(other.Beta);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Beta);
}

/// <summary>Consecutive iterations of one algorithm, or the redrawing of the support (no algorithm, no iteration).</summary>
/// <param name="Algorithm">null = redraw the support.</param>
/// <param name="Iterations">How many; 0 for a redrawing.</param>
public sealed record RecipeStep(PhasingAlgorithm? Algorithm, int Iterations)
{
    /// <summary>In the notation of recipes.</summary>
    public override string ToString() => Algorithm is null ? "SW" : $"{Iterations}*{Algorithm.Name}";
}
