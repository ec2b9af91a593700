using Fringe.Core.Preparation;
using Fringe.Core.Volumes;

namespace Fringe.Tests.Core.Preparation;

public sealed class PeakFinderTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(19, 23, 27)]
    [InlineData(0, 12, 27)]
    public void Find_PeakOnAnEdgeOrCorner_IsNear(int z, int y, int x)
    {
        // Half of the peak is cut off, so the brightest cube may lie one voxel inside.
        RealVolume stack = Stacks.Peak([20, 24, 28], [z, y, x], [5, 6, 7], 5000);

        int[] peak = PeakFinder.Find(Stacks.Working(stack));

        Assert.InRange(peak[0], z - 1, z + 1);
        Assert.InRange(peak[1], y - 1, y + 1);
        Assert.InRange(peak[2], x - 1, x + 1);
    }

    [Fact]
    public void Find_TwoPeaks_IsTheStronger()
    {
        RealVolume stack = Stacks.Peak([20, 24, 28], [5, 6, 7], [5, 6, 7], 3000);
        RealVolume other = Stacks.Peak([20, 24, 28], [14, 16, 20], [5, 6, 7], 5000);
        for (int i = 0; i < stack.Values.Length; i++)
        {
            stack.Values[i] += other.Values[i];
        }

        Assert.Equal([14, 16, 20], PeakFinder.Find(Stacks.Working(stack)));
    }
}
