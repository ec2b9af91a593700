using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>An object of one part of a measurement, made that of another part: a crop that moved or grew.</summary>
public static class MovedObject
{
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
        return ResolutionChange.Resize(turned, pattern.Shape).MoveToOuterDisposeScope();
    }
}
