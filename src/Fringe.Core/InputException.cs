namespace Fringe.Core;

/// <summary>
/// The one exception for bad input: a file, dataset or option that cannot be used. Its message is one line that says what
/// was found, what was expected and what to do; commands print it and exit with code 2.
/// </summary>
public sealed class InputException : Exception
{
    public InputException(string message)
        : base(message) { }

    public InputException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary>Starts the line with the file, and the dataset within it where there is one.</summary>
    public static InputException ForFile(string path, string problem, string? dataset = null, Exception? inner = null)
    {
        string place = dataset is null ? path : $"{path} [{dataset}]";
        string message = $"{place}: {problem}";
        return inner is null ? new InputException(message) : new InputException(message, inner);
    }
}
