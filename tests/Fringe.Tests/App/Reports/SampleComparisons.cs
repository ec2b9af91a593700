using Fringe.App.Reports;
using Fringe.Core.Preparation;
using Fringe.Imaging;
using Fringe.Imaging.Comparison;
using Fringe.Imaging.Network;

namespace Fringe.Tests.App.Reports;

/// <summary>Made-up comparisons.</summary>
internal static class SampleComparisons
{
    public static CrystalComparison Crystal(string? doubt = null, double? error = null, string name = "crystal_0054")
    {
        PhasingReport report = SampleReports.Crystal();
        ComparedWay Compared(Way way, double seconds, params double[] distances) =>
            new(way, report.Object, 0.00174, 1.31, 4012, seconds, distances, error);
        return new CrystalComparison
        {
            Measurement = new Measurement { Name = name, Stack = report.Measured },
            DataHash = "9f86d081",
            Seed = 1,
            Threads = 2,
            Prepared = new PreparationSummary
            {
                InputShape = [32, 32, 32],
                Peak = [16, 16, 16],
                BadPixels = 0,
                MeasuredFrames = 64,
                InvalidVoxels = 0,
                SaturatedVoxels = 0,
                HotVoxels = 0,
                MaskedFraction = 0.02,
                Photons = 1e7,
                KeptFraction = 1,
                BeyondPeakFraction = 0.5,
                OversamplingRatio = [3, 3, 3],
            },
            Measured = report.Measured,
            Mask = report.Mask,
            Network = new NetworkJudgement(0.02, 0.003, doubt),
            Ways =
            [
                Compared(Way.Iterative, 12, 0, 0.01, 0.02),
                Compared(Way.Network, 0.3, 0.01, 0, double.NaN),
                Compared(Way.Refined, 4, 0.02, double.NaN, 0),
            ],
            Drawn = [Drawn(report, "iterative"), Drawn(report, "network"), Drawn(report, "network + refinement")],
        };
    }

    public static DrawnObject Drawn(PhasingReport report, string name) =>
        new(name, 0.00174, 3.2, report.Object, report.Support, report.Modelled);
}
