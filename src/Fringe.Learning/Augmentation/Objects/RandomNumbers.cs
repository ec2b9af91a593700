using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>Random numbers of the distributions that examples are drawn from.</summary>
internal static class RandomNumbers
{
    /// <summary>A generator that depends on a seed and a number only, so that example n is the same whatever ran before it.</summary>
    public static Random ForExample(long seed, long number)
    {
        // SplitMix64: neighbouring numbers must not give neighbouring streams.
        ulong z = (ulong)seed + ((ulong)number * 0x9E3779B97F4A7C15UL) + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return new Random((int)((z ^ (z >> 31)) & 0x7FFFFFFF));
    }

    /// <summary>Normal, mean 0 and standard deviation 1.</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Uniform between two values.</summary>
    public static double Uniform(this Random random, double least, double most) =>
        least + ((most - least) * random.NextDouble());

    /// <summary>Uniform in the logarithm.</summary>
    public static double LogUniform(this Random random, double least, double most) =>
        least * Math.Pow(most / least, random.NextDouble());

    /// <summary>A unit vector (z, y, x), uniform on the sphere.</summary>
    public static double[] Direction(this Random random)
    {
        double[] v = [random.Normal(), random.Normal(), random.Normal()];
        double norm = Math.Sqrt((v[0] * v[0]) + (v[1] * v[1]) + (v[2] * v[2]));
        return [v[0] / norm, v[1] / norm, v[2] / norm];
    }

    /// <summary>A vector of length 1, uniform on the sphere.</summary>
    public static Vector3D UnitVector(this Random random)
    {
        double[] direction = random.Direction();
        return new(direction[2], direction[1], direction[0]);
    }

    /// <summary>A turn in space, uniform among all.</summary>
    public static Matrix3 Turn(this Random random)
    {
        Vector3D first = random.UnitVector();
        Vector3D second = first.Cross(random.UnitVector()).Unit;
        return Matrix3.FromColumns(first, second, first.Cross(second));
    }

    /// <summary>An oversampling ratio: mostly the target's, sometimes anything that measured data come with.</summary>
    public static double OversamplingRatio(this Random random) =>
        random.NextDouble() < 0.65 ? Math.Clamp(1.5 + (0.12 * random.Normal()), 1.2, 2.0) : random.Uniform(1.2, 3.0);
}
