using Spectre.Console;

namespace Fringe.Benchmarks;

/// <summary>
/// How far the error of a crystal depends on chance, the seed or how a processor rounds, and which figures of a run tell those that it
/// spoilt.
/// </summary>
internal static class SpreadTable
{
    /// <summary>The measurements, by their photons.</summary>
    public static readonly double[] Photons = [1e7, 1e6, 1e5];

    // The error of an object that would mislead (docs/results/verdict.md).
    private const double Wrong = 0.05;

    // Of the median of a crystal's runs: an error above it is a spoilt run's.
    private const double FarAbove = 2;

    // A limit is set so that as many of the other runs exceed it.
    private const double FalseAlarms = 0.05;

    private static readonly (string Name, Func<SpreadRun, double> Of)[] Figures =
    [
        ("free misfit over photon noise", run => run.NoiseRatio),
        ("misfit over photon noise", run => run.MisfitRatio),
        ("chi over photon noise", run => run.ChiOverNoise),
        ("1 - agreement of the starts", run => run.Disagreement),
        ("the network's spread", run => run.NetworkSpread),
        ("distance to the first seed's object", run => run.Moved),
    ];

    /// <summary>Writes the table from all files that <see cref="SpreadStudy"/> left in the set.</summary>
    public static void Run(string results, string folder)
    {
        (string Name, SpreadRun[] Runs)[] settings =
        [
            .. Directory
                .GetFiles(folder, "spread-*.csv")
                .Order(StringComparer.Ordinal)
                .Select(path =>
                    (
                        Path.GetFileNameWithoutExtension(path)["spread-".Length..],
                        File.ReadLines(path).Skip(1).Select(SpreadRun.Parse).ToArray()
                    )
                ),
        ];
        IEnumerable<string> texts = Photons.Select(photons => Section(photons, settings));
        string text = $"""
            # How far a result rests on chance

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- spread FOLDER NAME`, once in a process of its own for each instruction set ({string.Join(
                ", ",
                settings.Select(one => one.Name)
            )}), then `... -- spread FOLDER`: crystals of `fringe simulate --examples` (the set of [refinement](refinement.md), FOLDER), 64^3, phased as by `--method auto`, one thread.
            The photons are the same for all. Instruction sets: [decision 8](../decisions/0008-median-of-seeds.md). A run is spoilt if its error exceeds {FarAbove} times
            the median of its crystal's runs at that number of photons.

            A limit of a figure is set on the first half of the crystals, so that {FalseAlarms:P0} of the runs that are not spoilt exceed it; false alarms and spoilt runs that were missed are
            counted on the other half.

            {string.Join("\n\n", texts)}
            """;
        AnsiConsole.WriteLine(text);
        File.WriteAllText(Path.Combine(results, "spread.md"), text + "\n");
    }

