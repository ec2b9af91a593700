using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using Fringe.Learning.Prediction;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>
/// The network on patterns brought to its grid by band-limited interpolation, as it was trained, and by the seed paper's block-wise cosine
/// transform.
/// </summary>
internal static class DownSamplingTable
{
    private const double Photons = 1e7;
    private const int Most = 60;
    private const int LeastBlock = 8;

    /// <param name="folder">Written by <c>fringe simulate --examples</c>.</param>
    public static void Run(string folder)
    {
        using var scope = NewDisposeScope();
        using Predictor predictor = new(ShippedNetwork.Load(null).Network);
        List<double> interpolated = [];
        List<double> transformed = [];
        int seed = 1000;
        foreach (Tensor psi in RefinementProblem.ReadObjects(folder, Most))
        {
            using var inner = NewDisposeScope();
            using RefinementProblem problem = RefinementProblem.Of(psi, Photons, seed++);
            using NetworkInput input = NetworkInput.Of(problem.Pattern);
            interpolated.Add(Error(input.Intensity));
            transformed.Add(Error(Transform(problem.Pattern, input.Step).unsqueeze(0)));
            psi.Dispose();

            double Error(Tensor intensity)
            {
                Tensor found = predictor.Predict(intensity, input.Mask)[0];
                using Tensor grid = input.ToPatternGrid(found);
                return RealSpaceError.Of(grid, problem.Truth);
            }
        }

        AnsiConsole.WriteLine($"| band-limited interpolation | {Summary(interpolated)} |");
        AnsiConsole.WriteLine($"| block-wise cosine transform | {Summary(transformed)} |");
    }

    // The same part of the pattern, centred.
    private static Tensor Transform(DiffractionPattern pattern, IReadOnlyList<double> step)
    {
        Tensor part = pattern.Intensity;
        for (int axis = 0; axis < 3; axis++)
        {
            long length = 2 * (long)Math.Round(NetworkInput.Size * step[axis] / 2);
            part = part.narrow(axis, (part.shape[axis] - length) / 2, length);
        }

        int size = NetworkInput.Size;
        return BlockDct.Reduce(part.contiguous(), [size, size, size], LeastBlock).AtLeast(0);
    }

    private static string Summary(List<double> errors)
    {
        double[] sorted = [.. errors.Order()];
        return $"{sorted[sorted.Length / 2]:F4} | {sorted[(int)(0.95 * (sorted.Length - 1))]:F3}";
    }
}
