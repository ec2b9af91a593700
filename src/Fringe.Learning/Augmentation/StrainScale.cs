using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Learning.Augmentation;

/// <summary>By how much the strain of a crystal to learn from is multiplied: few crystals stand for many.</summary>
internal static class StrainScale
{
    /// <summary>Smallest factor.</summary>
    public const double Least = 0.5;

    /// <summary>Largest factor.</summary>
    public const double Most = 2;

    /// <summary>A phase is not made steeper than this, radians a voxel of the example: beyond pi nobody can tell which way it goes.</summary>
    public const double Steepest = Math.PI / 2;

    /// <summary>Draws a factor, uniformly in its logarithm.</summary>
    /// <param name="random">All that is random about it.</param>
    /// <param name="steepness">How steep the phase is with the factor 1, radians a voxel of the example.</param>
    public static double Draw(Random random, double steepness) =>
        Math.Min(random.LogUniform(Least, Most), Math.Max(1, Steepest / steepness));
}
