using Fringe.Core.Phasing.Projections;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Methods;
using Spectre.Console;

namespace Fringe.Benchmarks;

/// <summary>The measured crystals of ../shared/data: the seed paper's, one start and five seeds, and S54 from raw frames.</summary>
internal static class MeasuredTable
{
    public static void Run(string results)
    {
        using Imager imager = Imager.Create(new ImagerOptions());
        List<string> rows = [];
        for (int seed = 1; seed <= 5; seed++)
        {
            ImagingOptions once = new()
            {
                Preparation = SeedCrystal.Preparation,
                Method = new Iterations { Starts = 1 },
                Replicas = 0,
                Seed = seed,
            };
            rows.Add(Row(imager, $"seed crystal 64^3, seed {seed}", SeedCrystal.Source(results), once));
        }

        ImagingOptions twice = new()
        {
            Preparation = S54.Preparation,
            Method = new Iterations { Starts = 2 },
            Replicas = 0,
        };
        rows.Add(Row(imager, "S54 128x160x160, 2 starts", S54.Source(results), twice));
        string text = $"""
            # Measured crystals

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- measured` ({Environment.ProcessorCount} cores, {imager.Threads} threads), `--method iterative`,
            recipe `{Iterate.DefaultRecipe}`, all else default; S54 from 201 raw frames with dark, flat and `--threshold 2`, the
            intensity threshold of its authors. docs/metrics.md says what the figures mean.

            | data | chi | support, voxels | free log-likelihood | agreement | phasing, s |
            |---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "measured.md"), text + "\n");
    }

    private static string Row(Imager imager, string name, MeasurementSource source, ImagingOptions options)
    {
        Measurement measurement = source.Read(new StageClock(TimeProvider.System), default);
        ImagingResult result = imager.Image(measurement, options);
        FigureSet figures = [.. result.Figures, .. result.Clock.Figures];
        string[] cells =
        [
            .. new[]
            {
                PhasingFigures.Chi,
                PhasingFigures.SupportVoxels,
                PhasingFigures.FreeLogLikelihood,
                PhasingFigures.Agreement,
                Stage.Phase.Seconds,
            }.Select(figure => NumberText.Figure(figures[figure])),
        ];
        string row = $"| {name} | {string.Join(" | ", cells)} |";
        AnsiConsole.WriteLine(row);
        return row;
    }
}
