using System.Diagnostics;
using Fringe.Tests.Formats.Fuzzing;
using Spectre.Console;

namespace Fringe.Benchmarks;

/// <summary>Damaged files by the hundred thousand: none may be more than read or refused with one line.</summary>
internal static class FuzzTable
{
    /// <summary>Ten times as many as the tests read.</summary>
    public const int FilesPerReader = 100_000;

    // Another than the tests', so that other files are read.
    private const int Seed = 20261128;

    /// <param name="results">Folder of the tables.</param>
    /// <param name="files">A reader.</param>
    public static void Run(string results, int files)
    {
        string fixtures = Path.GetFullPath(Path.Combine(results, "..", "..", "tests", "Fringe.Tests", "Fixtures"));
        string scratch = Path.Combine(Path.GetTempPath(), $"fringe-fuzz-{Environment.ProcessId}.json");
        FuzzedReaders readers = new(fixtures, scratch);
        List<string> rows = [];
        try
        {
            foreach (string name in FuzzedReaders.Names)
            {
                FuzzRun run = FuzzRun.Of(readers.Find(name), files, Seed);
                string row =
                    $"| {name} | {run.Read} | {run.Refused} | 0 | {run.Seconds:0} | {run.SlowestMilliseconds} (file {run.SlowestFile}) | {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} |";
                AnsiConsole.WriteLine(row);
                rows.Add(row);
            }
        }
        finally
        {
            File.Delete(scratch);
        }

        string text = $"""
            # Damaged files

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- fuzz`: {files} files a reader, made from sound ones of other programs by one to four injuries each (flipped bits, changed
            bytes, extremes and plausible lengths in integer fields, parts copied over others, cuts; half of them where the structure is; seed {Seed}). Each is read whole, or refused with one
            line. A fault is anything else: another exception, the process's end; the run stops there. "mask" reads one image of all formats, the other readers of arrays a stack.

            | reader | read | refused with one line | faults | seconds | slowest file, ms | peak memory so far, MB |
            |---|---|---|---|---|---|---|
            {string.Join('\n', rows)}

            The tests do the same with a tenth as many and another seed (tests/Fringe.Tests/Formats/Fuzzing).
            """;
        File.WriteAllText(Path.Combine(results, "fuzzing.md"), text + "\n");
    }
}
