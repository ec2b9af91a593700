using Spectre.Console;

namespace Fringe.App.Reports;

/// <summary>Printing of text that has lines of its own.</summary>
internal static class UnwrappedText
{
    /// <summary>Prints each line of a text as it is; only the terminal itself may wrap it.</summary>
    public static void WriteLines(this IAnsiConsole console, string text)
    {
        foreach (string line in text.Split('\n'))
        {
            console.Write(new UnwrappedLine(line.TrimEnd('\r')));
            console.WriteLine();
        }
    }
}
