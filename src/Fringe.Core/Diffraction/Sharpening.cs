using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Diffraction;

/// <summary>
/// A pattern as a fully coherent beam would have shown it, given the blur: the most likely intensity that is nowhere negative (Richardson,
/// J. Opt. Soc. Am. 62, 55 (1972); Lucy, Astron. J. 79, 745 (1974)). What was not measured takes no part.
/// </summary>
public static class Sharpening
{
    private const int Steps = 60;

    // Photons added to what was measured and to what is expected: where both are none, nothing is to be gained.
    private const double Background = 0.1;

    // Of the mean, where nothing was counted: a step multiplies, and would never leave 0.
    private const double LeastShare = 1e-3;

    /// <summary>Sharpens a pattern.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="widths">Standard deviations of the blur along z, y, x, voxels.</param>
    /// <param name="cancellation">Looked at in every step.</param>
    /// <returns>Photons, with the pattern's mask and place; belongs to the caller.</returns>
    public static DiffractionPattern Of(
        DiffractionPattern pattern,
        IReadOnlyList<double> widths,
        CancellationToken cancellation = default
    )
    {
        using var scope = NewDisposeScope();
        Tensor measured = pattern.Mask.logical_not().to(ScalarType.Float32);
        (Tensor sharp, _) = Run(pattern.Intensity * measured, measured, widths, cancellation);
        Tensor intensity = (sharp * measured).contiguous().DetachFromDisposeScope();
        return new DiffractionPattern(intensity, pattern.Mask.clone().DetachFromDisposeScope())
        {
            Origin = pattern.Origin,
        };
    }

    /// <summary>The sharp intensity, and what of it a detector would see.</summary>
    /// <param name="counts">float32 <c>[z, y, x]</c>, photons, 0 where nothing was measured; borrowed.</param>
    /// <param name="measured">float32, same shape, 1 where measured, else 0; borrowed.</param>
    /// <param name="widths">Standard deviations of the blur along z, y, x, voxels.</param>
    /// <param name="cancellation">Looked at in every step.</param>
    /// <returns>As the counts; in the caller's dispose scope.</returns>
    internal static (Tensor Sharp, Tensor Seen) Run(
        Tensor counts,
        Tensor measured,
        IReadOnlyList<double> widths,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using PartialCoherence blur = new(widths, counts.device);
        Tensor known = counts.Plus(Background) * measured;
        Tensor weight = blur.Blur(measured).AtLeast(LeastShare);
        double mean = counts.mean().item<float>();
        Tensor sharp = counts.Plus(LeastShare * mean);
        for (int step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            Tensor expected = blur.Blur(sharp).Plus(Background);
            sharp.mul_(blur.Blur(known / expected) / weight);
        }

        return (sharp.MoveToOuterDisposeScope(), blur.Blur(sharp).MoveToOuterDisposeScope());
    }
}
