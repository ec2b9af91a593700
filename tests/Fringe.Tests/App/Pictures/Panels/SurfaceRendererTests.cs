using Fringe.App.Pictures.Panels;
using Fringe.Tests.Simulation.CrystalSets;
using ScottPlot;
using SkiaSharp;

namespace Fringe.Tests.App.Pictures.Panels;

public sealed class SurfaceRendererTests
{
    [Fact]
    public void Render_Box_IsThreeEvenFacesOnWhite()
    {
        using SKBitmap picture = SurfaceRenderer.Render(
            VoxelField.Of(SampleSets.Crystal(0)),
            ObliqueView.Front,
            80,
            4,
            (_, _) => new Color(200, 200, 200)
        );

        Assert.Equal(SKColors.White, picture.GetPixel(1, 1));
        Assert.Equal(SKColors.White, picture.GetPixel(78, 78));
        // The top face catches the lamp, the two sides less.
        int[] lights =
        [
            .. Enumerable
                .Range(0, 80 * 80)
                .Select(i => picture.GetPixel(i % 80, i / 80))
                .Where(pixel => pixel != SKColors.White)
                .GroupBy(pixel => pixel.Red / 16)
                .Where(group => group.Count() > 150)
                .Select(group => group.Key),
        ];
        Assert.InRange(lights.Length, 2, 8);
        Assert.InRange(picture.GetPixel(40, 40).Red, 40, 254);
    }
}
