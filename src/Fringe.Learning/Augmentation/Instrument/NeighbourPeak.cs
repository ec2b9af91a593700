using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>The peak of another crystal, which reflects beside the one that is measured and does not interfere with it.</summary>
/// <param name="crystal">The other one.</param>
/// <param name="peak">Where its brightest voxel falls, voxels from the detector's middle along z, y, x; no farther than half its edge.</param>
/// <param name="photons">Of its pattern on the detector.</param>
internal sealed class NeighbourPeak(ModelCrystal crystal, Axes3<int> peak, double photons) : StraySignal
{
    public override Tensor Expect(int size)
    {
        using FarField field = FarField.Of(crystal, size);
        using Tensor seen = field.Cut(peak);
        using Tensor modulus = seen.abs();
        using Tensor intensity = modulus.Squared();
        return Scaled(intensity, photons);
    }
}
