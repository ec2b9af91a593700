using Fringe.App.Pictures;
using Fringe.App.Pictures.Panels;
using Fringe.App.Reports;
using Fringe.Core.Phasing.Combining;
using Fringe.Tests.App.Reports;
using SkiaSharp;

namespace Fringe.Tests.App.Pictures;

public sealed class SummaryPictureTests
{
    [Fact]
    public void Render_OfACrystal_HasItsSizeAndIsNotBlank()
    {
        using SKBitmap picture = Decode(SummaryPicture.Render(SampleReports.Crystal()));

        Assert.Equal((SummaryPicture.Width, SummaryPicture.Height), (picture.Width, picture.Height));
        Assert.True(picture.Pixels.Distinct().Count() > 1000, "a picture has many colours");
        // The title: text renders without any font of the system, so its pixels must not be white.
        Assert.True(CountIn(picture, new SKRectI(0, 10, 900, 60), color => color != SKColors.White) > 1000);
    }

    [Fact]
    public void Render_Twice_GivesTheSameBytes()
    {
        Assert.Equal(SummaryPicture.Render(SampleReports.Crystal()), SummaryPicture.Render(SampleReports.Crystal()));
    }

    [Fact]
    public void Render_InParallel_GivesTheSameBytes()
    {
        byte[] alone = SummaryPicture.Render(SampleReports.Crystal());
        byte[][] together = new byte[4][];

        Parallel.For(0, together.Length, i => together[i] = SummaryPicture.Render(SampleReports.Crystal()));

        Assert.All(together, picture => Assert.Equal(alone, picture));
    }

    [Fact]
    public void Render_MaskedVoxels_AreGreyInTheMeasuredPatternOnly()
    {
        PhasingReport report = SampleReports.Crystal();
        SKColor grey = PictureStyle.NotMeasured.ToSKColor();
        using SKBitmap masked = Decode(SummaryPicture.Render(report));
        using SKBitmap whole = Decode(SummaryPicture.Render(report with { Mask = new bool[report.Mask.Length] }));
        var measured = new SKRectI(80, 980, 330, 1240);
        var modelled = new SKRectI(332, 980, 585, 1240);

        // One column of 32 voxels, 7 x 7 pixels each.
        Assert.InRange(CountIn(masked, measured, color => color == grey), 1000, 2500);
        Assert.Equal(0, CountIn(masked, modelled, color => color == grey));
        Assert.Equal(0, CountIn(whole, measured, color => color == grey));
    }

    [Fact]
    public void Render_PhaseOutsideTheSupport_IsNotDrawn()
    {
        PhasingReport report = SampleReports.Crystal();
        using SKBitmap empty = Decode(SummaryPicture.Render(report with { Support = new bool[report.Support.Length] }));
        SKColor outside = PictureStyle.Outside.ToSKColor();

        // The middle of the first phase panel, inside its frame.
        Assert.Equal(300 * 300, CountIn(empty, new SKRectI(110, 570, 410, 870), color => color == outside));
    }

    [Theory]
    [InlineData(8, 8, 8)]
    [InlineData(16, 160, 200)]
    [InlineData(200, 16, 12)]
    [InlineData(2, 2, 2)]
    [InlineData(5, 7, 600)]
    public void Render_OfAnyShape_KeepsTheSurroundingsClean(int depth, int height, int width)
    {
        using SKBitmap picture = Decode(SummaryPicture.Render(SampleReports.Crystal(depth, height, width)));

        Assert.Equal(SummaryPicture.Width, picture.Width);
        AssertMarginsAreWhite(picture);
    }

    [Fact]
    public void Render_OfNothing_SaysSoAndDoesNotFail()
    {
        PhasingReport report = SampleReports.Crystal(starts: 1) with
        {
            Object = new(new float[2 * 32 * 32 * 32], 32, 32, 32),
            Support = new bool[32 * 32 * 32],
            Measured = new(new float[32 * 32 * 32], 32, 32, 32),
            Modelled = new([.. Enumerable.Repeat(float.NaN, 32 * 32 * 32)], 32, 32, 32),
            Starts = [],
            RecipePhases = [],
            Figures = [],
        };

        using SKBitmap picture = Decode(SummaryPicture.Render(report));

        AssertMarginsAreWhite(picture);
    }

    [Fact]
    public void Render_WithNaNInTheChiHistory_DrawsTheRest()
    {
        PhasingReport report = SampleReports.Crystal(starts: 1);
        StartOutcome start = report.Starts[0];
        double[] holed =
        [
            .. start.ChiHistory.Select(
                (chi, i) =>
                    i % 40 < 5 ? double.NaN
                    : i == 300 ? 0
                    : chi
            ),
        ];
        double[] nothing = [.. start.ChiHistory.Select(_ => double.NaN)];
        var plot = new SKRectI(1442, 98, 1778, 440);

        using SKBitmap some = Decode(
            SummaryPicture.Render(report with { Starts = [start with { ChiHistory = holed }] })
        );
        using SKBitmap none = Decode(
            SummaryPicture.Render(report with { Starts = [start with { ChiHistory = nothing }] })
        );

        static bool IsLine(SKColor color) => color.Blue > color.Red + 80;
        Assert.True(CountIn(some, plot, IsLine) > 500);
        Assert.Equal(0, CountIn(none, plot, IsLine));
    }

    [Fact]
    public void Render_LongName_StaysOnThePicture()
    {
        PhasingReport report = SampleReports.Crystal() with { SampleName = new string('W', 400) + ".cxi" };

        using SKBitmap picture = Decode(SummaryPicture.Render(report));

        AssertMarginsAreWhite(picture);
    }

    [Fact]
    public void Render_MaskOfAnotherLength_IsRefused()
    {
        PhasingReport report = SampleReports.Crystal() with { Mask = new bool[3] };

        Assert.Contains("mask", Assert.Throws<ArgumentException>(() => SummaryPicture.Render(report)).Message);
    }

    [Fact]
    public void Write_OverAnOldFile_ReplacesItAndLeavesNothingElse()
    {
        string folder = Directory.CreateTempSubdirectory("fringe-").FullName;
        try
        {
            string path = Path.Combine(folder, "summary.png");
            File.WriteAllText(path, "old");

            SummaryPicture.Write(SampleReports.Crystal(8, 8, 8), path);

            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Equal(0x89, File.ReadAllBytes(path)[0]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertMarginsAreWhite(SKBitmap picture)
    {
        static bool IsInk(SKColor color) => color != SKColors.White;
        Assert.Equal(0, CountIn(picture, new SKRectI(0, 0, picture.Width, 8), IsInk));
        Assert.Equal(0, CountIn(picture, new SKRectI(0, 0, 8, picture.Height), IsInk));
        Assert.Equal(0, CountIn(picture, new SKRectI(0, picture.Height - 8, picture.Width, picture.Height), IsInk));
        Assert.Equal(0, CountIn(picture, new SKRectI(picture.Width - 6, 0, picture.Width, picture.Height), IsInk));
    }

    private static SKBitmap Decode(byte[] png) => SKBitmap.Decode(png);

    private static int CountIn(SKBitmap picture, SKRectI area, Func<SKColor, bool> counts)
    {
        int count = 0;
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                count += counts(picture.GetPixel(x, y)) ? 1 : 0;
            }
        }

        return count;
    }
}
