using Fringe.Core.Values;

namespace Fringe.Tests.Core.Values;

public sealed class Shape3Tests
{
    private static readonly Shape3 Shape = new(Depth: 2, Height: 3, Width: 5);

    [Fact]
    public void Index_OfEveryPlace_CountsUpInCOrder()
    {
        long next = 0;
        for (int z = 0; z < 2; z++)
        {
            for (int y = 0; y < 3; y++)
            {
                for (int x = 0; x < 5; x++)
                {
                    Assert.Equal(next, Shape.Index(z, y, x));
                    Assert.Equal(new Axes3<int>(z, y, x), Shape.Place(next));
                    next++;
                }
            }
        }

        Assert.Equal(next, Shape.Volume);
    }

    // Two such volumes of complex64 are what a machine may hold; int would have overflown.
    [Fact]
    public void Volume_OfALargeShape_IsNotCutToInt()
    {
        Shape3 large = new(2048, 2048, 2048);

        Assert.Equal(1L << 33, large.Volume);
        Assert.Equal((1L << 33) - 1, large.Index(2047, 2047, 2047));
        Assert.Equal(new Axes3<int>(2047, 2047, 2047), large.Place((1L << 33) - 1));
    }

    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(1, 2, 4, true)]
    [InlineData(2, 0, 0, false)]
    [InlineData(0, 3, 0, false)]
    [InlineData(0, 0, 5, false)]
    [InlineData(-1, 0, 0, false)]
    public void Contains_Place_IsWithinEveryAxis(int z, int y, int x, bool expected) =>
        Assert.Equal(expected, Shape.Contains(z, y, x));

    [Fact]
    public void FromList_Lengths_AreThoseOfZYX()
    {
        Assert.Equal(Shape, Shape3.FromList(new long[] { 2, 3, 5 }));
        Assert.Equal([2, 3, 5], Shape.ToArray());
        Assert.Equal((2, 3, 5), (Shape[0], Shape[1], Shape[2]));
        Assert.Equal(new Axes3<int>(Z: 1, Y: 1, X: 2), Shape.Centre);
        Assert.Throws<ArgumentException>(() => Shape3.FromList(new[] { 2, 3 }));
    }
}
