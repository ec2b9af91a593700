using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Tests.Learning.Augmentation.Objects;

/// <summary>Convex crystals are as wide as they should be.</summary>
public sealed class PolyhedronTests
{
    [Fact]
    public void Draw_Extents_AreKept()
    {
        Axes3<double> wanted = new(20, 30, 42);
        for (int seed = 0; seed < 12; seed++)
        {
            Axes3<double> extent = Polyhedron.Draw(new Random(seed), wanted).Extent(40);

            // Measured in half voxels at either end.
            Assert.All(Enumerable.Range(0, 3), axis => Assert.Equal(wanted[axis], extent[axis], 1.01));
        }
    }

    [Fact]
    public void Depth_AnyPlace_IsThatOfItsNearestFace()
    {
        Polyhedron shape = Polyhedron.Draw(new Random(4), new Axes3<double>(20, 24, 28));
        float[] row = new float[32];
        shape.RowDepths(3, -2, row);

        for (int x = 0; x < row.Length; x++)
        {
            double depth = shape.Depth(new Vector3D(x - 16, -2, 3));
            Assert.Equal(Enumerable.Range(0, shape.Count).Min(face => shape.Depth(face, 3, -2, x - 16)), depth, 1e-4);
            Assert.Equal(row[x], depth, 1e-3);
        }
    }
}
