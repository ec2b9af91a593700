using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

/// <summary>
/// Phase problems whose answer is known: a facetted crystal without inversion symmetry, its far field, and what a detector would
/// count. Everything follows from the parameters and the seed. This file stands alone, so that the benchmarks can compile it too.
/// </summary>
internal static class SyntheticProblems
{
    /// <summary>The shared set, over which every algorithm runs.</summary>
    /// <param name="size">Edge of the volume, voxels.</param>
    public static IReadOnlyList<SyntheticParameters> Standard(int size) =>
        [
            new("noiseless") { Size = size },
            new("1e7 photons") { Size = size, Photons = 1e7 },
            new("1e6 photons") { Size = size, Photons = 1e6 },
            new("masked gap") { Size = size, HasGap = true },
            new("strong strain") { Size = size, StrainRadians = 3 },
        ];

    /// <summary>Makes a problem; it belongs to the caller.</summary>
    public static SyntheticProblem Create(SyntheticParameters parameters)
    {
        using var scope = NewDisposeScope();
        (Tensor psi, Tensor support) = Crystal(parameters.Size, parameters.StrainRadians);
        // Without noise the scale is free; the same as with the most photons.
        double photons = parameters.Photons ?? 1e7;
        double power = psi.abs().square().sum(ScalarType.Float64).item<double>();
        Tensor truth = psi * Math.Sqrt(photons / power);
        Tensor expected = ForwardModel.Propagate(truth).abs().square();
        using Generator generator = new((ulong)parameters.Seed);
        Tensor counted = parameters.Photons is null ? expected : poisson(expected, generator);
        Tensor mask = zeros(counted.shape, ScalarType.Bool);
        if (parameters.HasGap)
        {
            // A seam between detector modules, through the wing beside the central maximum in every frame.
            int width = Math.Max(2, parameters.Size / 16);
            mask.narrow(1, (parameters.Size / 2) + 2, width).fill_(true);
        }

        DiffractionPattern pattern = new(counted.masked_fill(mask, 0).clone(), mask);
        return new SyntheticProblem(
            parameters,
            truth.DetachFromDisposeScope(),
            support.DetachFromDisposeScope(),
            pattern
        );
    }

    // Half spaces n.r <= d in units of the volume's edge, cut so that no two opposite facets are equal.
    private static readonly (double Z, double Y, double X, double Distance)[] Facets =
    [
        (1, 0, 0, 0.221),
        (-1, 0, 0, 0.182),
        (0, 1, 0, 0.195),
        (0, -1, 0, 0.234),
        (0, 0, 1, 0.247),
        (0, 0, -1, 0.195),
        (1, 1, 1, 0.260),
        (-1, 1, 1, 0.247),
        (1, -1, -1, 0.221),
        (1, 1, -1, 0.299),
        (-1, -1, -1, 0.312),
    ];

    private static (Tensor Psi, Tensor Support) Crystal(int size, double strainRadians)
    {
        float[] pairs = new float[2 * size * size * size];
        bool[] support = new bool[size * size * size];
        for (int i = 0; i < support.Length; i++)
        {
            double z = ((i / (size * size)) - (size / 2)) / (double)size;
            double y = ((i / size % size) - (size / 2)) / (double)size;
            double x = ((i % size) - (size / 2)) / (double)size;
            support[i] = Facets.All(facet =>
                ((facet.Z * z) + (facet.Y * y) + (facet.X * x))
                    / Math.Sqrt((facet.Z * facet.Z) + (facet.Y * facet.Y) + (facet.X * facet.X))
                <= facet.Distance
            );
            if (support[i])
            {
                double phase = strainRadians * Bend(z / 0.22, y / 0.22, x / 0.22);
                pairs[2 * i] = (float)Math.Cos(phase);
                pairs[(2 * i) + 1] = (float)Math.Sin(phase);
            }
        }

        long[] shape = [size, size, size];
        return (
            new ComplexVolume(pairs, size, size, size).ToTensor(),
            tensor(support, dtype: ScalarType.Bool).reshape(shape)
        );
    }

    // A smooth field of order 1 at the surface, neither even nor odd: bending, torsion and a dent in one corner.
    private static double Bend(double z, double y, double x)
    {
        double distance = ((x - 0.6) * (x - 0.6)) + ((y + 0.5) * (y + 0.5)) + ((z - 0.4) * (z - 0.4));
        return (0.5 * ((x * x) - (y * y))) + (0.3 * x * y * z) - (0.8 * Math.Exp(-2 * distance));
    }
}

/// <summary>What a problem is made of.</summary>
/// <param name="Name">For tables.</param>
internal sealed record SyntheticParameters(string Name)
{
    /// <summary>Edge of the volume, voxels; the crystal is about 0.4 as wide: an oversampling ratio of about 2.4.</summary>
    public int Size { get; init; } = 32;

    /// <summary>Photons counted in all, with Poisson noise; null = without noise.</summary>
    public double? Photons { get; init; }

    /// <summary>Scale of the phase <c>-G.u</c>, radians; about half of the range it spans.</summary>
    public double StrainRadians { get; init; } = 0.8;

    /// <summary>Mask a slab through the peak's wing.</summary>
    public bool HasGap { get; init; }

    /// <summary>Of the noise.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>A pattern and the object it came from. Owns its tensors.</summary>
/// <param name="Parameters">What it was made of.</param>
/// <param name="Truth">complex64 <c>[z, y, x]</c>, centred; |psi|^2 sums to the photons.</param>
/// <param name="Support">bool: where the crystal is.</param>
/// <param name="Pattern">What was measured.</param>
internal sealed record SyntheticProblem(
    SyntheticParameters Parameters,
    Tensor Truth,
    Tensor Support,
    DiffractionPattern Pattern
) : IDisposable
{
    public void Dispose()
    {
        Truth.Dispose();
        Support.Dispose();
        Pattern.Dispose();
    }
}
