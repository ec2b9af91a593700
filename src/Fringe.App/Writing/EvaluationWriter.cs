using Fringe.App.Pictures;
using Fringe.Formats.Crystals;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;
using Fringe.Imaging.Network;
using Fringe.Learning.Evaluation;

namespace Fringe.App.Writing;

/// <summary>Writes what an evaluation found: numbers as JSON, histograms, trends and examples as pictures.</summary>
internal static class EvaluationWriter
{
    /// <summary>Seed of the examples: every network is judged by the same.</summary>
    public const long Seed = 20_260_000;

    private const string Best = "example-05.png";
    private const string Median = "example-50.png";
    private const string Worst = "example-95.png";

    /// <summary>The files, the marker of a whole result last.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["errors.png", "trends.png", Best, Median, Worst, "evaluation.json"];

    /// <summary>Writes everything into the folder's staging place; the caller commits it.</summary>
    /// <returns>A short table for the terminal.</returns>
    public static string Write(
        IReadOnlyList<ExampleScore> scores,
        IReadOnlyList<CrystalRecord> crystals,
        Evaluator evaluator,
        IReadOnlyDictionary<string, string> network,
        string data,
        OutputFolder folder
    )
    {
        double shown = scores[0].Photons;
        ExampleScore[] first = [.. scores.Where(score => score.Photons == shown).OrderBy(score => score.Error)];
        EvaluationPictures.WriteErrors(folder.FilePath("errors.png"), first);
        EvaluationPictures.WriteTrends(folder.FilePath("trends.png"), first);
        foreach ((string name, double share) in new[] { (Best, 0.05), (Median, 0.5), (Worst, 0.95) })
        {
            ExampleScore score = At(first, share);
            CrystalRecord crystal = crystals.First(one => one.Index == score.Crystal);
            WriteExample(folder.FilePath(name), crystal, score, share, evaluator);
        }

        ErrorSummary[] byPhotons =
        [
            .. scores.GroupBy(score => score.Photons).Select(group => ErrorSummary.Of(group.Key, [.. group])),
        ];
        ExampleScore[] trusted =
        [
            .. first.Where(score => NetworkJudgement.DoubtOf(score.Spread, score.Chi, score.Noise) is null),
        ];
        string json = JsonText.Of(
            new Dictionary<string, object?>
            {
                ["crystals"] = crystals.Count,
                ["data"] = data,
                [Facts.Network.JsonName] = network,
                ["by_photons"] = byPhotons.Select(Json),
                ["trusted"] = trusted.Length > 0 ? Json(ErrorSummary.Of(shown, trusted)) : null,
                ["doubted"] = first.Length - trusted.Length,
                ["scores"] = scores.Select(Json),
            }
        );
        File.WriteAllText(folder.FilePath("evaluation.json"), json);
        return string.Join('\n', byPhotons.Select(summary => summary.ToLine()));
    }

    private static Dictionary<string, object?> Json(ErrorSummary summary) =>
        FigureJson.Of(EvaluatedFigureSet.Of(summary));

    private static Dictionary<string, object?> Json(ExampleScore score)
    {
        Dictionary<string, object?> json = FigureJson.Of(EvaluatedFigureSet.Of(score));
        json[Facts.IsTwin.JsonName] = score.IsTwin;
        return json;
    }

    private static void WriteExample(
        string path,
        CrystalRecord crystal,
        ExampleScore score,
        double share,
        Evaluator evaluator
    )
    {
        ShownExample example = evaluator.Show(crystal, score.Photons);
        string title = FormattableString.Invariant(
            $"{100 * share:F0}th percentile: crystal {crystal.Index}, {crystal.Atoms} atoms, error {score.Error:F4}, phase off by {score.PhaseErrorRadians:F3} rad. Above: truth, below: prediction"
        );
        ExamplePicture.Write(path, title, example.Truth, example.Found, example.Support);
    }

    private static ExampleScore At(ExampleScore[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
