using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Tests.Learning.Augmentation.Objects;

/// <summary>A drawn phase has the range that was asked for, and is smooth or steep as it says.</summary>
public sealed class StretchedPhaseTests
{
    private const double Diameter = 23;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(15)]
    public void To_Range_IsThatOfThePhaseInsideTheCrystal(double range)
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            Polyhedron shape = Crystal(seed);
            Random random = new(seed);
            PhaseField[] fields = [SmoothPhase.Draw(random, Diameter), SteepPhase.Draw(random, shape, Diameter)];
            foreach (PhaseField field in fields)
            {
                double[] phases = [.. Phases(StretchedPhase.To(field, shape, 20, range), shape)];

                // Set on whole voxels; halves of them reach a little nearer to the surface.
                Assert.InRange(phases.Max() - phases.Min(), range, 1.1 * range);
            }
        }
    }

    [Fact]
    public void To_FifteenRadians_IsSmoothOrSteepInPlaces()
    {
        List<double> smooth = [];
        List<double> steep = [];
        for (int seed = 1; seed <= 10; seed++)
        {
            Polyhedron shape = Crystal(seed);
            Random random = new(seed);
            smooth.Add(Unevenness(SmoothPhase.Draw(random, Diameter), shape));
            steep.Add(Unevenness(SteepPhase.Draw(random, shape, Diameter), shape));
        }

        Assert.InRange(smooth.Order().ElementAt(5), 1, 3);
        Assert.InRange(steep.Order().ElementAt(5), 4, 30);
    }

    [Fact]
    public void Draw_OtherSeeds_GiveOtherFields()
    {
        Vector3D place = new(3, -4, 5);
        double[] values = [.. Enumerable.Range(0, 20).Select(seed => SmoothPhase.Draw(new Random(seed), 23).At(place))];

        Assert.Equal(20, values.Distinct().Count());
        Assert.Equal(values[7], SmoothPhase.Draw(new Random(7), 23).At(place));
        // About a radian each.
        Assert.InRange(Math.Sqrt(values.Average(value => value * value)), 0.4, 2);
    }

    // Steepest over typical slope.
    private static double Unevenness(PhaseField field, Polyhedron shape)
    {
        List<double> slopes = [];
        foreach (Vector3D place in Places(shape, 1))
        {
            Vector3D slope = new(
                field.At(place + new Vector3D(0.5, 0, 0)) - field.At(place - new Vector3D(0.5, 0, 0)),
                field.At(place + new Vector3D(0, 0.5, 0)) - field.At(place - new Vector3D(0, 0.5, 0)),
                field.At(place + new Vector3D(0, 0, 0.5)) - field.At(place - new Vector3D(0, 0, 0.5))
            );
            slopes.Add(slope.Length);
        }

        slopes.Sort();
        return slopes[(int)(0.98 * slopes.Count)] / slopes[slopes.Count / 2];
    }

    private static Polyhedron Crystal(int seed) =>
        Polyhedron.Draw(new Random(100 + seed), new Axes3<double>(22, 24, 26));

    private static IEnumerable<double> Phases(PhaseField field, Polyhedron shape) =>
        Places(shape, 0.5).Select(field.At);

    private static IEnumerable<Vector3D> Places(Polyhedron shape, double step)
    {
        int half = (int)(20 / step);
        return from z in Enumerable.Range(-half, 2 * half)
            from y in Enumerable.Range(-half, 2 * half)
            from x in Enumerable.Range(-half, 2 * half)
            let place = step * new Vector3D(x, y, z)
            where shape.Depth(place) > 0
            select place;
    }
}
