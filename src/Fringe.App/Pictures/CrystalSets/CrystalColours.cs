using ScottPlot;

namespace Fringe.App.Pictures.CrystalSets;

/// <summary>Colours by which free and clamped crystals are told apart, also by those who see no red and green.</summary>
internal static class CrystalColours
{
    public static readonly Color Free = new(216, 160, 48);
    public static readonly Color Clamped = new(34, 92, 156);
    public static readonly Color Unknown = new(96, 102, 110);

    /// <summary>The surface of a crystal that nothing holds: gold.</summary>
    public static readonly Color FreeSurface = new(236, 190, 84);

    /// <summary>The surface of a clamped one: steel.</summary>
    public static readonly Color ClampedSurface = new(126, 164, 204);
}
