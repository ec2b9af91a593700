using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>S54 from part of its frames or of its volume: real-space distance to the result of everything, and chi on all that was measured.</summary>
internal static class PartialMeasured
{
    private static readonly double[] FrameShares = [0.9, 0.8, 0.7, 0.6, 0.55, 0.5];
    private static readonly double[] VolumeShares = [0.75, 0.5, 0.4];

    /// <returns>The distances over the share of frames.</returns>
    public static PartialCurve Run(string results, Imager imager, List<string> rows)
    {
        Measurement measurement = S54.Source(results).Read(new StageClock(TimeProvider.System), default);
        using PreparedPattern prepared = PatternPreparer.Prepare(
            measurement.Stack,
            measurement.Corrections,
            S54.Preparation,
            default
        );
        DiffractionPattern whole = prepared.Pattern;
        using Tensor reference = Product.ObjectOnPattern(Product.Phase(imager, whole, new FromNetwork()));
        Show($"S54, everything | - | chi {AmplitudeMisfits.Chi(reference, whole).Chi:F4} | - |");
        PartialCurve curve = new("S54: first frames, share");
        curve.Add(1, [new Spread(0, 0, 0), new Spread(0, 0, 0)]);
        foreach (double share in FrameShares)
        {
            using DiffractionPattern part = PartialData.FirstFrames(whole, share);
            curve.Add(share, Judge($"first {100 * share:F0} % of the frames", part));
        }

        foreach (double share in VolumeShares)
        {
            long[] shape = [.. whole.Shape.Select(length => 2 * (long)Math.Round(share * length / 2))];
            using DiffractionPattern part = ResolutionChange.Centre(whole, shape);
            Judge($"central {string.Join(" x ", shape)}", part);
        }

        return curve;

        Spread[] Judge(string name, DiffractionPattern part)
        {
            Tensor[] found = PartialDataTable.Find(imager, part, withIterations: false);
            List<Spread> errors = [];
            double chi = 0;
            foreach (Tensor psi in found)
            {
                using Tensor onAll = ResolutionChange.Resize(psi, [.. whole.Shape]);
                double error = RealSpaceError.Of(onAll, reference);
                errors.Add(new Spread(error, error, error));
                chi = AmplitudeMisfits.Chi(onAll, whole).Chi;
                psi.Dispose();
            }

            Show($"S54, {name} | {errors[0].Median:F4} | {errors[1].Median:F4}, chi of all {chi:F4} | - |");
            return [.. errors];
        }

        void Show(string row)
        {
            AnsiConsole.WriteLine($"| {row}");
            rows.Add($"| {row}");
        }
    }
}
