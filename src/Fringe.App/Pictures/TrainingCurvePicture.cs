using System.Globalization;
using Fringe.Formats.Writing;
using Fringe.Learning.Training;
using ScottPlot;

namespace Fringe.App.Pictures;

/// <summary><c>training.png</c>: loss and validation over the examples seen, from <c>history.csv</c>.</summary>
internal static class TrainingCurvePicture
{
    public const string Name = "training.png";

    /// <summary>Draws the history of a folder; a training without a finished epoch has none.</summary>
    public static void Write(string folder)
    {
        string history = Path.Combine(folder, HistoryFile.Name);
        if (!File.Exists(history))
        {
            return;
        }

        string[][] rows = [.. File.ReadAllLines(history).Skip(1).Select(line => line.Split(','))];
        double[] samples = Column(rows, 2);
        using Plot plot = new();
        foreach (
            (string name, int column) in new[]
            {
                ("loss", 3),
                ("validation", 4),
                ("median error", 5),
                ("95th percentile", 6),
            }
        )
        {
            plot.Add.Scatter(samples, Column(rows, column)).LegendText = name;
        }

        plot.XLabel("examples");
        plot.YLabel("loss, real-space error");
        plot.Axes.SetLimitsY(0, Math.Max(0.05, rows.Length > 0 ? Column(rows, 4).Max() * 1.2 : 1));
        plot.ShowLegend(Alignment.UpperRight);
        AsideFile.WriteAll(Path.Combine(folder, Name), plot.GetImageBytes(1200, 700, ImageFormat.Png));
    }

    private static double[] Column(string[][] rows, int column) =>
        [.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];
}
