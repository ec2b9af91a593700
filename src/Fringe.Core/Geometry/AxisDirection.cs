using Fringe.Core.Values;

namespace Fringe.Core.Geometry;

/// <summary>The signed axes of the laboratory frame as beamline definitions write them: <c>x+</c>, <c>y-</c>.</summary>
public static class AxisDirection
{
    /// <summary>Along the beam, away from the source.</summary>
    public static Vector3D Beam { get; } = new(0, 0, 1);

    /// <summary>The unit vector of <c>x+</c>, <c>x-</c>, <c>y+</c>, <c>y-</c>, <c>z+</c> or <c>z-</c>; null for anything else.</summary>
    public static Vector3D? TryParse(string text) =>
        text switch
        {
            "x+" => new(1, 0, 0),
            "x-" => new(-1, 0, 0),
            "y+" => new(0, 1, 0),
            "y-" => new(0, -1, 0),
            "z+" => new(0, 0, 1),
            "z-" => new(0, 0, -1),
            _ => null,
        };
}
