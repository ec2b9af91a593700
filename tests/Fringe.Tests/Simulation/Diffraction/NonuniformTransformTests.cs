using System.Numerics;
using Fringe.Simulation.Diffraction;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Simulation.Diffraction;

[Collection(TensorTests.Name)]
public sealed class NonuniformTransformTests
{
    [Fact, LeakCheck]
    public void Apply_ScatteredPoints_AgreesWithTheSum()
    {
        const int size = 12;
        Random random = new(1);
        double[] points = [.. Enumerable.Range(0, 3 * 40).Select(_ => 4 * (random.NextDouble() - 0.5))];
        double[] strengths = [.. Enumerable.Range(0, 2 * 40).Select(_ => random.NextDouble() - 0.5)];

        using var scope = NewDisposeScope();
        Tensor found = new NonuniformTransform(size).Apply(points, strengths);
        Tensor wanted = DirectSum.Over(size, points, strengths);

        // The kernel's width of 7 cells is made for 1e-6.
        Assert.InRange(TestTensors.Difference(found, wanted), 0, 3e-6);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(6)]
    [InlineData(0)]
    public void Constructor_OddOrTinySize_IsRefused(int size) =>
        Assert.Throws<ArgumentException>(() => new NonuniformTransform(size));

    [Fact]
    public void Apply_StrengthsOfAnotherNumber_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new NonuniformTransform(8).Apply(new double[6], new double[6]));
}

/// <summary>F[k] = sum c exp(-2 pi i k.x), term by term.</summary>
internal static class DirectSum
{
    public static Tensor Over(int size, double[] points, double[] strengths)
    {
        Complex[] sums = new Complex[size * size * size];
        Complex[][] turns = [new Complex[size], new Complex[size], new Complex[size]];
        for (int point = 0; point < points.Length / 3; point++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                for (int k = 0; k < size; k++)
                {
                    double angle = -2 * Math.PI * (k - (size / 2)) * points[(3 * point) + axis];
                    turns[axis][k] = Complex.FromPolarCoordinates(1, angle);
                }
            }

            Complex strength = new(strengths[2 * point], strengths[(2 * point) + 1]);
            for (int z = 0; z < size; z++)
            {
                for (int y = 0; y < size; y++)
                {
                    Complex row = strength * turns[2][z] * turns[1][y];
                    for (int x = 0; x < size; x++)
                    {
                        sums[(((z * size) + y) * size) + x] += row * turns[0][x];
                    }
                }
            }
        }

        double[] pairs = [.. sums.SelectMany(sum => new[] { sum.Real, sum.Imaginary })];
        return view_as_complex(tensor(pairs, dtype: ScalarType.Float64).reshape(size, size, size, 2));
    }
}
