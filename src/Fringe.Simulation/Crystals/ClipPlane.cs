namespace Fringe.Simulation.Crystals;

/// <summary>A half space <c>n.r &lt;= d</c> that keeps the crystal, in the crystal's own frame.</summary>
/// <param name="X">Component x of the unit normal.</param>
/// <param name="Y">Component y.</param>
/// <param name="Z">Component z.</param>
/// <param name="Distance">From the block's centre, lattice units.</param>
public readonly record struct ClipPlane(double X, double Y, double Z, double Distance)
{
    /// <summary><c>n.r</c> in lattice units.</summary>
    public double Project(double x, double y, double z) => (X * x) + (Y * y) + (Z * z);
}
