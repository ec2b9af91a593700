using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Augmentation.Objects;

/// <summary>Shapes have the volume and the extent of their closed forms, and tell how deep a place lies below the surface.</summary>
public sealed class CrystalShapeTests
{
    private static readonly Matrix3 Turn = Matrix3.Rotation(new Vector3D(1, 2, -1).Unit, 0.7);

    private static readonly Dictionary<string, (CrystalShape Shape, double Volume)> Shapes = new()
    {
        ["sphere"] = (Ellipsoid.Sphere(9), 4 * Math.PI / 3 * 729),
        ["ellipsoid"] = (new Ellipsoid(new(6, 8, 11), Turn), 4 * Math.PI / 3 * 6 * 8 * 11),
        ["rod"] = (new Rod(Turn.Column(0), 24, 5), Math.PI * 25 * (14 + (4 * 5 / 3.0))),
        ["torus"] = (new Torus(Turn.Column(1), 9, 3.5), 2 * Math.PI * Math.PI * 9 * 3.5 * 3.5),
        ["hollow"] = (
            new HollowShape(Ellipsoid.Sphere(9), new MovedShape(Ellipsoid.Sphere(4), new(3, -1, 2))),
            4 * Math.PI / 3 * (729 - 64)
        ),
        ["half of a sphere"] = (
            // Not a sphere: what of it is beyond a plane through its middle.
            new HollowShape(Ellipsoid.Sphere(9), new HalfSpace(Turn.Column(2), 0)),
            2 * Math.PI / 3 * 729
        ),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Depth_EveryShape_FillsItsVolume(string name)
    {
        (CrystalShape shape, double volume) = Shapes[name];
        using var scope = NewDisposeScope();

        double filled = new ModelCrystal(shape, []).Draw(32, 2).real.sum().item<double>() / 8;

        // An edge drawn by the distance to a flat surface; what is curved, or an edge where two surfaces meet, is off a little.
        Assert.Equal(volume, filled, 0.005 * volume);
    }

    // A step along the normal changes the depth by the step, wherever the surface is crossed.
    [Theory]
    [MemberData(nameof(Names))]
    public void Depth_AtTheSurface_IsTheDistance(string name)
    {
        CrystalShape shape = Shapes[name].Shape;
        Random random = new(3);
        for (int i = 0; i < 200; i++)
        {
            // Outwards from a place inside, to the surface by bisection.
            Vector3D from = Inside(shape, random);
            Vector3D along = random.UnitVector();
            (double near, double far) = (0, 40);
            for (int step = 0; step < 60; step++)
            {
                double middle = (near + far) / 2;
                (near, far) = shape.Depth(from + (middle * along)) > 0 ? (middle, far) : (near, middle);
            }

            Vector3D place = from + (near * along);
            const double small = 1e-5;
            Vector3D slope = new(
                (shape.Depth(place + new Vector3D(small, 0, 0)) - shape.Depth(place)) / small,
                (shape.Depth(place + new Vector3D(0, small, 0)) - shape.Depth(place)) / small,
                (shape.Depth(place + new Vector3D(0, 0, small)) - shape.Depth(place)) / small
            );
            Assert.Equal(1, slope.Length, 1e-3);
        }
    }

    [Fact]
    public void Extent_KnownShapes_IsTheirs()
    {
        Axes3<double> rod = new Rod(new(1, 0, 0), 24, 5).Extent(16);
        Axes3<double> ellipsoid = new Ellipsoid(new(6, 8, 11), Matrix3.Identity).Extent(16);

        // Sections of under a hundredth of the fullest are left out: the last 5 thousandths of a round end.
        Assert.Equal(24, rod.X, 0.6);
        Assert.Equal(10, rod.Y, 0.6);
        Assert.Equal(12, ellipsoid.X, 0.6);
        Assert.Equal(16, ellipsoid.Y, 0.6);
        Assert.Equal(22, ellipsoid.Z, 0.6);
    }

    private static Vector3D Inside(CrystalShape shape, Random random)
    {
        while (true)
        {
            Vector3D place = new(random.Uniform(-12, 12), random.Uniform(-12, 12), random.Uniform(-12, 12));
            if (shape.Depth(place) > 0.5)
            {
                return place;
            }
        }
    }
}
