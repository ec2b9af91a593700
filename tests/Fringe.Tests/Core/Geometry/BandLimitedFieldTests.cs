using Fringe.Core.Geometry;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Geometry;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class BandLimitedFieldTests
{
    private const int Length = 48;

    // The kernel's own error, from its weights: 0.0070 at half the grid's highest frequency of 24 cycles, 0.0266 at its worst, 22.
    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(12, 0.0071)]
    [InlineData(22, 0.027)]
    [InlineData(23, 0.027)]
    [InlineData(-23, 0.027)]
    public void At_BetweenTheVoxels_IsTheWaveItself(int cycles, double tolerance)
    {
        BandLimitedField field = Wave(cycles, Length);
        double[] weights = new double[BandLimitedField.Weights];
        double largest = 0;
        for (double z = 12; z <= Length - 12; z += 0.1)
        {
            (float real, float imaginary) = field.At(new(z, 4, 4), weights);
            (double sin, double cos) = Math.SinCos(2 * Math.PI * cycles * z / Length);
            largest = Math.Max(largest, Math.Sqrt(Math.Pow(real - cos, 2) + Math.Pow(imaginary - sin, 2)));
        }

        Assert.InRange(largest, 0, tolerance);
    }

    [Theory]
    [InlineData(47)]
    [InlineData(48)]
    public void At_AVoxel_IsItsValue(int length)
    {
        BandLimitedField field = Wave(5, length);

        (float real, float imaginary) = field.At(new(20, 3, 5), new double[BandLimitedField.Weights]);

        Assert.Equal(Math.Cos(2 * Math.PI * 5 * 20 / length), real, 1e-5);
        Assert.Equal(Math.Sin(2 * Math.PI * 5 * 20 / length), imaginary, 1e-5);
    }

    [Fact]
    public void At_OutsideTheGrid_IsZero() =>
        Assert.Equal((0, 0), Wave(5, Length).At(new(-9, 4, 4), new double[BandLimitedField.Weights]));

    private static BandLimitedField Wave(int cycles, int length)
    {
        float[] values = new float[2 * length * 8 * 8];
        for (int i = 0; i < values.Length / 2; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * cycles * (i / 64) / length);
            (values[2 * i], values[(2 * i) + 1]) = ((float)cos, (float)sin);
        }

        bool[] everywhere = [.. Enumerable.Repeat(true, values.Length / 2)];
        using Tensor psi = new ComplexVolume(values, length, 8, 8).ToTensor();
        return new BandLimitedField(psi, everywhere);
    }
}
