using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Geometry;

/// <summary>
/// An object on cubic voxels. Element <c>[z, y, x]</c> lies at <c>(x - X/2, y - Y/2, z - Z/2)</c> voxels of its frame, from the point
/// that stood at the skewed grid's centre. Owns its tensors.
/// </summary>
public sealed class OrthogonalObject : IDisposable
{
    /// <param name="psi">complex64 <c>[z, y, x]</c>; taken over.</param>
    /// <param name="support">bool, same shape; taken over.</param>
    public OrthogonalObject(Tensor psi, Tensor support)
    {
        if (
            psi.dtype != ScalarType.ComplexFloat32
            || support.dtype != ScalarType.Bool
            || psi.dim() != 3
            || !psi.shape.SequenceEqual(support.shape)
        )
        {
            throw new ArgumentException("an object is complex64 [z, y, x] with a bool support of the same shape");
        }

        Object = psi.DetachFromDisposeScope();
        Support = support.DetachFromDisposeScope();
    }

    /// <summary>complex64 <c>[z, y, x]</c>.</summary>
    public Tensor Object { get; }

    /// <summary>bool <c>[z, y, x]</c>.</summary>
    public Tensor Support { get; }

    /// <summary>Edge of the cubic voxels.</summary>
    public required double VoxelNanometres { get; init; }

    public required ObjectFrame Frame { get; init; }

    /// <summary>Takes a vector of the laboratory frame to this frame.</summary>
    public required Matrix3 FromLaboratory { get; init; }

    /// <summary>Q at the centre of the pattern, nm^-1, in this frame.</summary>
    public required Vector3D ScatteringVector { get; init; }

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
    }
}
