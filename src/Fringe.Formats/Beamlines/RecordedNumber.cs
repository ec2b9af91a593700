using Fringe.Core;

namespace Fringe.Formats.Beamlines;

/// <summary>
/// A number that a file records beside the motors: judged when it is read, but refused only where it is used, so that what the command line
/// says comes first.
/// </summary>
/// <param name="Value">In the unit of what it is; null where the file's cannot be one.</param>
/// <param name="Source">File and place that it is from.</param>
public sealed record RecordedNumber(double? Value, string Source)
{
    /// <summary>Why it cannot be used, as one line with file and place; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Reads a number.</summary>
    /// <param name="source">File and place.</param>
    /// <param name="read">Throws an <see cref="InputException"/> where it cannot be one.</param>
    internal static RecordedNumber Judge(string source, Func<double> read)
    {
        try
        {
            return new RecordedNumber(read(), source);
        }
        catch (InputException error)
        {
            return new RecordedNumber(null, source) { Problem = error.Message };
        }
    }

    /// <summary>The number.</summary>
    /// <param name="option">The property that says otherwise, in backquotes.</param>
    /// <exception cref="InputException">It cannot be used.</exception>
    internal double Require(string option) =>
        Value ?? throw new InputException($"{Problem}; give the right one with {option}");
}
