using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Volumes;

/// <summary>
/// A prepared measurement: photons in each voxel and which voxels were not measured. Owns its tensors.
/// </summary>
public sealed class DiffractionPattern : IDisposable
{
    /// <param name="intensity">float32 <c>[z, y, x]</c>, centred (zero frequency at N/2), photons, no negative or non-finite
    /// value in a measured voxel; taken over, not copied.</param>
    /// <param name="mask">bool, same shape; true = not measured; taken over.</param>
    /// <exception cref="ArgumentException">Wrong dtype or shapes.</exception>
    public DiffractionPattern(Tensor intensity, Tensor mask)
    {
        bool good =
            intensity.dtype == ScalarType.Float32
            && mask.dtype == ScalarType.Bool
            && intensity.dim() == 3
            && intensity.shape.SequenceEqual(mask.shape);
        if (!good)
        {
            throw new ArgumentException("a pattern is float32 [z, y, x] with a bool mask of the same shape");
        }

        // Neither survives its creator's dispose scope by itself.
        Intensity = intensity.DetachFromDisposeScope();
        Mask = mask.DetachFromDisposeScope();
    }

    /// <summary>float32 <c>[z, y, x]</c>, centred, photons; 0 where <see cref="Mask"/> is true.</summary>
    public Tensor Intensity { get; }

    /// <summary>bool <c>[z, y, x]</c>, centred; true = not measured.</summary>
    public Tensor Mask { get; }

    /// <summary>The axes' lengths <c>[z, y, x]</c>.</summary>
    public IReadOnlyList<long> Shape => Intensity.shape;

    /// <summary>
    /// Place of the first voxel on the detector and in the rocking curve, <c>[z, y, x]</c> in voxels, which may be negative: the part of a
    /// measurement that the pattern is. Of a pattern that is part of none, 0, 0, 0.
    /// </summary>
    public IReadOnlyList<int> Origin { get; init; } = [0, 0, 0];

    /// <summary>Copies managed arrays into a pattern; masked voxels are set to 0 photons.</summary>
    /// <param name="intensity">Photons, centred.</param>
    /// <param name="mask">true = not measured; as many values as the volume.</param>
    /// <param name="origin">Place of the first voxel in the measurement; null = 0, 0, 0.</param>
    public static DiffractionPattern From(RealVolume intensity, bool[] mask, IReadOnlyList<int>? origin = null)
    {
        using var scope = NewDisposeScope();
        long[] shape = [intensity.Depth, intensity.Height, intensity.Width];
        Tensor measured = tensor(intensity.Values, dtype: ScalarType.Float32).reshape(shape);
        Tensor unmeasured = tensor(mask, dtype: ScalarType.Bool).reshape(shape);
        return new DiffractionPattern(measured.Masked(unmeasured, 0), unmeasured) { Origin = origin ?? [0, 0, 0] };
    }

    public void Dispose()
    {
        Intensity.Dispose();
        Mask.Dispose();
    }
}
