using System.Text;
using Fringe.App.Pages;
using Fringe.App.Pictures;
using Fringe.App.Reports;
using Fringe.Formats.Npy;
using Fringe.Imaging;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;

namespace Fringe.App.Writing;

/// <summary>Writes the files of a comparison; scripts rely on their names.</summary>
internal static class CompareWriter
{
    /// <summary>The files, the marker of a whole result last.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["iterative.npy", "network.npy", "refined.npy", "compare.png", "compare.html", "compare.json"];

    /// <summary>Writes everything into the folder's staging place; the caller commits it.</summary>
    /// <param name="comparison">What was found.</param>
    /// <param name="clock">Gets the stage "write": everything but the page and <c>compare.json</c>, which say how long it took.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="run">When it ended, and the command line that asked for it.</param>
    /// <param name="truth">File of the true object; null = not known.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The text of <c>compare.json</c>.</returns>
    public static string Write(
        CrystalComparison comparison,
        StageClock clock,
        OutputFolder folder,
        RunRecord run,
        string? truth,
        CancellationToken cancellation
    )
    {
        byte[] png = clock.Run(
            Stage.Write,
            () =>
            {
                foreach (ComparedWay way in comparison.Ways)
                {
                    cancellation.ThrowIfCancellationRequested();
                    NpyFile.Write(folder.FilePath($"{way.Way.JsonName}.npy"), way.Object);
                }

                byte[] picture = ComparePicture.Render(
                    Title(comparison),
                    comparison.Measured,
                    comparison.Mask,
                    comparison.Drawn
                );
                File.WriteAllBytes(folder.FilePath("compare.png"), picture);
                return picture;
            }
        );
        FactValue[] texts = [.. Texts(comparison, run, truth)];
        ProvenanceRow[] provenance =
        [
            .. texts.Select(text => new ProvenanceRow(text.Fact.Name, text.Text)),
            new(PhasingFigures.Seed.Name, NumberText.Count(comparison.Seed)),
            new(PhasingFigures.Threads.Name, NumberText.Count(comparison.Threads)),
            new(Facts.Date.Name, run.Date.ToString("yyyy-MM-dd HH:mm:ss zzz")),
        ];
        string page = ComparePage.Render(comparison, png, clock.Stages, provenance);
        File.WriteAllBytes(folder.FilePath("compare.html"), Encoding.UTF8.GetBytes(page));
        string json = Json(comparison, clock, texts, run);
        File.WriteAllText(folder.FilePath("compare.json"), json + "\n");
        return json;
    }

    private static string Title(CrystalComparison comparison) =>
        $"{comparison.Name}   ·   {comparison.Measured.Depth} × {comparison.Measured.Height} × "
        + $"{comparison.Measured.Width}   ·   {NumberText.Figure(comparison.Prepared.Photons)} photons";

    private static IEnumerable<FactValue> Texts(CrystalComparison comparison, RunRecord run, string? truth)
    {
        foreach (FactValue program in Provenance.Programs)
        {
            yield return program;
        }

        yield return Facts.Input.Of(comparison.Measurement.Input);
        yield return Facts.DataHash.Of(comparison.DataHash);
        yield return Facts.RecipeIterative.Of(MethodComparison.RecipeIterative);
        yield return Facts.RecipeRefined.Of(MethodComparison.RecipeRefined);
        yield return Facts.Command.Of(run.CommandLine);
        if (truth is not null)
        {
            yield return Facts.Truth.Of(truth);
        }
    }

    private static string Json(
        CrystalComparison comparison,
        StageClock clock,
        IEnumerable<FactValue> texts,
        RunRecord run
    )
    {
        Dictionary<string, object?> all = [];
        foreach ((ComparedWay way, FigureSet figures) in comparison.Ways.Zip(ComparedFigureSet.OfWays(comparison)))
        {
            all[way.Way.JsonName] = FigureJson.Of(figures);
        }

        FigureJson.Add(ComparedFigureSet.OfRun(comparison, comparison.Seed), all);
        FigureJson.Add(clock.Figures, all);
        all[Facts.NetworkIsTrusted.JsonName] = comparison.Network.Doubt is null;
        all[Facts.NetworkDoubt.JsonName] = comparison.Network.Doubt;
        foreach (FactValue text in texts)
        {
            all[text.Fact.JsonName] = text.Text;
        }

        all[Facts.Notes.JsonName] = string.Join(' ', run.Notes);
        all[Facts.Date.JsonName] = run.Date.ToString("O");
        return JsonText.Of(all);
    }
}
