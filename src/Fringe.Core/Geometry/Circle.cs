using Fringe.Core.Values;

namespace Fringe.Core.Geometry;

/// <summary>A motor that turns everything that is mounted on it.</summary>
/// <param name="Names">The motor's names in the beamline's files; the first is shown.</param>
/// <param name="Axis">Unit vector, laboratory frame, with all motors at 0; positive angles are right-handed about it.</param>
public sealed record Circle(IReadOnlyList<string> Names, Vector3D Axis)
{
    /// <summary>The name to show.</summary>
    public string Motor => Names[0];
}
