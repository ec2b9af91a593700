using Fringe.App.Pictures;
using Fringe.App.Reports;
using Fringe.Tests.App.Reports;
using SkiaSharp;

namespace Fringe.Tests.App.Pictures;

public sealed class ComparePictureTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Render_Columns_ShowsEachAtItsPlace(int columns)
    {
        using SKBitmap picture = SKBitmap.Decode(Render(SampleReports.Crystal(), columns));

        Assert.Equal(ComparePicture.Width(columns), picture.Width);
        // A surface in every column, and nothing right of the last but the colour bars.
        for (int i = 0; i < columns; i++)
        {
            int middle = 82 + (i * 416) + 175;
            Assert.NotEqual(SKColors.White, picture.GetPixel(middle, 168 + 135));
        }

        Assert.All(Enumerable.Range(0, picture.Height), row => Assert.Equal(SKColors.White, picture.GetPixel(1, row)));
    }

    [Fact]
    public void Render_Twice_GivesTheSameBytes() =>
        Assert.Equal(Render(SampleReports.Crystal(), 3), Render(SampleReports.Crystal(), 3));

    [Theory]
    [InlineData(16, 60, 80)]
    [InlineData(60, 80, 16)]
    public void Render_OfAnyShape_DoesNotFail(int depth, int height, int width)
    {
        using SKBitmap picture = SKBitmap.Decode(Render(SampleReports.Crystal(depth, height, width), 3));

        Assert.Equal(ComparePicture.Width(3), picture.Width);
    }

    private static byte[] Render(PhasingReport report, int columns) =>
        ComparePicture.Render(
            "crystal",
            report.Measured,
            report.Mask,
            [.. Enumerable.Range(0, columns).Select(i => SampleComparisons.Drawn(report, $"way {i}"))]
        );
}
