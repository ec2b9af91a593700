using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>
/// A phase that is flat in much of a crystal and steep in some of it: steps within a few voxels across walls, and displacement that decays
/// from the surface within a few more.
/// </summary>
internal sealed class SteepPhase : PhaseField
{
    private const int Walls = 3;
    private readonly CrystalShape shape;
    private readonly (Vector3D Normal, double Distance, double Strength, double Width)[] walls;
    private readonly double surface;
    private readonly double decay;
    private readonly SmoothPhase smooth;

    private SteepPhase(
        CrystalShape shape,
        (Vector3D, double, double, double)[] walls,
        (double Strength, double Decay) surface,
        SmoothPhase smooth
    )
    {
        this.shape = shape;
        this.walls = walls;
        (this.surface, decay) = surface;
        this.smooth = smooth;
    }

    /// <summary>Draws a field of a few radians.</summary>
    /// <param name="random">All that is random about it.</param>
    /// <param name="shape">From whose surface displacement decays.</param>
    /// <param name="diameter">Of the crystal, voxels.</param>
    public static SteepPhase Draw(Random random, CrystalShape shape, double diameter)
    {
        (Vector3D, double, double, double)[] walls =
        [
            .. Enumerable
                .Range(0, Walls)
                .Select(_ =>
                    (
                        random.UnitVector(),
                        random.Uniform(-0.3, 0.3) * diameter,
                        (random.Next(2) == 0 ? 1 : -1) * random.Uniform(0.5, 1),
                        random.Uniform(0.03, 0.06) * diameter
                    )
                ),
        ];
        double strength = random.Normal();
        double decay = random.Uniform(0.05, 0.15) * diameter;
        return new SteepPhase(shape, walls, (strength, decay), SmoothPhase.Draw(random, diameter));
    }

    public override double At(Vector3D place)
    {
        double steps = walls.Sum(wall =>
            wall.Strength * Math.Tanh((wall.Normal.Dot(place) - wall.Distance) / wall.Width)
        );
        return steps + (surface * Math.Exp(-Math.Max(0, shape.Depth(place)) / decay)) + (0.3 * smooth.At(place));
    }
}
