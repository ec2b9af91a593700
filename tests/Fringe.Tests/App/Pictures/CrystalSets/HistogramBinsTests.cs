using Fringe.App.Pictures.CrystalSets;
using Fringe.Simulation.CrystalSets;

namespace Fringe.Tests.App.Pictures.CrystalSets;

public sealed class HistogramBinsTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(-3.25)]
    [InlineData(20.0)]
    public void For_EqualValues_IsOneBinAroundThem(double value)
    {
        HistogramBins bins = HistogramBins.For(Figure(value, value));

        Assert.Equal([2], bins.Count([value, value]));
        Assert.InRange(value, bins.Edges[0], bins.Edges[1]);
    }

    [Fact]
    public void For_WholeNumbers_PutsThemInTheMiddleOfBins()
    {
        HistogramBins bins = HistogramBins.For(Figure(4, 5, 5, 9));

        Assert.Equal([3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5], bins.Edges);
        Assert.Equal([1, 2, 0, 0, 0, 1], bins.Count([4, 5, 5, 9]));
    }

    [Theory]
    [InlineData(false, 1.0, 1.5, 3.2)]
    [InlineData(true, 1.0, 3.5, 500.5)]
    [InlineData(false, 0.0, 3.5, 500.5)]
    public void For_AnyValues_CountsEachOnce(bool isLogarithmic, params double[] values)
    {
        HistogramBins bins = HistogramBins.For(Figure(values));

        Assert.Equal(isLogarithmic, bins.IsLogarithmic);
        Assert.Equal(values.Length, bins.Count(values).Sum());
        Assert.InRange(bins.Edges.Count, 2, 60);
    }

    private static CrystalFigure Figure(params double[] values) => new("key", "name", "", "", values, []);
}
