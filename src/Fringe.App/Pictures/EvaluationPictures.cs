using Fringe.Formats.Writing;
using Fringe.Learning.Evaluation;
using ScottPlot;

namespace Fringe.App.Pictures;

/// <summary>Histograms of the errors, and the error against what a crystal was like.</summary>
internal static class EvaluationPictures
{
    private const int Bins = 40;

    public static void WriteErrors(string path, IReadOnlyList<ExampleScore> scores)
    {
        Multiplot multiplot = new();
        multiplot.AddPlots(3);
        multiplot.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Histogram(multiplot.GetPlot(0), "real-space error", [.. scores.Select(score => score.Error)]);
        Histogram(multiplot.GetPlot(1), "shape error", [.. scores.Select(score => score.ShapeError)]);
        Histogram(multiplot.GetPlot(2), "phase error (rad)", [.. scores.Select(score => score.PhaseErrorRadians)]);
        Save(multiplot, path, 1500, 420);
    }

    public static void WriteTrends(string path, IReadOnlyList<ExampleScore> scores)
    {
        (string Name, Func<ExampleScore, double> Value)[] quantities =
        [
            ("strain left (rms)", score => score.StrainLeft),
            ("phase range (rad)", score => score.PhaseRangeRadians),
            ("atoms", score => score.Atoms),
            ("smallest oversampling ratio", score => score.OversamplingRatio),
            ("spread between passes", score => score.Spread),
            ("chi", score => score.Chi),
        ];
        double[] errors = [.. scores.Select(score => Math.Log10(Math.Max(score.Error, 1e-4)))];
        Multiplot multiplot = new();
        multiplot.AddPlots(quantities.Length);
        multiplot.Layout = new ScottPlot.MultiplotLayouts.Grid(2, 3);
        for (int i = 0; i < quantities.Length; i++)
        {
            Plot plot = multiplot.GetPlot(i);
            plot.Add.Markers([.. scores.Select(quantities[i].Value)], errors, MarkerShape.FilledCircle, 4);
            plot.XLabel(quantities[i].Name);
            plot.YLabel("log10 of the real-space error");
        }

        Save(multiplot, path, 1500, 840);
    }

    private static void Histogram(Plot plot, string name, double[] values)
    {
        double most = Math.Max(values.Max(), 1e-6);
        double width = most / Bins;
        double[] counts = new double[Bins];
        foreach (double value in values)
        {
            counts[Math.Min(Bins - 1, (int)(value / width))]++;
        }

        ScottPlot.Plottables.BarPlot bars = plot.Add.Bars(
            [.. Enumerable.Range(0, Bins).Select(bin => (bin + 0.5) * width)],
            counts
        );
        foreach (Bar bar in bars.Bars)
        {
            bar.Size = width;
        }

        plot.XLabel(name);
        plot.YLabel("crystals");
        plot.Axes.Margins(bottom: 0);
    }

    private static void Save(Multiplot multiplot, string path, int width, int height) =>
        AsideFile.WriteAll(path, multiplot.Render(width, height).GetImageBytes());
}
