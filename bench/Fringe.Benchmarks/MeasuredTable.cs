using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Preparation;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Network;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>The measured crystals of ../shared/data: the seed paper's, one start and five seeds, and S54 from raw frames.</summary>
internal static class MeasuredTable
{
    public static void Run(string results)
    {
        string data = Path.GetFullPath(Path.Combine(results, "..", "..", "..", "shared", "data"));
        List<string> rows = [];
        for (int seed = 1; seed <= 5; seed++)
        {
            PhaseRequest request = new()
            {
                Input = Path.Combine(data, "seed-crystal", "ft_crop_64.tif"),
                Preparation = new PreparationOptions { Shape = [64, 64, 64] },
                Phasing = new PhasingOptions { Starts = 1, Seed = seed },
                Replicas = 0,
            };
            rows.Add(Row($"seed crystal 64^3, seed {seed}", request));
        }

        string raw = Path.Combine(data, "s54-raw");
        PhaseRequest scan = new()
        {
            Input = Path.Combine(raw, "frames"),
            DarkPath = Path.Combine(raw, "dark.tif"),
            FlatPath = Path.Combine(raw, "whitefield.tif"),
            Preparation = new PreparationOptions
            {
                RoiOrigin = (0, 0),
                Threshold = 2,
                Shape = [128, 160, 160],
            },
            Phasing = new PhasingOptions { Starts = 2 },
            Replicas = 0,
        };
        rows.Add(Row("S54 128x160x160, 2 starts", scan));
        string text = $"""
            # Measured crystals

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- measured` ({Environment.ProcessorCount} cores, {get_num_threads()} threads), `--method iterative`,
            recipe `{PhasingOptions.DefaultRecipe}`, all else default; S54 from 201 raw frames with dark, flat and `--threshold 2`, the
            intensity threshold of its authors. docs/metrics.md says what the figures mean.

            | data | chi | support, voxels | free log-likelihood | agreement | phasing, s |
            |---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
        File.WriteAllText(Path.Combine(results, "measured.md"), text + "\n");
    }

    private static string Row(string name, PhaseRequest request)
    {
        StageClock clock = new(TimeProvider.System);
        using WarmNetwork network = new();
        using PhasedSample sample = PhasePipeline.Run(
            request,
            network,
            clock,
            (_, work) => work(new Progress<PhasingProgress>()),
            "phase",
            default
        );
        IReadOnlyList<MetricRow> figures = MetricsTable.Numbers(sample, request, clock);
        string[] cells =
        [
            .. new[] { "chi", "support_voxels", "free_llk", "agreement", "seconds_phase" }.Select(key =>
                NumberText.Figure(figures.First(row => row.Key == key).Value)
            ),
        ];
        string row = $"| {name} | {string.Join(" | ", cells)} |";
        AnsiConsole.WriteLine(row);
        return row;
    }
}
