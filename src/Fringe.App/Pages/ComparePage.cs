using Fringe.App.Reports;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Figures;

namespace Fringe.App.Pages;

/// <summary><c>compare.html</c>: the ways side by side on one page that needs nothing else.</summary>
internal static class ComparePage
{
    private const string HowToRead =
        "A column is a way, and equal colours mean equal phases: where the columns look alike and chi is low, the ways agree on the "
        + "crystal, and the times say what each way costs.";

    private const string Caption =
        "All objects brought onto each other (twin, shift, phase ramp, global phase, norm). Surface where the amplitude falls to half of "
        + "what is usual inside, seen from two opposite sides, coloured by the phase; amplitude (support outlined) and phase in the central "
        + "plane; the measured pattern left of the peak and the modelled one right of it, on one logarithmic scale.";

    /// <summary>The page as text.</summary>
    /// <param name="comparison">What to show.</param>
    /// <param name="png">The picture.</param>
    /// <param name="stages">How long each stage took.</param>
    /// <param name="provenance">Where it comes from.</param>
    public static string Render(
        CrystalComparison comparison,
        byte[] png,
        IReadOnlyList<StageTime> stages,
        IReadOnlyList<ProvenanceRow> provenance
    )
    {
        HtmlPage page = new(comparison.Name);
        page.AddHeader(
            comparison.Name,
            $"One pattern, three ways to its crystal: {comparison.Measured.Depth} × {comparison.Measured.Height} × "
                + $"{comparison.Measured.Width} voxels, {NumberText.Figure(comparison.Prepared.Photons)} photons",
            comparison.Ways.Select(way =>
                (way.Way.Name, $"chi {NumberText.Figure(way.Chi)}, {NumberText.Figure(way.Seconds)} s")
            )
        );
        page.AddNotes([.. comparison.Notes.Select(FlagNames.Render)]);
        page.AddHtml($"<p>{HtmlPage.Escape(HowToRead)}</p>\n");
        if (comparison.Network.Doubt is null)
        {
            page.AddHtml($"<p>{HtmlPage.Escape(comparison.Network.Sentence)}</p>\n");
        }

        page.AddPicture(new ReportPicture("Side by side", Caption, png));
        AddFigures(page, comparison);
        AddStages(page, stages);
        page.AddProvenance("Where this comes from", provenance);
        return page.Close();
    }

    private static void AddFigures(HtmlPage page, CrystalComparison comparison)
    {
        IReadOnlyList<FigureSet> ways = ComparedFigureSet.OfWays(comparison);
        IEnumerable<string> names = comparison.Ways.Select(way => $"#{way.Way.Name}");
        page.AddTableStart("Figures", ["Name", .. names, "Meaning", "Key in compare.json"]);
        foreach (FigureValue first in ways[0])
        {
            page.AddHtml($"<tr><td>{HtmlPage.Escape(first.Figure.Label)}</td>");
            foreach (FigureSet way in ways)
            {
                page.AddHtml($"<td class=\"number\">{NumberText.Figure(way[first.Figure])}</td>");
            }

            page.AddHtml($"<td>{HtmlPage.Escape(first.Explanation)}</td>");
            page.AddHtml($"<td class=\"name\"><code>{first.Figure.JsonName}</code></td></tr>\n");
        }

        page.AddTableEnd();
    }

    private static void AddStages(HtmlPage page, IReadOnlyList<StageTime> stages)
    {
        page.AddTableStart("Time", ["Stage", "#Seconds", "What happens"]);
        foreach (StageTime stage in stages)
        {
            page.AddHtml(
                $"<tr><td class=\"name\">{stage.Stage.Name}</td><td class=\"number\">{NumberText.Figure(stage.Seconds)}</td>"
            );
            page.AddHtml($"<td>{HtmlPage.Escape(stage.Stage.Meaning)}</td></tr>\n");
        }

        page.AddTableEnd();
    }
}
