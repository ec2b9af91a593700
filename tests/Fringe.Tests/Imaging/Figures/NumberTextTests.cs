using Fringe.Imaging.Figures;

namespace Fringe.Tests.Imaging.Figures;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.00174, "0.00174")]
    [InlineData(0.0019, "0.00190")]
    [InlineData(1.312, "1.31")]
    [InlineData(351.26, "351")]
    [InlineData(4012, "4 012")]
    [InlineData(46012345.4, "46 012 345")]
    [InlineData(-12.34, "-12.3")]
    [InlineData(1.234e-7, "1.23e-7")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "-")]
    public void Figure_OfAnySize_IsReadable(double value, string expected) =>
        Assert.Equal(expected, NumberText.Figure(value));

    [Theory]
    [InlineData(3.24, "3.2 s")]
    [InlineData(59.97, "1 min 00 s")]
    [InlineData(3599.99, "1 h 00 min")]
    [InlineData(65, "1 min 05 s")]
    [InlineData(7620, "2 h 07 min")]
    public void Duration_OfAnyLength_IsReadable(double seconds, string expected) =>
        Assert.Equal(expected, NumberText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(512, "512 bytes")]
    [InlineData(52690944, "50.3 MiB")]
    public void Bytes_OfAnySize_HasAUnit(long bytes, string expected) =>
        Assert.Equal(expected, NumberText.Bytes(bytes));
}
