using Fringe.Core.Values;

namespace Fringe.Core.Phasing.Combining;

/// <summary>One method, then another from the first one's outcome: object, support and, where it found one, blur.</summary>
/// <param name="First">Runs first; where it ends without finite numbers, that is the outcome.</param>
/// <param name="Second">From there.</param>
public sealed record Chain(PhasingMethod First, PhasingMethod Second) : PhasingMethod
{
    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        First
            .Validate()
            .Select(problem => problem.Within(nameof(First)))
            .Concat(Second.Validate().Select(problem => problem.Within(nameof(Second))));

    /// <inheritdoc/>
    public override IEnumerable<string> RecipesFor(IReadOnlyList<long> shape) =>
        First.RecipesFor(shape).Concat(Second.RecipesFor(shape));

    internal override int MostSteps(PhasingProblem problem, Start start) =>
        First.MostSteps(problem, start) + Second.MostSteps(problem, start);

    internal override PhasingState Begin(PhasingProblem problem, Start start) =>
        new ChainState(First.Begin(problem, start), Second.MostSteps(problem, start))
        {
            Origin = start.Origin,
            CoherenceWidths = (start as GivenStart)?.CoherenceWidths,
        };

    internal override void Step(PhasingProblem problem, PhasingState state)
    {
        ChainState at = (ChainState)state;
        if (at.Second is null && First.Ended(at.First) is null)
        {
            First.Step(problem, at.First);
            return;
        }

        if (at.Second is null)
        {
            using Reconstruction found = First.Read(problem, at.First);
            at.ChiBefore = found.ChiHistory;
            IReadOnlyList<double>? widths = found.CoherenceWidths ?? at.CoherenceWidths;
            at.Second = Second.Begin(problem, Start.From(found.Object, at.Origin, found.Support, widths));
        }

        Second.Step(problem, at.Second);
    }

    internal override StopReason? Ended(PhasingState state)
    {
        ChainState at = (ChainState)state;
        return at.Second is not null ? Second.Ended(at.Second)
            : First.Ended(at.First) is StopReason.NonFinite ? StopReason.NonFinite
            : null;
    }

    internal override Reconstruction Read(PhasingProblem problem, PhasingState state)
    {
        ChainState at = (ChainState)state;
        return at.Second is null ? First.Read(problem, at.First) : Second.Read(problem, at.Second).After(at.ChiBefore);
    }

    internal override PhasingMethod Rest(PhasingState state)
    {
        ChainState at = (ChainState)state;
        return at.Second is not null ? Second.Rest(at.Second)
            : First.Ended(at.First) is not null ? Second
            : this with { First = First.Rest(at.First) };
    }
}
