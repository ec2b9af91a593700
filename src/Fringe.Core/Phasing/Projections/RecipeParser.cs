namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// Recursive descent over <c>sum := term ('+' term)*; term := [count '*'] (name | '(' sum ')')</c>. Names are ER, HIO, RAAR,
/// DM, SF and SW in either case; spaces are ignored.
/// </summary>
internal sealed class RecipeParser(string text, double beta)
{
    private const int MostIterations = 1_000_000;
    private const int MostSteps = 100_000;
    private const int DeepestNesting = 50;
    private const string Names = "ER, HIO, RAAR, DM, SF or SW";
    private int position;
    private int depth;

    public IReadOnlyList<RecipeStep> Parse()
    {
        List<RecipeStep> steps = ParseSum();
        if (Peek() is char extra)
        {
            throw Error(
                extra == ')' ? "')' closes nothing" : $"'{extra}' is not expected here; terms are joined with '+'"
            );
        }

        if (steps.Sum(step => (long)step.Iterations) == 0)
        {
            throw new InputException(
                $"recipe '{text}': it has no iterations; write for example 3*(20*ER+180*HIO)+20*ER"
            );
        }

        return steps;
    }

    private List<RecipeStep> ParseSum()
    {
        List<RecipeStep> steps = ParseTerm();
        while (Peek() == '+')
        {
            position++;
            steps.AddRange(ParseTerm());
            Limit(steps, position);
        }

        return steps;
    }

    private List<RecipeStep> ParseTerm()
    {
        int start = position;
        int count = 1;
        if (Peek() is >= '0' and <= '9')
        {
            count = ParseCount();
            if (Peek() != '*')
            {
                throw Error("'*' is expected after a count, as in 20*ER");
            }

            position++;
        }

        List<RecipeStep> steps = Peek() switch
        {
            '(' => ParseGroup(count),
            char letter when char.IsAsciiLetter(letter) => [ParseName(count)],
            null => throw Error($"the recipe ends where {Names} or '(' is expected"),
            char other => throw Error($"'{other}' stands where {Names}, a count or '(' is expected"),
        };
        if (steps.Sum(step => (long)step.Iterations) > MostIterations)
        {
            position = start;
            throw Error($"more than {MostIterations:N0} iterations");
        }

        return steps;
    }

    private List<RecipeStep> ParseGroup(int count)
    {
        int open = position++;
        if (++depth > DeepestNesting)
        {
            throw Error("too many nested brackets");
        }

        List<RecipeStep> group = ParseSum();
        if (Peek() != ')')
        {
            position = open;
            throw Error("this '(' is not closed");
        }

        position++;
        depth--;
        List<RecipeStep> steps = [];
        for (int i = 0; i < count; i++)
        {
            steps.AddRange(group);
            Limit(steps, open);
        }

        return steps;
    }

    private RecipeStep ParseName(int count)
    {
        int start = position;
        while (position < text.Length && char.IsAsciiLetter(text[position]))
        {
            position++;
        }

        string name = text[start..position];
        PhasingAlgorithm? algorithm = name.ToUpperInvariant() switch
        {
            "ER" => new ErrorReduction(),
            "HIO" => new HybridInputOutput(beta),
            "RAAR" => new Raar(beta),
            "DM" => new DifferenceMap(beta),
            "SF" => new SolventFlipping(),
            "SW" => null,
            _ => throw ErrorAt(start, $"'{name}' is not an algorithm; known are {Names}"),
        };
        return new RecipeStep(algorithm, algorithm is null ? 0 : count);
    }

    private int ParseCount()
    {
        int start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        bool good = int.TryParse(text[start..position], out int count) && count is > 0 and <= MostIterations;
        return good ? count : throw ErrorAt(start, $"a count must be 1 to {MostIterations:N0}");
    }

    private void Limit(List<RecipeStep> steps, int place)
    {
        if (steps.Count > MostSteps)
        {
            throw ErrorAt(place, $"more than {MostSteps:N0} steps");
        }
    }

    private char? Peek()
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position < text.Length ? text[position] : null;
    }

    private InputException Error(string problem) => ErrorAt(position, problem);

    // One line: the recipe with the place marked, then the problem.
    private InputException ErrorAt(int place, string problem) =>
        new($"recipe '{text}': character {place + 1}: {problem} (here: {text[..place]}>>>{text[place..]})");
}
