using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>An object of one part of a measurement, made that of another part: a crop that moved or grew.</summary>
public static class MovedObject
{
    /// <summary>The name of a start that was found before, of less of its measurement.</summary>
    public const string Name = "before";

    /// <summary>What was found of one part, as a start on another.</summary>
    /// <param name="found">Borrowed.</param>
    /// <param name="before">The part that it explains; borrowed.</param>
    /// <param name="pattern">The other part; borrowed.</param>
    /// <returns>Borrows what was found; its other tensors are in the caller's dispose scope.</returns>
    internal static Start StartOf(Reconstruction found, DiffractionPattern before, DiffractionPattern pattern)
    {
        Tensor psi = To(found.Object, before.Origin, pattern);
        Tensor support = before.Shape.SequenceEqual(pattern.Shape) ? found.Support : CrystalOutline.Of(psi);
        return Start.From(psi, Name, support, found.CoherenceWidths);
    }

    /// <summary>
    /// A pattern's centre that moves by d voxels multiplies the object by a phase ramp of -d cycles across its field of view, which both
    /// parts share; a longer pattern gives it smaller voxels.
    /// </summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, of the pattern before; borrowed.</param>
    /// <param name="before">Place of that pattern's first voxel, <see cref="DiffractionPattern.Origin"/>.</param>
    /// <param name="pattern">The other part; borrowed.</param>
    /// <returns>complex64 of its shape, centred; belongs to the caller.</returns>
    public static Tensor To(Tensor psi, IReadOnlyList<int> before, DiffractionPattern pattern)
    {
        using var scope = NewDisposeScope();
        double[] cycles =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(axis =>
                    (double)(before[axis] + (psi.shape[axis] / 2) - pattern.Origin[axis] - (pattern.Shape[axis] / 2))
                ),
        ];
        Tensor turned = TrivialTransforms.Modulate(psi, cycles);
        return (
            turned.shape.SequenceEqual(pattern.Shape) ? turned : ResolutionChange.Resize(turned, pattern.Shape)
        ).MoveToOuterDisposeScope();
    }
}
