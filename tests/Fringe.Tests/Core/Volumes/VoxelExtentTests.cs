using Fringe.Core.Volumes;

namespace Fringe.Tests.Core.Volumes;

public sealed class VoxelExtentTests
{
    // A block of 10 x 20 x 30 with one voxel sticking out along x, which is under a hundredth of a section of 200.
    [Fact]
    public void OfSections_CornerOfOneVoxel_IsNotCounted()
    {
        int[] shape = [16, 24, 40];
        bool[] inside = new bool[16 * 24 * 40];
        for (int i = 0; i < inside.Length; i++)
        {
            inside[i] = i / 960 is >= 2 and < 12 && i / 40 % 24 is >= 1 and < 21 && i % 40 is >= 3 and < 33;
        }

        inside[(5 * 960) + (5 * 40) + 33] = true;

        VoxelExtent found = VoxelExtent.OfSections(inside, shape);

        Assert.Equal([2, 1, 3], found.First);
        Assert.Equal([11, 20, 32], found.Last);
        Assert.Equal(31, VoxelExtent.Of(inside, shape).Length(2));
        Assert.True(VoxelExtent.OfSections(new bool[inside.Length], shape).IsEmpty);
    }
}
