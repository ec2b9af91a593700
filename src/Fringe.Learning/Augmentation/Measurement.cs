using Fringe.Core.Tensors;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation;

/// <summary>The conditions under which one example is measured.</summary>
/// <param name="Photons">Expected in the whole pattern.</param>
/// <param name="Background">Photons expected in each voxel beside the pattern.</param>
/// <param name="CoherenceVoxels">Standard deviation of the coherence function, voxels of the object; null = full coherence.</param>
/// <param name="Gap">Axis (1 = y, 2 = x), first index and width of a gap; null = none.</param>
internal sealed record Measurement(
    double Photons,
    double Background,
    double? CoherenceVoxels,
    (int Axis, int First, int Width)? Gap
)
{
    /// <summary>Draws the conditions of an example.</summary>
    public static Measurement Draw(Random random, MeasurementOptions options, int size)
    {
        double photons =
            options.LeastPhotons < options.MostPhotons
                ? random.LogUniform(options.LeastPhotons, options.MostPhotons)
                : options.LeastPhotons;
        double background = random.NextDouble() < options.BackgroundChance ? random.LogUniform(1e-4, 0.1) : 0;
        double? coherence =
            random.NextDouble() < options.PartialCoherenceChance ? size * random.LogUniform(0.5, 2) : null;
        (int, int, int)? gap = null;
        if (random.NextDouble() < options.GapChance)
        {
            // Anywhere but across the peak itself.
            int width = random.Next(1, 3);
            int distance = random.Next(2, (size / 2) - width);
            int first = random.Next(2) == 0 ? (size / 2) + distance : (size / 2) - distance - width + 1;
            gap = (random.Next(1, 3), first, width);
        }

        return new Measurement(photons, background, coherence, gap);
    }

    /// <summary>bool <c>[z, y, x]</c>, centred; true = not measured.</summary>
    public Tensor Mask(int size)
    {
        using var scope = NewDisposeScope();
        Tensor mask = zeros(size, size, size, ScalarType.Bool);
        if (Gap is { } gap)
        {
            mask.narrow(gap.Axis, gap.First, gap.Width).logical_not_();
        }

        return mask.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// float32 <c>[z, y, x]</c> in FFT order: the coherence function over the autocorrelation; null where the beam is fully coherent.
    /// </summary>
    public Tensor? Coherence(int size)
    {
        if (CoherenceVoxels is not { } sigma)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        Tensor index = TensorArithmetic.Indices(size, ScalarType.Float32);
        Tensor distance = where(index.IsAtLeast(size / 2), index.Minus(size), index);
        Tensor line = exp(distance.Squared().Times(-0.5 / (sigma * sigma)));
        return (line.reshape(-1, 1, 1) * line.reshape(1, -1, 1) * line.reshape(1, 1, -1)).MoveToOuterDisposeScope();
    }
}
