using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Formats.Beamlines;

namespace Fringe.Imaging.Crystals;

/// <summary>Where a prepared pattern lies in reciprocal space: known, and found usable, before anything is phased.</summary>
/// <param name="Peak">Reciprocal space round the peak's voxel.</param>
/// <param name="Grid">Where the voxels of an object of that pattern lie.</param>
internal sealed record MeasuredPeak(BraggPeak Peak, ObjectGrid Grid)
{
    /// <param name="scan">How it was measured.</param>
    /// <param name="prepared">The pattern, whose centre is the peak.</param>
    /// <param name="bin">Voxels of the stack in one of the pattern along each axis.</param>
    /// <param name="frame">That the crystal will be shown in.</param>
    /// <exception cref="InputException">The geometry cannot be used.</exception>
    public static MeasuredPeak Of(RockingScan scan, PreparedPattern prepared, Axes3<int> bin, ObjectFrame frame)
    {
        BraggPeak peak = scan.Geometry.At(prepared.Summary.PeakPlace(bin));
        ObjectGrid grid = new(peak, Shape3.FromList([.. prepared.Pattern.Shape]), bin);
        OrthogonalResampler.Check(grid, frame);
        return new MeasuredPeak(peak, grid);
    }
}
