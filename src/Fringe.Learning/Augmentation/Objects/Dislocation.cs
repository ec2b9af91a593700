using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>
/// A straight dislocation: once about its line the phase grows by a whole number of turns (Ulvestad et al., Science 348, 1344 (2015)).
/// </summary>
internal sealed class Dislocation : PhaseField
{
    private readonly Vector3D point;
    private readonly Vector3D zero;
    private readonly Vector3D quarter;
    private readonly int turns;
    private readonly double edge;

    /// <param name="point">On the line, voxels.</param>
    /// <param name="line">Along the line, of length 1.</param>
    /// <param name="turns">G.b: how often the phase turns about the line, right-handed.</param>
    /// <param name="edge">
    /// Radians of <c>sin 2 theta</c> beside each turn: 0 for a screw, about a quarter for an edge in a crystal of Poisson's ratio 0.3.
    /// </param>
    public Dislocation(Vector3D point, Vector3D line, int turns, double edge)
    {
        this.point = point;
        this.turns = turns;
        this.edge = edge;
        Vector3D side = Math.Abs(line.X) < 0.9 ? new(1, 0, 0) : new(0, 1, 0);
        zero = (side - (side.Dot(line) * line)).Unit;
        quarter = line.Cross(zero);
    }

    public override double At(Vector3D place)
    {
        Vector3D from = place - point;
        double theta = Math.Atan2(from.Dot(quarter), from.Dot(zero));
        return turns * (theta + (edge * Math.Sin(2 * theta)));
    }
}
