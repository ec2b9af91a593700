using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Diffraction;

/// <summary>
/// How far a pattern is blurred, found before anything is phased. A sharp pattern is 0 on lines throughout: no intensity that is nowhere negative,
/// blurred by more than it was, explains how dark the pattern is beside them. So a blur is too wide where what <see cref="Sharpening"/> leaves
/// unexplained is more than it leaves of photons drawn from what it found.
/// </summary>
public static class CoherenceEstimate
{
    /// <summary>Widths below it are not told from none, voxels.</summary>
    public const double LeastWidth = 0.4;

    /// <summary>Widths above it are not looked for, voxels.</summary>
    public const double LargestWidth = 2.5;

    // The bright centre decides; beside its faces the blur brings in what is not there.
    private const int Length = 32;
    private const int Face = 3;

    // By how much the misfit must exceed that of drawn photons: on blurs of 0.5 to 1.5 voxels the width comes out 10 % low to 15 % high.
    private const double Excess = 1.02;
    private const int Halvings = 6;
    private const int Seed = 7;

    /// <summary>The width of an equal Gaussian blur along all axes that explains a pattern as well as none would.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <returns>Standard deviation, voxels; null where even the least would be too wide: the beam is coherent.</returns>
    public static double? WidthOf(DiffractionPattern pattern, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        long[] shape = [.. pattern.Shape.Select(length => Math.Min(length, Length))];
        using DiffractionPattern centre = ResolutionChange.Centre(pattern, shape);
        Tensor measured = centre.Mask.logical_not().to(ScalarType.Float32);
        Tensor counts = centre.Intensity * measured;
        if (IsTooWide(LeastWidth))
        {
            return null;
        }

        (double low, double high) = (LeastWidth, LargestWidth);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = IsTooWide(middle) ? (low, middle) : (middle, high);
        }

        return Math.Sqrt(low * high);

        bool IsTooWide(double width)
        {
            using var widthScope = NewDisposeScope();
            double[] widths = [width, width, width];
            (_, Tensor seen) = Sharpening.Run(counts, measured, widths, cancellation);
            using Generator generator = new(Seed);
            Tensor drawn = poisson(seen, generator) * measured;
            (_, Tensor seenOfDrawn) = Sharpening.Run(drawn, measured, widths, cancellation);
            return Misfit(counts, seen, measured) > Excess * Misfit(drawn, seenOfDrawn, measured);
        }
    }

    // Poisson deviance, summed.
    private static double Misfit(Tensor counts, Tensor expected, Tensor measured)
    {
        using var scope = NewDisposeScope();
        Tensor sure = expected.AtLeast(1e-6);
        Tensor deviance = (xlogy(counts, counts / sure) - (counts - sure)) * measured;
        for (int axis = 0; axis < 3; axis++)
        {
            long length = deviance.shape[axis];
            deviance = length > 4 * Face ? deviance.narrow(axis, Face, length - (2 * Face)) : deviance;
        }

        return deviance.sum(ScalarType.Float64).item<double>();
    }
}
