using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Tests.Learning.Augmentation.Objects;

/// <summary>About a dislocation's line the phase turns as often as it should; about no other it does.</summary>
public sealed class DislocationTests
{
    private static readonly Vector3D Point = new(2, -3, 1);
    private static readonly Vector3D Line = new Vector3D(1, 2, -2).Unit;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-1, 0.2)]
    [InlineData(2, 0.25)]
    public void At_AboutTheLine_TurnsSoOften(int turns, double edge)
    {
        Dislocation field = new(Point, Line, turns, edge);
        Vector3D across = Line.Cross(new Vector3D(0, 1, 0)).Unit;

        // Anywhere along the line, near and far.
        foreach ((double along, double radius) in new[] { (0.0, 1.0), (7.0, 4.0), (-9.0, 12.0) })
        {
            double[] angles = Circle(field, Point + (along * Line), across, Line.Cross(across), radius);
            Assert.Equal(2 * Math.PI * turns, angles.Sum(), 1e-9);
            Assert.All(angles, angle => Assert.InRange(Math.Abs(angle), 0, 0.5));
        }
    }

    [Fact]
    public void At_BesideTheLine_DoesNotTurn()
    {
        Dislocation field = new(Point, Line, 1, 0.2);
        Vector3D across = Line.Cross(new Vector3D(0, 1, 0)).Unit;

        Assert.Equal(0, Circle(field, Point + (6 * across), across, Line.Cross(across), 4).Sum(), 1e-9);
    }

    // Phase from each of many places on a circle to the next, -pi to pi.
    private static double[] Circle(PhaseField field, Vector3D middle, Vector3D first, Vector3D second, double radius)
    {
        double[] phases =
        [
            .. Enumerable
                .Range(0, 101)
                .Select(i => 2 * Math.PI * i / 100)
                .Select(angle =>
                    field.At(middle + (radius * ((Math.Cos(angle) * first) + (Math.Sin(angle) * second))))
                ),
        ];
        return [.. phases.Skip(1).Zip(phases, (next, last) => Math.IEEERemainder(next - last, 2 * Math.PI))];
    }
}
