using Fringe.Core.Metrics;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>
/// How the objects of a measurement that grows are shown: the first in canonical form, all others changed as that one was, so that a picture
/// neither flips nor jumps. Parts of the measurement share the field of view: shifts are kept as shares of it.
/// </summary>
internal sealed class LiveView
{
    private readonly bool isTwin;
    private readonly double[] ramp;
    private readonly double[] shift;
    private readonly double[] centre;
    private readonly double angle;

    /// <param name="first">The first object in canonical form; borrowed.</param>
    /// <param name="candidate">That object; borrowed.</param>
    public LiveView(CanonicalForm first, LiveCandidate candidate)
    {
        isTwin = first.IsTwin;
        ramp = [.. first.Ramp];
        shift = [.. first.Moved.Zip(candidate.Object.shape, (voxels, length) => voxels / length)];
        centre = CentreOf(candidate);
        angle = first.Angle;
    }

    /// <summary>An object as the first was shown.</summary>
    /// <param name="candidate">Borrowed.</param>
    /// <returns>complex64 of its shape; belongs to the caller.</returns>
    public Tensor Show(LiveCandidate candidate)
    {
        using var scope = NewDisposeScope();
        double[] now = CentreOf(candidate);
        Tensor chosen = isTwin ? TrivialTransforms.Twin(candidate.Object) : candidate.Object;
        // A pattern whose centre lies elsewhere gave the object another ramp.
        double[] cycles = [.. Enumerable.Range(0, 3).Select(axis => now[axis] - centre[axis] - ramp[axis])];
        Tensor flat = TrivialTransforms.Modulate(chosen, cycles);
        double[] voxels = [.. shift.Zip(candidate.Object.shape, (share, length) => share * length)];
        Tensor moved = TrivialTransforms.Translate(flat, voxels);
        return (moved * polar(tensor(1f), tensor((float)-angle))).MoveToOuterDisposeScope();
    }

    private static double[] CentreOf(LiveCandidate candidate) =>
        [.. candidate.Origin.Zip(candidate.Object.shape, (first, length) => (double)(first + (length / 2)))];
}
