using System.Text;
using Fringe.App.Pages;
using Fringe.App.Pictures;
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
    /// <param name="request">What was asked.</param>
    /// <param name="clock">Gets the stage "write": everything but the page and <c>compare.json</c>, which say how long it took.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="date">When the run ended.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The text of <c>compare.json</c>.</returns>
    public static string Write(
        CrystalComparison comparison,
        CompareRequest request,
        StageClock clock,
        OutputFolder folder,
        DateTimeOffset date,
        CancellationToken cancellation
    )
    {
        byte[] png = clock.Run(
            CompareStages.Write,
            () =>
            {
                foreach (ComparedWay way in comparison.Ways)
                {
                    cancellation.ThrowIfCancellationRequested();
                    NpyFile.Write(folder.FilePath($"{way.Key}.npy"), way.Object);
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
        (string Key, string Name, string Value)[] texts = [.. Texts(comparison, request)];
        ProvenanceRow[] provenance =
        [
            .. texts.Select(text => new ProvenanceRow(text.Name, text.Value)),
            new("seed", NumberText.Count(request.Measurement.Phasing.Seed)),
            new("threads", NumberText.Count(comparison.Threads)),
            new("date", date.ToString("yyyy-MM-dd HH:mm:ss zzz")),
        ];
        string page = ComparePage.Render(comparison, png, clock.Stages, provenance);
        File.WriteAllBytes(folder.FilePath("compare.html"), Encoding.UTF8.GetBytes(page));
        string json = Json(comparison, request, clock, texts, date);
        File.WriteAllText(folder.FilePath("compare.json"), json + "\n");
        return json;
    }

    private static string Title(CrystalComparison comparison) =>
        $"{comparison.Name}   ·   {comparison.Measured.Depth} × {comparison.Measured.Height} × "
        + $"{comparison.Measured.Width}   ·   {NumberText.Figure(comparison.Prepared.Photons)} photons";

    private static IEnumerable<(string Key, string Name, string Value)> Texts(
        CrystalComparison comparison,
        CompareRequest request
    )
    {
        foreach ((string, string, string) program in RunTexts.Programs)
        {
            yield return program;
        }

        PhaseRequest measurement = request.Measurement;
        yield return ("input", "input", measurement.Input ?? "embedded sample");
        yield return ("data_sha256", "SHA-256 of the stack as read (float32)", comparison.DataHash);
        yield return ("recipe_iterative", "recipe of the iterative way", measurement.Phasing.Recipe.Text);
        yield return ("recipe_refined", "recipe before refinement", measurement.PhasingFromNetwork.Recipe.Text);
        yield return ("command", "command", measurement.CommandLine);
        if (request.TruthPath is { } truth)
        {
            yield return ("truth", "truth", truth);
        }
    }

    private static string Json(
        CrystalComparison comparison,
        CompareRequest request,
        StageClock clock,
        IEnumerable<(string Key, string Name, string Value)> texts,
        DateTimeOffset date
    )
    {
        Dictionary<string, object?> all = new() { ["name"] = comparison.Name };
        IReadOnlyList<CompareFigure> figures = CompareFigures.Of(comparison);
        for (int i = 0; i < comparison.Ways.Count; i++)
        {
            all[comparison.Ways[i].Key] = figures.ToDictionary(figure => figure.Key, figure => figure.Values[i]);
        }

        all["network_spread"] = double.IsFinite(comparison.Network.Spread) ? comparison.Network.Spread : null;
        all["network_chi"] = comparison.Network.Chi;
        all["network_is_trusted"] = comparison.Network.Doubt is null;
        all["network_doubt"] = comparison.Network.Doubt;
        all["seconds"] = clock
            .Stages.Append(new StageTime("total", clock.TotalSeconds))
            .ToDictionary(stage => stage.Key, stage => stage.Seconds);
        all["shape"] = new[] { comparison.Measured.Depth, comparison.Measured.Height, comparison.Measured.Width };
        all["photons"] = comparison.Prepared.Photons;
        all["masked_fraction"] = comparison.Prepared.MaskedFraction;
        all["oversampling_ratio"] = comparison.Prepared.OversamplingRatio;
        all["seed"] = request.Measurement.Phasing.Seed;
        all["threads"] = comparison.Threads;
        all["notes"] = comparison.Notes;
        foreach ((string key, _, string value) in texts)
        {
            all[key] = value;
        }

        all["date"] = date.ToString("O");
        return JsonText.Of(all);
    }
}
