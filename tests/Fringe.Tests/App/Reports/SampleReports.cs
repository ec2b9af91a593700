using Fringe.App.Reports;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Imaging.Figures;
using TorchSharp;

namespace Fringe.Tests.App.Reports;

/// <summary>Reports of made-up runs: a facetted crystal with a smooth phase, its pattern with Poisson noise.</summary>
internal static class SampleReports
{
    public static PhasingReport Crystal(
        int depth = 32,
        int height = 32,
        int width = 32,
        double fill = 0.28,
        int starts = 3
    )
    {
        (float[] pairs, bool[] support) = MakeCrystal(depth, height, width, fill);
        float[] modelled = Pattern(pairs, depth, height, width, photons: 1e7);
        var random = new Random(7);
        float[] measured = [.. modelled.Select(mean => Poisson(mean, random))];
        bool[] mask = new bool[measured.Length];
        for (int z = 0; z < depth; z++)
        {
            for (int y = 0; y < height; y++)
            {
                mask[(((z * height) + y) * width) + (width / 5)] = true;
            }
        }

        return new PhasingReport
        {
            SampleName = "crystal_0054.npy",
            Object = new ComplexVolume(pairs, depth, height, width),
            Support = support,
            Measured = new RealVolume(measured, depth, height, width),
            Mask = mask,
            Modelled = new RealVolume(modelled, depth, height, width),
            Starts = [.. Enumerable.Range(1, starts).Select(i => Start(i, support.Count(inside => inside)))],
            RecipePhases =
            [
                .. Enumerable
                    .Range(0, 3)
                    .SelectMany(i => new[] { new RecipePhase("ER", i * 200), new RecipePhase("HIO", (i * 200) + 20) }),
                new RecipePhase("ER", 600),
            ],
            Prtf = starts < 2 ? null : TransferFunction(),
            Figures = Figures(support.Count(inside => inside)),
            Notes = ["Axis z is oversampled 1.8 times only: below 2 the pattern does not determine the object."],
            Provenance =
            [
                new("program", "fringe 0.1.0"),
                new("command line", "fringe phase crystal_0054.npy --starts 3 --seed 1"),
                new("seed", "1"),
                new("input file", "/data/2024-11/crystal_0054.npy"),
                new("SHA-256 of the input", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                new("date", "2026-08-16 05:45:11 +08:00"),
            ],
            Stages = [new(Stage.Read, 0.21), new(Stage.Prepare, 0.34), new(Stage.Phase, 2.41), new(Stage.Write, 0.28)],
        };
    }

    private static ShellCurve TransferFunction()
    {
        double[] frequency = [.. Enumerable.Range(0, 26).Select(i => i / 50.0)];
        return new ShellCurve(
            frequency,
            [.. frequency.Select(f => (1 / (1 + Math.Pow(f / 0.31, 6))) - (0.02 * Math.Sin(80 * f)) - 0.01)]
        );
    }

    private static StartOutcome Start(int index, int supportVoxels)
    {
        var random = new Random(index);
        double[] chi =
        [
            .. Enumerable
                .Range(0, 620)
                .Select(i =>
                    0.0017
                    + (0.0002 * index)
                    + (0.6 * Math.Exp(-i / 18.0))
                    + (i < 600 ? 0.004 * random.NextDouble() : 0)
                ),
        ];
        return new StartOutcome
        {
            Number = index,
            Origin = $"random {index}",
            Method = new Iterate(),
            Chi = chi[^1],
            FreeLogLikelihood = 1.21 + (0.1 * index),
            SupportVoxels = supportVoxels + (31 * index),
            Agreement = 1 - (0.02 * (index - 1)),
            IsKept = index < 3,
            ChiHistory = chi,
            Stop = StopReason.MaxIterations,
        };
    }

    private static FigureSet Figures(int supportVoxels) =>
        [
            PhasingFigures.Chi.Of(0.00174),
            PhasingFigures.FreeLogLikelihood.Of(1.312),
            PhasingFigures.SupportVoxels.Of(supportVoxels),
            PhasingFigures.PrtfResolution.Of(null),
            PhasingFigures.Iterations.Of(620),
            TimeFigures.Total.Of(3.24),
        ];

    /// <summary>An elongated octahedron with cut corners, so that facets show in every plane.</summary>
    private static (float[] Pairs, bool[] Support) MakeCrystal(int depth, int height, int width, double fill)
    {
        float[] pairs = new float[2L * depth * height * width];
        bool[] support = new bool[pairs.Length / 2];
        int index = 0;
        for (int z = 0; z < depth; z++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++, index++)
                {
                    double u = (z - (depth / 2)) / (fill * depth);
                    double v = (y - (height / 2)) / (fill * height);
                    double w = (x - (width / 2)) / (fill * width);
                    double edge = Math.Max(Math.Max(Math.Abs(u), Math.Abs(v) + (0.35 * w)), Math.Abs(w));
                    if (edge > 1 || Math.Abs(u) + Math.Abs(v) + Math.Abs(w) > 1.9)
                    {
                        continue;
                    }

                    support[index] = true;
                    double phase = (2.6 * Math.Sin(1.7 * v) * w) + (1.4 * u * u) - (1.1 * Math.Cos(3 * w));
                    double amplitude = 1 - (0.15 * edge * edge);
                    pairs[2 * index] = (float)(amplitude * Math.Cos(phase));
                    pairs[(2 * index) + 1] = (float)(amplitude * Math.Sin(phase));
                }
            }
        }

        return (pairs, support);
    }

    private static float[] Pattern(float[] pairs, int depth, int height, int width, double photons)
    {
        using IDisposable scope = torch.NewDisposeScope();
        torch.Tensor parts = torch.tensor(pairs, [depth, height, width, 2]);
        torch.Tensor field = torch.complex(parts.select(3, 0).contiguous(), parts.select(3, 1).contiguous());
        torch.Tensor shifted = torch.fft.fftshift(torch.fft.fftn(torch.fft.ifftshift(field)));
        torch.Tensor intensity = shifted.abs().square();
        double total = intensity.sum().item<float>();
        return total > 0 ? intensity.mul(photons / total).data<float>().ToArray() : new float[pairs.Length / 2];
    }

    private static float Poisson(double mean, Random random)
    {
        if (mean > 50)
        {
            double normal =
                Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (float)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        double limit = Math.Exp(-mean);
        double product = random.NextDouble();
        int count = 0;
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }
}
