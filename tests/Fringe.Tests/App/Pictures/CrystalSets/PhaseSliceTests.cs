using Fringe.App.Pictures.CrystalSets;
using Fringe.Tests.Simulation.CrystalSets;

namespace Fringe.Tests.App.Pictures.CrystalSets;

public sealed class PhaseSliceTests
{
    // Along x u = 0.02 (x - 8) lattice units for x = 4 ... 11: 2 pi u less its mean, whatever y and z.
    [Fact]
    public void Of_Ramp_IsTwoPiTimesTheDisplacementAboutItsMean()
    {
        double[,] slice = PhaseSlice.Of(SampleSets.Crystal(0));

        for (int x = 4; x < 12; x++)
        {
            Assert.Equal(2 * Math.PI * 0.02 * (x - 7.5), slice[6, x], 6);
        }

        Assert.Equal(double.NaN, slice[6, 3]);
        Assert.Equal(double.NaN, slice[2, 8]);
    }
}
