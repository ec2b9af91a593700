using Fringe.Core.Geometry;
using Fringe.Core.Values;

namespace Fringe.Tests.Core.Geometry;

public sealed class ObjectGridTests
{
    private static readonly Shape3 Shape = new(128, 96, 80);

    [Fact]
    public void DirectSteps_Scan54_AreConjugateToThePatternsSteps()
    {
        ObjectGrid grid = new(S54.Geometry.At(S54.Peak), Shape, new(2, 1, 4));

        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double product = grid.ReciprocalSteps.Column(i).Dot(grid.DirectSteps.Column(j));
                Assert.Equal(i == j ? 2 * Math.PI / Shape[i] : 0, product, 1e-12);
            }
        }
    }

    // F(q) = sum psi(r) exp(-i q.r): a point at r gives the phase -q.r in every voxel of the pattern.
    [Fact]
    public void PositionOf_APoint_GivesTheFourierPhaseInEveryVoxel()
    {
        BraggPeak peak = S54.Geometry.At(S54.Peak);
        ObjectGrid grid = new(peak, Shape, new(1, 1, 1));
        Vector3D r = grid.PositionOf(new(64 + 3, 48 - 2, 40 + 7));

        Vector3D q = grid.ScatteringVectorAt(new(5, -11, 4)) - grid.ScatteringVector;

        Assert.Equal(2 * Math.PI * ((5 * 3 / 128.0) + (-11 * -2 / 96.0) + (4 * 7 / 80.0)), q.Dot(r), 1e-9);
    }

    // The detector's field of view is that of a lens of the same aperture: wavelength x distance / pixel, over the sine between the
    // rocking axis' step and the detector for the skew.
    [Fact]
    public void FieldOfViewNanometres_DetectorSquareToTheRockingStep_IsWavelengthTimesDistanceOverPitch()
    {
        // A coplanar scan, rocked about y with the arm at 2 theta about y: rows are square to all else.
        BraggGeometry coplanar = S54.Geometry with
        {
            DetectorAnglesRadians = [0.6, 0],
        };

        ObjectGrid grid = new(coplanar.At(S54.Peak), Shape, new(1, 1, 1));

        double view = coplanar.WavelengthNanometres * S54.Distance / S54.Pitch;
        Assert.Equal(view, grid.FieldOfViewNanometres.Y, 1e-9 * view);
        Assert.Equal(view / Shape.Height, grid.VoxelNanometres.Y, 1e-9 * view);
        // The rocking step is along the theta bisector: 90 degrees - theta off the columns.
        Assert.Equal(view / Math.Cos(0.3), grid.FieldOfViewNanometres.X, 1e-9 * view);
        double rocking = coplanar.WavelengthNanometres / (2 * Math.Sin(0.3) * S54.Step) / Math.Cos(0.3);
        Assert.Equal(rocking, grid.FieldOfViewNanometres.Z, 1e-9 * rocking);
    }

    [Fact]
    public void VoxelNanometres_BinnedAlongAnAxis_KeepsTheVoxelsOfTheOthers()
    {
        BraggPeak peak = S54.Geometry.At(S54.Peak);
        Axes3<double> whole = new ObjectGrid(peak, Shape, new(1, 1, 1)).VoxelNanometres;

        Axes3<double> binned = new ObjectGrid(peak, new(64, 96, 80), new(2, 1, 1)).VoxelNanometres;

        Assert.Equal(whole, binned);
    }
}
