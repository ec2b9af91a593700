using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Diffraction;

/// <summary>
/// The same field of view with larger or smaller voxels: less or more of the far field about its centre. An object keeps its place and
/// extent in units of the field of view.
/// </summary>
public static class ResolutionChange
{
    /// <summary>The part of a pattern about its centre.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="shape">No longer than the pattern along any axis.</param>
    /// <returns>Belongs to the caller.</returns>
    public static DiffractionPattern Centre(DiffractionPattern pattern, IReadOnlyList<long> shape) =>
        new(Centre(pattern.Intensity, shape), Centre(pattern.Mask, shape));

    /// <summary>The part of a centred volume about index N/2.</summary>
    /// <param name="volume"><c>[z, y, x]</c>, borrowed.</param>
    /// <param name="shape">No longer than the volume along any axis.</param>
    /// <returns>A copy; in the caller's dispose scope.</returns>
    public static Tensor Centre(Tensor volume, IReadOnlyList<long> shape)
    {
        using var scope = NewDisposeScope();
        Tensor part = volume;
        for (int axis = 0; axis < 3; axis++)
        {
            part = part.narrow(axis, (part.shape[axis] / 2) - (shape[axis] / 2), shape[axis]);
        }

        return part.clone().MoveToOuterDisposeScope();
    }

    /// <summary>An object on a grid of another number of voxels over the same field of view; |psi|^2 keeps its sum as far as the far field is kept.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, borrowed.</param>
    /// <param name="shape">The new grid, larger or smaller.</param>
    /// <returns>complex64, centred; in the caller's dispose scope.</returns>
    public static Tensor Resize(Tensor psi, IReadOnlyList<long> shape)
    {
        using var scope = NewDisposeScope();
        long[] common = [.. psi.shape.Zip(shape, Math.Min)];
        Tensor kept = Centre(ForwardModel.Propagate(psi), common);
        Tensor field = zeros([.. shape], psi.dtype, psi.device);
        Tensor target = field;
        for (int axis = 0; axis < 3; axis++)
        {
            target = target.narrow(axis, (shape[axis] / 2) - (common[axis] / 2), common[axis]);
        }

        target.copy_(kept);
        return ForwardModel.PropagateBack(field).contiguous().MoveToOuterDisposeScope();
    }
}