    private static string Section(double photons, (string Name, SpreadRun[] Runs)[] settings)
    {
        int[] crystals =
        [
            .. settings
                .Select(one => one.Runs.Where(run => run.Photons == photons).Select(run => run.Crystal).Distinct())
                .Aggregate((common, next) => common.Intersect(next))
                .Order(),
        ];
        List<(string Setting, SpreadRun Run)> all =
        [
            .. settings.SelectMany(one =>
                one.Runs.Where(run => run.Photons == photons && crystals.Contains(run.Crystal))
                    .Select(run => (one.Name, run))
            ),
        ];
        if (all.Count == 0)
        {
            return $"## {photons:0e0} photons\n\nNo crystal has been phased under all.";
        }

        Dictionary<int, double> medians = all.GroupBy(one => one.Run.Crystal)
            .ToDictionary(group => group.Key, group => Median(group.Select(one => one.Run.Error)));
        List<SpreadRun> runs = [.. all.Select(one => one.Run)];
        bool IsSpoilt(SpreadRun run) => run.Error > FarAbove * medians[run.Crystal];
        string[] words = ["good", "doubtful", "failed"];
        SpreadRun[] spoilt = [.. runs.Where(IsSpoilt)];
        string Counts(IEnumerable<SpreadRun> of) =>
            string.Join(", ", words.Select(word => of.Count(run => run.Verdict == word)));
        int half = crystals[crystals.Length / 2];
        IEnumerable<string> rules = Figures.Select(figure => Rule(figure.Name, figure.Of, runs, IsSpoilt, half));
        return $"""
            ## {photons:0e0} photons

            {crystals.Length} crystals, {runs.Count} runs, median error {Median(
                runs.Select(run => run.Error)
            ):F4}. The error of a crystal changes

            | | by more than 1.5 times | by more than 2 times |
            |---|---|---|
            | between seeds | {Changes(all, one => (one.Run.Crystal, one.Setting))} |
            | between instruction sets, same seed | {Changes(all, one => (one.Run.Crystal, $"{one.Run.Seed}"))} |

            Starts run: {Starts(runs)}.

            Runs called good, doubtful, failed: {Counts(runs)}; of the {spoilt.Length} spoilt ones: {Counts(spoilt)}; of the {runs.Count(run =>
                run.Error > Wrong
            )} with an error above {Wrong}: {Counts(runs.Where(run => run.Error > Wrong))}.

            | figure | limit | false alarms | spoilt runs missed |
            |---|---|---|---|
            {Row(
                "the verdict is not good",
                "",
                runs.Where(run => run.Crystal >= half),
                IsSpoilt,
                run => run.Verdict != "good"
            )}
            {string.Join('\n', rules)}
            """;
    }

    private static string Starts(IEnumerable<SpreadRun> runs) =>
        string.Join(
            ", ",
            runs.GroupBy(run => run.Starts)
                .OrderBy(group => group.Key)
                .Select(group => $"{group.Key} in {group.Count()}")
        );

    // Of the groups, one a crystal and what is kept.
    private static string Changes(
        List<(string Setting, SpreadRun Run)> all,
        Func<(string Setting, SpreadRun Run), (int, string)> kept
    )
    {
        double[] ratios =
        [
            .. all.GroupBy(kept)
                .Where(group => group.Count() > 1)
                .Select(group => group.Max(one => one.Run.Error) / group.Min(one => one.Run.Error)),
        ];
        string Share(double limit) =>
            $"{ratios.Count(ratio => ratio > limit)} of {ratios.Length} ({(double)ratios.Count(ratio => ratio > limit) / Math.Max(1, ratios.Length):P1})";
        return $"{Share(1.5)} | {Share(2)}";
    }

    private static string Rule(
        string name,
        Func<SpreadRun, double> figure,
        List<SpreadRun> runs,
        Func<SpreadRun, bool> isSpoilt,
        int half
    )
    {
        double[] usual =
        [
            .. runs.Where(run => run.Crystal < half && !isSpoilt(run) && double.IsFinite(figure(run)))
                .Select(figure)
                .Order(),
        ];
        if (usual.Length == 0)
        {
            return $"| {name} | never told | | |";
        }

        double limit = usual[(int)((1 - FalseAlarms) * (usual.Length - 1))];
        IEnumerable<SpreadRun> others = runs.Where(run => run.Crystal >= half && double.IsFinite(figure(run)));
        return Row(name, $"{limit:G3}", others, isSpoilt, run => figure(run) > limit);
    }

    private static string Row(
        string name,
        string limit,
        IEnumerable<SpreadRun> others,
        Func<SpreadRun, bool> isSpoilt,
        Func<SpreadRun, bool> isDoubted
    )
    {
        SpreadRun[] spoilt = [.. others.Where(isSpoilt)];
        SpreadRun[] usual = [.. others.Where(run => !isSpoilt(run))];
        return $"| {name} | {limit} | {usual.Count(isDoubted)} of {usual.Length} | {spoilt.Count(run => !isDoubted(run))} of {spoilt.Length} |";
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
