using System.Text;
using Fringe.App.Pictures.CrystalSets;
using Fringe.App.Reports;
using Fringe.Core;
using Fringe.Formats.Crystals;
using Fringe.Formats.Writing;
using Fringe.Imaging.Figures;
using Fringe.Simulation.CrystalSets;
using Fringe.Simulation.TrainingSet;

namespace Fringe.App.Pages;

/// <summary>The report on a set of crystals: a page, its pictures beside it, and its numbers as JSON.</summary>
internal static class CrystalSetReport
{
    /// <summary>Writes the files; older ones are replaced.</summary>
    /// <param name="data">The set.</param>
    /// <param name="path">The page; the other files begin with its name.</param>
    /// <returns>The files' names.</returns>
    /// <exception cref="InputException">They cannot be written.</exception>
    public static IReadOnlyList<string> Write(CrystalSetData data, string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string stem = Path.GetFileNameWithoutExtension(path);
        List<(string Name, byte[] Content)> files = [];
        List<ReportPicture> pictures = [];
        foreach ((string suffix, ReportPicture picture) in Pictures(data))
        {
            pictures.Add(picture);
            files.Add(($"{stem}-{suffix}.png", picture.Png));
        }

        files.Add(($"{stem}.json", CrystalSetJson.Render(data)));
        // The page last: where it is, the others are.
        files.Add((Path.GetFileName(path), Encoding.UTF8.GetBytes(Render(data, pictures))));
        try
        {
            Directory.CreateDirectory(folder);
            foreach ((string name, byte[] content) in files)
            {
                AsideFile.WriteAll(Path.Combine(folder, name), content);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written ({error.Message}); choose another --output", error);
        }

        return [files[^1].Name, .. files[..^1].Select(file => file.Name)];
    }

    /// <summary>The page as text.</summary>
    public static string Render(CrystalSetData data, IReadOnlyList<ReportPicture> pictures)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data.Folder)));
        HtmlPage page = new(name);
        page.AddHeader(name, Below(data), Headline(data));
        page.AddNotes([.. Notes(data)]);
        foreach (ReportPicture picture in pictures)
        {
            page.AddPicture(picture);
        }

        AddFigures(page, data);
        page.AddProvenance("Where this comes from", [.. Provenance(data)]);
        return page.Close();
    }

    private static IEnumerable<(string Suffix, ReportPicture Picture)> Pictures(CrystalSetData data)
    {
        int clamped = data.Shown.Count(crystal => crystal.IsClamped);
        yield return (
            "crystals",
            new ReportPicture(
                "Crystals",
                $"{Crystals(data.Shown.Count)}, evenly over the set ({clamped} of them clamped, in blue): surface, phase in the "
                    + "central x–y plane (its mean taken off; outside the crystal grey), and central plane of the pattern "
                    + "about (111), each over its own largest value. The object's phase in the convention of Fringe, −G·u, is "
                    + "the negative of the phase drawn. The bar beside each crystal is its scale.",
                CrystalGridPicture.Render(data)
            )
        );
        yield return (
            "figures",
            new ReportPicture(
                "Distributions",
                $"{Crystals(data.Crystals.Count)}; the dashed line is the median. Where values differ by a large factor the "
                    + "axis is logarithmic.",
                FiguresPicture.Render(data)
            )
        );
        if (data.Throughput is { } throughput)
        {
            yield return (
                "throughput",
                new ReportPicture(
                    "Throughput",
                    $"{Crystals(throughput.Made)} made in {NumberText.Duration(throughput.Running)}, on average "
                        + $"{NumberText.Figure(Math.Round(throughput.AtATime, 1))} at a time; "
                        + $"{NumberText.Figure(100 * throughput.LammpsShare)} % of the workers' time inside LAMMPS. "
                        + "Times without any crystal under way are left out.",
                    ThroughputPicture.Render(data, throughput)
                )
            );
        }
    }

    private static string Below(CrystalSetData data) =>
        (data.IsUnfinished ? "Simulated crystals so far: " : "Simulated crystals: ")
        + string.Join(", ", Splits(data).Select(split => $"{NumberText.Count(split.Count)} {split.Use}"));

    private static IEnumerable<(string Use, int Count)> Splits(CrystalSetData data) =>
        [
            ("for training", Count(data, CrystalSplit.Train)),
            ("for validation", Count(data, CrystalSplit.Validation)),
            ("for testing", Count(data, CrystalSplit.Test)),
        ];

    private static int Count(CrystalSetData data, CrystalSplit split) =>
        data.Crystals.Count(crystal => crystal.Split == split);

    private static IEnumerable<(string Name, string Value)> Headline(CrystalSetData data)
    {
        yield return (data.IsUnfinished ? "crystals so far" : "crystals", NumberText.Count(data.Crystals.Count));
        foreach (CrystalFigure figure in CrystalFigures.Of(data))
        {
            if (figure.IsHeadline)
            {
                yield return ($"{figure.Name}, median", NumberText.WithUnit(figure.Median, figure.Unit));
            }
        }

        if (data.Throughput is { } throughput)
        {
            yield return ("throughput", $"{NumberText.Count((long)Math.Round(throughput.CrystalsPerHour))} / h");
        }
    }

    private static IEnumerable<string> Notes(CrystalSetData data)
    {
        if (data.IsUnfinished)
        {
            yield return $"The set is not finished: {Crystals(data.Crystals.Count)} so far, {NumberText.Count(data.Parts)} of "
                + "them outside complete shards. Its fringe simulate is running, or was stopped and goes on when it is run "
                + "again.";
        }

        if (!data.IsOfOneKind)
        {
            yield return "The files do not all say the same of how their crystals were made; below stands the first.";
        }

        if (data.Throughput is null)
        {
            yield return "There is no log (crystals.csv), so the throughput is not known.";
        }
        else if (data.Throughput.Failed > 0)
        {
            yield return $"{NumberText.Count(data.Throughput.Failed)} runs of LAMMPS failed and were replaced; their inputs "
                + "are in the folder failures.";
        }
    }

    private static void AddFigures(HtmlPage page, CrystalSetData data)
    {
        page.AddTableStart("Figures", ["Name", "#Least", "#Median", "#Most", "Unit", "Meaning", "Key in the JSON"]);
        IEnumerable<CrystalFigure> all = CrystalFigures.Of(data);
        foreach (CrystalFigure figure in CrystalFigures.LammpsSeconds(data) is { } time ? all.Append(time) : all)
        {
            page.AddHtml($"<tr><td>{HtmlPage.Escape(figure.Name)}</td>");
            foreach (double value in new[] { figure.Least, figure.Median, figure.Most })
            {
                page.AddHtml($"<td class=\"number\">{NumberText.Figure(value)}</td>");
            }

            page.AddHtml($"<td>{HtmlPage.Escape(figure.Unit)}</td><td>{HtmlPage.Escape(figure.Meaning)}</td>");
            page.AddHtml($"<td class=\"name\"><code>{HtmlPage.Escape(figure.Key)}</code></td></tr>\n");
        }

        page.AddTableEnd();
    }

    private static IEnumerable<ProvenanceRow> Provenance(CrystalSetData data)
    {
        CrystalProvenance made = data.Provenance;
        yield return new ProvenanceRow("program", $"fringe {made.ProgramVersion}");
        yield return new ProvenanceRow("LAMMPS", made.LammpsVersion);
        yield return new ProvenanceRow("potential", $"{made.Potential}, SHA-256 {made.PotentialHash}");
        yield return new ProvenanceRow("seed", made.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach ((string what, string how) in RecipeWords.Describe(made.Recipe))
        {
            yield return new ProvenanceRow(what, how);
        }

        foreach ((string use, int count) in Splits(data))
        {
            yield return new ProvenanceRow($"crystals {use}", NumberText.Count(count));
        }

        yield return new ProvenanceRow(
            "files",
            $"{data.Shards} shards, {data.Parts} single crystals, in {data.Folder}"
        );
    }

    private static string Crystals(int count) => count == 1 ? "1 crystal" : $"{NumberText.Count(count)} crystals";
}
