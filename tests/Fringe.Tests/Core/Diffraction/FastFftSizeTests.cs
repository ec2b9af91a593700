using Fringe.Core.Diffraction;

namespace Fringe.Tests.Core.Diffraction;

public sealed class FastFftSizeTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(7, 8)]
    [InlineData(13, 16)]
    [InlineData(31, 32)]
    [InlineData(65, 72)]
    [InlineData(97, 100)]
    [InlineData(129, 144)]
    [InlineData(201, 216)]
    [InlineData(257, 270)]
    public void AtLeast_Length_IsTheNextEvenProductOfTwoThreeAndFive(int length, int wanted) =>
        Assert.Equal(wanted, FastFftSize.AtLeast(length));
}
