using Fringe.App.Pictures.Panels;
using ScottPlot;

namespace Fringe.Tests.App.Pictures.Panels;

public sealed class PictureStyleTests
{
    [Fact]
    public void PhaseColours_FromMinusPiToPi_CloseTheCircleWithoutJumps()
    {
        const int steps = 512;
        Color[] colours =
        [
            .. Enumerable.Range(0, steps + 1).Select(i => PictureStyle.PhaseColours.GetColor(i / (double)steps)),
        ];

        Assert.InRange(Distance(colours[0], colours[^1]), 0, 4);
        Assert.All(colours.Skip(1).Zip(colours), pair => Assert.InRange(Distance(pair.First, pair.Second), 0, 12));
        // Opposite phases differ: a circle, not a line walked back.
        Assert.All(
            Enumerable.Range(0, steps / 2),
            i => Assert.True(Distance(colours[i], colours[i + (steps / 2)]) > 80)
        );
    }

    [Fact]
    public void NotMeasured_BesideThePhotonColours_IsNoneOfThem()
    {
        double nearest = Enumerable
            .Range(0, 257)
            .Min(i => Distance(PictureStyle.PhotonColours.GetColor(i / 256.0), PictureStyle.NotMeasured));

        Assert.True(nearest > 60, $"nearest colour at distance {nearest}");
    }

    private static double Distance(Color a, Color b) =>
        Math.Sqrt(Math.Pow(a.R - b.R, 2) + Math.Pow(a.G - b.G, 2) + Math.Pow(a.B - b.B, 2));
}
