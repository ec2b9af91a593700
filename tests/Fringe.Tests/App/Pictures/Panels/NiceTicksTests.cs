using Fringe.App.Pictures.Panels;
using ScottPlot;

namespace Fringe.Tests.App.Pictures.Panels;

public sealed class NiceTicksTests
{
    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-210.5, 210.5, 5, new double[] { -200, -100, 0, 100, 200 })]
    [InlineData(3, 3, 5, new double[] { 3 })]
    public void Between_Limits_GivesRoundValuesInside(double low, double high, int most, double[] expected)
    {
        IReadOnlyList<double> ticks = NiceTicks.Between(low, high, most);

        Assert.Equal(expected.Length, ticks.Count);
        Assert.All(expected.Zip(ticks), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [InlineData(-2.9, -0.1, "10⁻²|10⁻¹")]
    [InlineData(-2.8, -2.2, "0.002|0.005")]
    public void Logarithmic_WideAndNarrow_LabelsDecadesOrPlainValues(double low, double high, string expected)
    {
        ScottPlot.TickGenerators.NumericManual ticks = NiceTicks.Logarithmic(low, high);
        using Paint paint = Paint.NewDisposablePaint();

        ticks.Regenerate(new CoordinateRange(low, high), Edge.Left, 300, paint, new LabelStyle());

        Assert.Equal(expected, string.Join('|', ticks.Ticks.Where(tick => tick.IsMajor).Select(tick => tick.Label)));
    }
}
