using Fringe.App.Pictures;
using Fringe.Core.Preparation;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Network;
using Fringe.Tests.Reports;

namespace Fringe.Tests.Comparison;

/// <summary>Made-up comparisons.</summary>
internal static class SampleComparisons
{
    public static CrystalComparison Crystal(string? doubt = null, double? error = null)
    {
        PhasingReport report = SampleReports.Crystal();
        ComparedWay Way(string key, string name, double seconds, params double[] distances) =>
            new(key, name, report.Object, 0.00174, 1.31, 4012, seconds, distances, error);
        return new CrystalComparison
        {
            Name = "crystal_0054",
            DataHash = "9f86d081",
            Threads = 2,
            Prepared = new PreparationSummary([32, 32, 32], [16, 16, 16], 0, 0, 0, 0, 0.02, 1e7, 1, 0.5, [3, 3, 3]),
            Measured = report.Measured,
            Mask = report.Mask,
            Network = new NetworkJudgement(0.02, 0.003, doubt),
            Ways =
            [
                Way(ComparedWay.Iterative, "iterative", 12, 0, 0.01, 0.02),
                Way(ComparedWay.Network, "network", 0.3, 0.01, 0, double.NaN),
                Way(ComparedWay.Refined, "network + refinement", 4, 0.02, double.NaN, 0),
            ],
            Drawn = [Drawn(report, "iterative"), Drawn(report, "network"), Drawn(report, "network + refinement")],
        };
    }

    public static DrawnObject Drawn(PhasingReport report, string name) =>
        new(name, 0.00174, 3.2, report.Object, report.Support, report.Modelled);
}
