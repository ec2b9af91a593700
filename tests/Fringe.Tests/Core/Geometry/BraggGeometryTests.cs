using Fringe.Core.Geometry;
using Fringe.Core.Values;

namespace Fringe.Tests.Core.Geometry;

public sealed class BraggGeometryTests
{
    private static readonly Shape3 Shape = new(40, 63, 50);

    // A binned pixel's middle lies between those of its pixels, so that every voxel has its q.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 4)]
    public void OfPattern_BinnedAndCut_HasTheSameQInEveryVoxel(int frames, int rows, int columns)
    {
        Axes3<int> bin = new(frames, rows, columns);
        VoxelPlace peak = new(31.5, 140, 88.5);
        VoxelPlace away = new(31.5 + (5 * frames), 140 - (7 * rows), 88.5 + (9 * columns));
        BraggGeometry stack = S54.Geometry with { DirectBeam = new PixelPlace(40, 300), ColumnPitchMetres = 75e-6 };

        BraggGeometry pattern = stack.OfPattern(peak, Shape, bin);

        BraggPeak seen = pattern.At(new VoxelPlace(20, 31, 25));
        Assert.Equal(0, (stack.At(peak).ScatteringVector - seen.ScatteringVector).Length, 1e-11);
        Assert.Equal(0, (stack.At(peak).Q(away) - seen.Q(new VoxelPlace(25, 24, 34))).Length, 1e-11);
        Matrix3 steps = stack.At(peak).ReciprocalSteps().WithColumnsScaled(bin.Select(factor => (double)factor));
        Assert.All(
            new[] { 0, 1, 2 },
            axis => Assert.Equal(0, (steps.Column(axis) - seen.ReciprocalSteps().Column(axis)).Length, 1e-12)
        );
    }

    [Fact]
    public void OfPattern_DirectBeamNotKnown_StaysSo()
    {
        BraggGeometry stack = S54.Geometry with { DirectBeam = null };

        Assert.Null(stack.OfPattern(S54.Peak, Shape, new Axes3<int>(1, 1, 1)).DirectBeam);
    }
}
