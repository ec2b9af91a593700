using System.Globalization;
using Spectre.Console;

namespace Fringe.Benchmarks.Hard;

/// <summary>What the product makes of hard crystals, kind by kind.</summary>
internal static class HardTable
{
    // Of the real-space error, as in docs/results/verdict.md.
    private const double Right = 0.05;
    private const double Wrong = 0.1;

    /// <summary>Phases what the record lacks, or writes measurements, and tells the table.</summary>
    /// <param name="results">Folder of the tables: gets it if all kinds were asked for.</param>
    /// <param name="options">What was asked for.</param>
    public static void Run(string results, HardOptions options)
    {
        if (options.Write is { } folder)
        {
            HardWriter.Write(options, folder);
            return;
        }

        string record = Path.Combine(options.Out ?? "fringe-output", "hard.csv");
        HardRecord runs = HardRecord.Open(record);
        HardStudy.Run(options, runs);
        string text = Text(options, runs.Runs);
        AnsiConsole.WriteLine(text);
        // Only a whole table replaces a whole one.
        bool isWhole = options.Kinds.Count == HardKinds.All.Count && options.Size == 64;
        string path = isWhole ? Path.Combine(results, "hard.md") : Path.ChangeExtension(record, ".md");
        File.WriteAllText(path, text + "\n");
        AnsiConsole.WriteLine($"{path}, of {record}");
    }

    private static string Text(HardOptions options, IReadOnlyList<HardRun> runs) =>
        $"""
            # Hard kinds

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- hard --seeds N --method METHOD`: simulated crystals of {options.Size}^3 voxels, drawn on voxels of half the edge and cut out
            of their far field, Poisson noise, 1e7 photons unless the kind says otherwise, phased from their counts on as by `fringe phase --method METHOD`, one thread. The same seed gives the same
            shape and field in every kind; no network is trained on them. Where nothing else is said: convex, 20 to 26 voxels wide, smooth strain of a phase range of 2 rad.
            Error: `1 - |<o,t>|^2/(|o|^2|t|^2)` after removing twin, sub-voxel shift, ramp and phase, on the whole detector, so that what preparation cuts off of the pattern is missing; on the pattern's grid it is not. Wrong: above {Wrong}; right: under {Right}. Twin: amplitude of the twin in the object over that
            of the truth (median; and the largest among those called good); errors of any kind look a little like it, the more so the more the truth is its own twin, and an object that is wrong altogether
            much so. Free misfit: over what photon noise leaves (median). Blur: standard deviations found along z, y, x, voxels (medians). s: of the processor, median.

            {string.Join(
                "\n\n",
                runs.Select(run => run.Method).Distinct().Select(method =>
                    Section(method, [.. runs.Where(run => run.Method == method)])
                )
            )}
            """;

    private static string Section(string method, IReadOnlyList<HardRun> runs)
    {
        IEnumerable<string> rows =
            from kind in HardKinds.All
            let found = runs.Where(run => run.Kind == kind.Name).ToArray()
            where found.Length > 0
            select $"| {kind.Words} (`{kind.Name}`) | {Row(found)} |";
        int[] seeds = [.. runs.GroupBy(run => run.Kind).Select(group => group.Count())];
        string count = seeds.Min() == seeds.Max() ? $"{seeds.Max()}" : $"{seeds.Min()} to {seeds.Max()}";
        return $"""
            ## `--method {method}`, {count} seeds a kind

            Code: {string.Join(", ", runs.Select(run => run.Code).Distinct())}.

            | kind | median error | on the pattern's grid | worst | under {Right} | good, doubtful, failed | wrong called good | right not called good | free misfit | twin | blur | s |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}

            Of {runs.Count} results {runs.Count(IsWrong)} are wrong, {runs.Count(run =>
                IsWrong(run) && IsGood(run)
            )} of them called good; {runs.Count(run =>
                !IsWrong(run) && !IsRight(run)
            )} lie between, {runs.Count(run =>
                !IsWrong(run) && !IsRight(run) && IsGood(run)
            )} of them called good; {runs.Count(IsRight)} are right, {runs.Count(run =>
                IsRight(run) && !IsGood(run)
            )} of them not called good.
            """;
    }

    private static string Row(HardRun[] runs)
    {
        double Median(Func<HardRun, double> of) => Middle([.. runs.Select(of)]);
        int Count(string word) => runs.Count(run => run.Verdict == word);
        double[] twins = [.. runs.Select(run => run.TwinShare).Where(double.IsFinite)];
        double[] believed = [.. runs.Where(IsGood).Select(run => run.TwinShare).Where(double.IsFinite)];
        string blur = string.Join(
            ", ",
            Enumerable.Range(0, 3).Select(axis => Number(Median(run => run.Blur[axis]), "F2"))
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(run => run.Error):F4} | {Median(run => run.ErrorOnPattern):F4} | {runs.Max(run => run.Error):F3} | {runs.Count(IsRight)} of {runs.Length} | {Count("good")}, {Count("doubtful")}, {Count("failed")} | "
                + $"{runs.Count(run => IsWrong(run) && IsGood(run))} | {runs.Count(run => IsRight(run) && !IsGood(run))} | {Median(run => run.FreeMisfit):F2} | "
                + $"{Number(Middle(twins), "F2")}; {Number(believed.Length == 0 ? double.NaN : believed.Max(), "F2")} | {blur} | {Median(run => run.Seconds):F1}"
        );
    }

    // Of an even number the mean of the two in the middle.
    private static double Middle(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN
            : sorted.Length % 2 == 1 ? sorted[half]
            : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";

    private static bool IsGood(HardRun run) => run.Verdict == "good";

    private static bool IsWrong(HardRun run) => run.Error > Wrong;

    private static bool IsRight(HardRun run) => run.Error < Right;
}
