using Fringe.App.Pictures.Panels;
using Fringe.Core.Volumes;
using SkiaSharp;

namespace Fringe.Tests.App.Pictures.Panels;

public sealed class SurfaceProjectionTests
{
    private const int Size = 32;
    private const int Edge = 120;
    private const double Radius = 9;

    // A ball shows a disc of its radius from every side; its rim is a pixel wide.
    [Fact]
    public void Render_Ball_CoversADiscOfItsRadius()
    {
        SurfaceProjection ball = Ball(_ => 0);
        foreach (ObliqueView view in new[] { ObliqueView.Front, ObliqueView.Back })
        {
            const double scale = 4;
            using SKBitmap picture = ball.Render(view, Edge, scale);

            int covered = picture.Pixels.Count(pixel => pixel != SKColors.White);
            double disc = Math.PI * Radius * Radius * scale * scale;
            Assert.InRange(covered, 0.96 * disc, 1.08 * disc);
        }
    }

    [Fact]
    public void LargestScale_Ball_FillsTheSquareUpToTheMargin()
    {
        double scale = Ball(_ => 0).LargestScale(ObliqueView.Front, Edge);

        Assert.Equal((Edge - 24) / (2 * Radius), scale, 0.4);
    }

    [Theory]
    [InlineData(-2.4)]
    [InlineData(0)]
    [InlineData(1.6)]
    public void Render_Phase_GivesItsColourOfTheMap(double phase)
    {
        using SKBitmap picture = Ball(_ => phase).Render(ObliqueView.Front, Edge, 4);

        // Below the middle the ball is turned away from the lamp and has no gloss: light scales the colour.
        SKColor seen = picture.GetPixel(Edge / 2, (Edge / 2) + 20);
        double[] phases = [.. Enumerable.Range(0, 9).Select(i => phase + (0.7 * (i - 4)))];
        Assert.Equal(phase, phases.MaxBy(candidate => Likeness(seen, candidate)), 1e-9);
    }

    [Fact]
    public void Render_PhaseRisingAlongX_IsHighOnTheRight()
    {
        using SKBitmap picture = Ball(x => x < 0 ? -1.5 : 1.5).Render(ObliqueView.Front, Edge, 4);

        SKColor left = picture.GetPixel((Edge / 2) - 24, (Edge / 2) + 10);
        SKColor right = picture.GetPixel((Edge / 2) + 24, (Edge / 2) + 10);
        Assert.True(Likeness(left, -1.5) > Likeness(left, 1.5));
        Assert.True(Likeness(right, 1.5) > Likeness(right, -1.5));
    }

    [Fact]
    public void Render_Nothing_IsWhite()
    {
        SurfaceProjection nothing = SurfaceProjection.OfPhase(
            new ComplexVolume(new float[2 * Size * Size * Size], Size, Size, Size),
            VolumeBox.Whole([Size, Size, Size])
        );

        using SKBitmap picture = nothing.Render(ObliqueView.Front, Edge, 4);

        Assert.All(picture.Pixels, pixel => Assert.Equal(SKColors.White, pixel));
    }

    // Cosine of the angle between two colours as vectors.
    private static double Likeness(SKColor seen, double phase)
    {
        double place = (Math.IEEERemainder(phase, 2 * Math.PI) + Math.PI) / (2 * Math.PI);
        ScottPlot.Color colour = PictureStyle.PhaseColours.GetColor(place);
        double[] a = [seen.Red, seen.Green, seen.Blue];
        double[] b = [colour.R, colour.G, colour.B];
        return ObliqueView.Dot(ObliqueView.Unit(a), ObliqueView.Unit(b));
    }

    // Amplitude 1 inside, falling over one voxel: half at the radius.
    private static SurfaceProjection Ball(Func<double, double> phaseOfX)
    {
        float[] pairs = new float[2 * Size * Size * Size];
        for (int i = 0; i < pairs.Length / 2; i++)
        {
            double z = (i / (Size * Size)) - (Size / 2);
            double y = (i / Size % Size) - (Size / 2);
            double x = (i % Size) - (Size / 2);
            double amplitude = Math.Clamp(Radius - Math.Sqrt((x * x) + (y * y) + (z * z)) + 0.5, 0, 1);
            pairs[2 * i] = (float)(amplitude * Math.Cos(phaseOfX(x)));
            pairs[(2 * i) + 1] = (float)(amplitude * Math.Sin(phaseOfX(x)));
        }

        return SurfaceProjection.OfPhase(
            new ComplexVolume(pairs, Size, Size, Size),
            VolumeBox.Whole([Size, Size, Size])
        );
    }
}
