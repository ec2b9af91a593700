using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>A disc before the detector's middle: the pixels behind it are not measured in any frame.</summary>
/// <param name="radius">Pixels; the one at that distance is behind it.</param>
internal sealed class BeamStop(double radius)
{
    /// <summary>What it hides.</summary>
    /// <param name="size">Voxels of the detector's cube along each edge.</param>
    /// <returns>bool <c>[rocking, row, column]</c>, true = not measured; belongs to the caller.</returns>
    public Tensor Mask(int size)
    {
        using var scope = NewDisposeScope();
        Tensor square = TensorArithmetic.Indices(size, ScalarType.Float64).Minus(size / 2).Squared();
        Tensor distance = square.reshape(1, size, 1).Plus(square.reshape(1, 1, size));
        Tensor open = distance.IsAbove(radius * radius);
        return open.logical_not().repeat(size, 1, 1).MoveToOuterDisposeScope();
    }
}
