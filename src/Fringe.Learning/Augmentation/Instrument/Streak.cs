using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>A line of signal across the detector's cube, such as another crystal's truncation rod.</summary>
/// <param name="point">On its middle, x, y, z from the cube's middle, voxels.</param>
/// <param name="direction">Along it, of length 1.</param>
/// <param name="deviation">Standard deviation across it, voxels.</param>
/// <param name="photons">In all of it.</param>
internal sealed class Streak(Vector3D point, Vector3D direction, double deviation, double photons) : StraySignal
{
    public override Tensor Expect(int size)
    {
        using Tensor line = Fill(
            size,
            place =>
            {
                Vector3D from = place - point;
                Vector3D across = from - (from.Dot(direction) * direction);
                return Math.Exp(-0.5 * across.Dot(across) / (deviation * deviation));
            }
        );
        return Scaled(line, photons);
    }
}
