namespace Fringe.Core;

/// <summary>
/// One thing that is wrong with options. A text names an option as its property's path in backticks, such as <c>`ShrinkWrap.Sigma`</c>: who shows
/// the text puts in its place what its reader calls the option, the command line a flag, a web page a field.
/// </summary>
/// <param name="Property">Path of the property within the options that were checked, such as <c>ShrinkWrap.Sigma</c>, as in JSON.</param>
/// <param name="Sentence">What it must be: the rest of a sentence whose subject is the property, without a full stop.</param>
public sealed record OptionProblem(string Property, string Sentence)
{
    /// <summary>The problem seen from options that hold the checked ones as this property.</summary>
    public OptionProblem Within(string property) => this with { Property = $"{property}.{Property}" };

    /// <summary>Refuses options of which something is wrong.</summary>
    /// <param name="problems">Of the options.</param>
    /// <exception cref="InputException">There is a problem; all of them in one line.</exception>
    public static void RequireNone(IEnumerable<OptionProblem> problems)
    {
        string line = string.Join("; ", problems);
        if (line.Length > 0)
        {
            throw new InputException(line);
        }
    }

    /// <summary>The whole sentence, with the property in backticks.</summary>
    public override string ToString() => $"`{Property}` {Sentence}";
}
