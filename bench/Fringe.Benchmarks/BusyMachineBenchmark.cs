using System.Diagnostics;
using Fringe.Core.Volumes;
using Spectre.Console;

namespace Fringe.Benchmarks;

/// <summary>
/// 620 iterations at 64^3 on an idle machine and beside a program that keeps one core busy, with the spinning of libgomp's
/// threads as the app bounds it and as it is by default. Each run is a process of its own: the setting is read when libgomp loads.
/// </summary>
internal static class BusyMachineBenchmark
{
    private const int Rounds = 1;
    private static readonly (string Name, string? SpinCount)[] Settings =
    [
        ("libgomp's default", "default"),
        ("GOMP_SPINCOUNT=10000 (the app's)", null),
    ];

    public static void Run(string results)
    {
        List<string> rows = [];
        foreach ((string name, string? spin) in Settings)
        {
            double idle = Median(spin);
            using CancellationTokenSource stop = new();
            Thread busy = new(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    // Keeps one core busy.
                }
            });
            busy.Start();
            double beside = Median(spin);
            stop.Cancel();
            busy.Join();
            string row = $"| {name} | {idle:F1} | {beside:F1} | {beside / idle:F1} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        string text = $"""
            # Phasing on a busy machine

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- busy`: seconds of 620 iterations at 64^3 on {Environment.ProcessorCount}
            cores, alone and beside a loop that keeps one core busy. {Rounds} process each.

            | spinning of idle threads | idle machine, s | busy machine, s | slower by |
            |---|---|---|---|
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "busy-machine.md"), text + "\n");
    }

    /// <summary>What a child process does: prints the seconds.</summary>
    public static void RunOnce()
    {
        using DiffractionPattern pattern = TestPattern.Create(64);
        double milliseconds = IterationBenchmark.TimeIterations(pattern, 620);
        AnsiConsole.WriteLine($"{milliseconds * 0.62:F3}");
    }

    private static double Median(string? spin)
    {
        double[] seconds = [.. Enumerable.Range(0, Rounds).Select(_ => RunChild(spin)).Order()];
        return seconds[Rounds / 2];
    }

    private static double RunChild(string? spin)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["busy-run"]) { RedirectStandardOutput = true };
        if (spin is not null)
        {
            // An empty value keeps libgomp's default and keeps the app from setting its own.
            start.Environment["GOMP_SPINCOUNT"] = spin == "default" ? "" : spin;
        }

        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return double.Parse(output);
    }
}
