using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>A background that grows in one direction, from nothing in one corner of the detector's cube to the most in the one across.</summary>
/// <param name="mean">Photons a voxel.</param>
/// <param name="direction">In which it grows, of length 1.</param>
internal sealed class SlopedBackground(double mean, Vector3D direction) : StraySignal
{
    public override Tensor Expect(int size)
    {
        double farthest = (Math.Abs(direction.X) + Math.Abs(direction.Y) + Math.Abs(direction.Z)) * size / 2;
        return Fill(size, place => mean * (1 + (direction.Dot(place) / farthest)));
    }
}
