using Fringe.Core;

namespace Fringe.Imaging.Methods;

/// <summary>How many starts there may be.</summary>
internal static class StartCount
{
    private const int Most = 10_000;

    /// <summary>What is wrong with a number of starts.</summary>
    /// <param name="starts">It.</param>
    /// <param name="property">That holds it.</param>
    public static IEnumerable<OptionProblem> Problems(int starts, string property) =>
        starts is >= 1 and <= Most ? [] : [new(property, "must be 1 to 10 000")];
}
