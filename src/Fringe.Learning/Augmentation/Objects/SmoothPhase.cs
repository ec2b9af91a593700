using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A phase as bending, torsion and a few dents give it: waves that are about as long as the crystal.</summary>
internal sealed class SmoothPhase : PhaseField
{
    private const int Waves = 8;

    // Waves across the crystal.
    private const double Longest = 0.3;
    private const double Shortest = 0.7;
    private readonly (Vector3D Vector, double Shift, double Strength)[] waves;

    private SmoothPhase((Vector3D, double, double)[] waves)
    {
        this.waves = waves;
    }

    /// <summary>Draws a field of a standard deviation of about a radian.</summary>
    /// <param name="random">All that is random about it.</param>
    /// <param name="diameter">Of the crystal, voxels.</param>
    public static SmoothPhase Draw(Random random, double diameter)
    {
        (Vector3D, double, double)[] waves =
        [
            .. Enumerable
                .Range(0, Waves)
                .Select(_ =>
                    (
                        random.Uniform(Longest, Shortest) * 2 * Math.PI / diameter * random.UnitVector(),
                        random.Uniform(0, 2 * Math.PI),
                        random.Normal() / Math.Sqrt(Waves / 2.0)
                    )
                ),
        ];
        return new SmoothPhase(waves);
    }

    public override double At(Vector3D place) =>
        waves.Sum(wave => wave.Strength * Math.Cos(wave.Vector.Dot(place) + wave.Shift));
}
