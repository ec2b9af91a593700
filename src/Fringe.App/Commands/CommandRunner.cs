using System.CommandLine;
using System.Runtime.InteropServices;
using Fringe.App.Reports;
using Fringe.App.Runtime;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Imaging.Files;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary>
/// Runs a command and turns its end into an exit code: 0 done, 1 a fault of the program, 2 bad input (one line says which),
/// 130 interrupted.
/// </summary>
/// <param name="folders">Of the program's results.</param>
internal sealed class CommandRunner(OutputFolders folders)
{
    /// <summary>A fault of the program.</summary>
    public const int Fault = 1;

    /// <summary>Input that cannot be used.</summary>
    public const int BadInput = 2;
    private const int Interrupted = 130;
    private const string NothingWritten = "interrupted; nothing was written";
    private const string Late = "interrupted, but the result was already written";

    // Work that does not look at its token within this time after Ctrl-C is left behind.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    // Training first ends its step and writes a checkpoint.
    private static readonly TimeSpan TrainingPatience = TimeSpan.FromMinutes(2);

    private int isLeaving;

    /// <summary>Parses and runs.</summary>
    public int Run(RootCommand root, string[] args)
    {
        ParseResult typed = root.Parse(args);
        ParseResult parsed = typed;
        try
        {
            parsed =
                parsed.Errors.Count > 0
                    ? throw new InputException(Explain(parsed))
                    : RunFile.Complete(parsed, args, words => root.Parse(words));
        }
        catch (InputException error)
        {
            Print(error.Message);
            return BadInput;
        }

        bool isTraining = parsed.CommandResult.Command.Name == TrainCommand.Name;
        TimeSpan patience = isTraining ? TrainingPatience : Patience;
        using CancellationTokenSource source = new();
        // Held by what the signals call, or the collector takes it before its time.
        Timer? leave = null;
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            source.Cancel();
            leave ??= new Timer(_ => Leave(NothingWritten), null, patience, Timeout.InfiniteTimeSpan);
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        InvocationConfiguration configuration = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return parsed.InvokeAsync(configuration, source.Token).GetAwaiter().GetResult();
        }
        catch (InterruptedException interruption)
        {
            Leave(interruption.Message);
            return Interrupted;
        }
        catch (OperationCanceledException)
        {
            Leave(NothingWritten);
            return Interrupted;
        }
        catch (InputException error)
        {
            Print(RunFile.Place(FlagNames.Render(error.Message), typed, parsed));
            return BadInput;
        }
    }

    // Whoever comes first: the command, which has ended, or the timer, while native code still computes.
    private void Leave(string message)
    {
        if (Interlocked.Exchange(ref isLeaving, 1) != 0)
        {
            Thread.Sleep(Timeout.Infinite);
        }

        folders.DeleteUnfinished();
        string line = folders.HasCommitted && message == NothingWritten ? Late : message;
        IAnsiConsole errors = Consoles.CreateForErrors();
        if (errors.Profile.Out.IsTerminal)
        {
            // A progress bar hides it.
            errors.Cursor.Show();
        }

        Print(line);
        errors.Profile.Out.Writer.Flush();
        NativeRuntime.ExitNow(Interrupted);
    }

    /// <summary>What is wrong with a command line, in one line.</summary>
    public static string Explain(ParseResult parsed)
    {
        // A word that fits nothing explains more than what is missing because of it; some messages have several lines.
        string[] messages = [.. parsed.Errors.Select(error => error.Message)];
        string message =
            messages.FirstOrDefault(text => parsed.UnmatchedTokens.Any(word => text.Contains($"'{word}'")))
            ?? messages[0];
        string line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // The parser names .NET's types.
        return line.Replace("'System.Int32'", "a whole number")
            .Replace("'System.Double'", "a number")
            .Replace("'System.Nullable`1[System.Int32]'", "a whole number")
            .Replace("'System.Nullable`1[System.Double]'", "a number");
    }

    private static void Print(string line) =>
        Consoles.CreateForErrors().Profile.Out.Writer.WriteLine($"fringe: {TerminalText.Clean(line)}");
}
