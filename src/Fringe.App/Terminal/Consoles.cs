using Spectre.Console;

namespace Fringe.App.Terminal;

/// <summary>The program's two text outputs: results to standard output, progress and errors to standard error.</summary>
internal static class Consoles
{
    public static IAnsiConsole CreateForResults() => Create(OpenStandardOutput());

    public static IAnsiConsole CreateForErrors() => Create(OpenStandardError());

    private static IAnsiConsole Create(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

#pragma warning disable RS0030 // The one place that opens the console.
    private static TextWriter OpenStandardOutput() => Console.Out;

    private static TextWriter OpenStandardError() => Console.Error;
#pragma warning restore RS0030
}
