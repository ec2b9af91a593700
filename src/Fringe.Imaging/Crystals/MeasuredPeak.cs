using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Preparation;

namespace Fringe.Imaging.Crystals;

/// <summary>Where a prepared pattern lies in reciprocal space: known, and found usable, before anything is phased.</summary>
/// <param name="Peak">Reciprocal space round the peak's voxel.</param>
/// <param name="Grid">Where the voxels of an object of that pattern lie.</param>
internal sealed record MeasuredPeak(BraggPeak Peak, ObjectGrid Grid)
{
    /// <param name="request">Asked for with a scan.</param>
    /// <param name="prepared">The pattern, whose centre is the peak.</param>
    /// <exception cref="InputException">The geometry cannot be used.</exception>
    public static MeasuredPeak Of(PhaseRequest request, PreparedPattern prepared)
    {
        IReadOnlyList<int> bin = request.Preparation.Bin;
        double[] place =
        [
            .. prepared.Summary.Peak.Select((index, axis) => (index * bin[axis]) + ((bin[axis] - 1) / 2.0)),
        ];
        BraggPeak peak = request.Scan!.Geometry.At(new(place[0], place[1], place[2]));
        ObjectGrid grid = new(peak, [.. prepared.Pattern.Shape.Select(length => (int)length)], bin);
        OrthogonalResampler.Check(grid, request.Frame);
        return new MeasuredPeak(peak, grid);
    }
}
