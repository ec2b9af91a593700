using Fringe.Formats.Crystals;
using Fringe.Simulation.CrystalSets;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Simulation.CrystalSets;

[Collection(TensorTests.Name)]
[LeakCheck]
public sealed class PatternSliceTests
{
    private const int Pixels = 32;

    // A box of 8 x 10 x 6 voxels whose phase goes by -2 pi 10 0.002 a voxel along x: sinc^2 about qx = that slope.
    [Fact]
    public void Of_BoxWithARamp_IsTheBoxesPatternMovedByTheRamp()
    {
        CrystalRecord crystal = SampleSets.Crystal(0);
        double nyquist = PatternSlice.Nyquist(crystal, SampleSets.LatticeNanometres);

        double[,] slice = PatternSlice.Of(crystal, SampleSets.LatticeNanometres, Pixels, nyquist);

        double largest = double.NegativeInfinity;
        double[,] expected = new double[Pixels, Pixels];
        for (int row = 0; row < Pixels; row++)
        {
            for (int column = 0; column < Pixels; column++)
            {
                double qx = (2 * Math.PI * (column - (Pixels / 2)) / Pixels) + (2 * Math.PI * 0.02);
                double qy = 2 * Math.PI * (row - (Pixels / 2)) / Pixels;
                expected[row, column] = Math.Log10((Box(qx, 8) * Box(qy, 10)) + 1e-30);
                largest = Math.Max(largest, expected[row, column]);
            }
        }

        for (int row = 0; row < Pixels; row++)
        {
            for (int column = 0; column < Pixels; column++)
            {
                if (expected[row, column] > largest - 6)
                {
                    // float32: 1e-7 of the amplitude at the centre, a part in a hundred six decades below.
                    Assert.Equal(expected[row, column] - largest, slice[row, column], 0.02);
                }
            }
        }
    }

    [Fact]
    public void Of_SmallerWindow_ShowsItsMiddle()
    {
        CrystalRecord crystal = SampleSets.Crystal(0);
        double nyquist = PatternSlice.Nyquist(crystal, SampleSets.LatticeNanometres);

        double[,] whole = PatternSlice.Of(crystal, SampleSets.LatticeNanometres, 2 * Pixels, nyquist);
        double[,] middle = PatternSlice.Of(crystal, SampleSets.LatticeNanometres, Pixels, nyquist / 2);

        Assert.Equal(whole[Pixels, Pixels], middle[Pixels / 2, Pixels / 2], 5);
        Assert.Equal(whole[Pixels + 3, Pixels - 2], middle[(Pixels / 2) + 3, (Pixels / 2) - 2], 4);
    }

    private static double Box(double q, int length) =>
        Math.Abs(q) < 1e-9 ? length * length : Math.Pow(Math.Sin(q * length / 2) / Math.Sin(q / 2), 2);
}
