using Fringe.Simulation.TrainingSet;
using Spectre.Console.Rendering;

namespace Fringe.App.Terminal;

/// <summary>What a finished <c>fringe simulate</c> prints.</summary>
internal static class SimulationView
{
    public static IRenderable Create(
        SimulationProgress result,
        TrainingSetOptions options,
        TimeSpan elapsed,
        string folder
    )
    {
        List<ResultRow> rows =
        [
            ResultRow.Of("crystals in the set", result.Done),
            ResultRow.Of("made by this run", result.MadeNow),
        ];
        if (result.MadeNow > 0)
        {
            double share = result.LammpsTime / (elapsed * Math.Min(options.Workers, result.MadeNow));
            rows.Add(ResultRow.Of("throughput", Math.Round(result.MadeNow / elapsed.TotalHours), "crystals/h"));
            rows.Add(ResultRow.Of("workers' time inside LAMMPS", 100 * share, "%"));
        }

        rows.Add(ResultRow.Of("draws that left no crystal, redrawn", result.Redrawn));
        rows.Add(ResultRow.Of("LAMMPS runs that failed, replaced", result.Failed));
        string[] files =
        [
            .. Directory
                .EnumerateFiles(folder, "crystals*")
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];
        return ResultTable.Create(rows, folder, Shorten(files));
    }

    /// <summary>A long list of files: its first and last ones.</summary>
    public static string[] Shorten(string[] files) =>
        files.Length <= 6 ? files : [.. files[..3], $"... {files.Length - 4} more", files[^1]];
}
