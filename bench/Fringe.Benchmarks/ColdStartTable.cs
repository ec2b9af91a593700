using System.Diagnostics;
using Spectre.Console;

namespace Fringe.Benchmarks;

/// <summary>
/// What a user waits for: whole processes of the built program, from the command to its end, in turn with those of another build where one
/// is named. The program's files are in the system's cache.
/// </summary>
internal static class ColdStartTable
{
    private const int Rounds = 9;

    public static void Run(string results, string? other)
    {
        string checkout = Path.GetFullPath(Path.Combine(results, "..", ".."));
        string own = Path.Combine(checkout, "src", "Fringe.App", "bin", "Release", "net10.0", "fringe.dll");
        string seed = SeedCrystal.Source(results).Input!;
        (string Name, string[] Arguments)[] commands =
        [
            ("`fringe predict` of the seed's crystal", ["predict", seed]),
            (
                "`fringe phase --method network --replicas 0` of it",
                ["phase", seed, "--method", "network", "--replicas", "0"]
            ),
            ("`fringe phase` of it", ["phase", seed]),
            ("`fringe phase`: the embedded sample", ["phase"]),
        ];
        string[] programs = other is null ? [own] : [other, own];
        List<string> rows = [];
        foreach ((string name, string[] arguments) in commands)
        {
            List<double>[] seconds = [.. programs.Select(_ => new List<double>())];
            // The first round fills the system's cache.
            for (int round = 0; round <= Rounds; round++)
            {
                foreach ((int i, string program) in programs.Index())
                {
                    double taken = Time(program, arguments);
                    seconds[i].AddRange(round == 0 ? [] : [taken]);
                }
            }

            string row = $"| {name} | {string.Join(" | ", seconds.Select(Cell))} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        string heads = other is null ? "seconds" : "another build, seconds | seconds";
        string text = $"""
            # What a user waits for

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- cold`, after `dotnet build -c Release`: whole processes from the command to their end on {Environment.ProcessorCount} cores, the program's
            files in the system's cache. Median of {Rounds} in turn (least to most). A further `fringe.dll` is timed beside it: `cold PATH`.

            | command | {heads} |
            |---|{string.Concat(Enumerable.Repeat("---|", programs.Length))}
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "cold.md"), text + "\n");
    }

    private static string Cell(List<double> seconds) =>
        $"{seconds.Order().ElementAt(seconds.Count / 2):F2} ({seconds.Min():F2} to {seconds.Max():F2})";

    private static double Time(string program, string[] arguments)
    {
        DirectoryInfo output = Directory.CreateTempSubdirectory("fringe-cold");
        ProcessStartInfo start = new(
            "dotnet",
            [program, .. arguments, "--quiet", "--force", "--output", output.FullName]
        );
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        output.Delete(recursive: true);
        return process.ExitCode == 0
            ? seconds
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit {process.ExitCode}");
    }
}
