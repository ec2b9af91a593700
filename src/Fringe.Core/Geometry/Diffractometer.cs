using Fringe.Core.Values;

namespace Fringe.Core.Geometry;

/// <summary>
/// What turns sample and detector, and how the detector's pixels lie. In the laboratory frame of CXI: z along the beam, y up, x the
/// third of a right-handed frame (to the left as one looks along the beam).
/// </summary>
/// <param name="SampleCircles">From the one on the floor to the one that holds the sample.</param>
/// <param name="DetectorCircles">From the one on the floor; empty for a detector that stands square to the beam.</param>
/// <param name="RowDirection">Where the row index grows, with the detector's motors at 0.</param>
/// <param name="ColumnDirection">Where the column index grows.</param>
public sealed record Diffractometer(
    IReadOnlyList<Circle> SampleCircles,
    IReadOnlyList<Circle> DetectorCircles,
    Vector3D RowDirection,
    Vector3D ColumnDirection
)
{
    /// <summary>All of them, the sample's first.</summary>
    public IEnumerable<Circle> Circles => SampleCircles.Concat(DetectorCircles);

    /// <summary>The turn of the sample, or of the detector, for the angles of its circles.</summary>
    /// <param name="circles">From the floor up.</param>
    /// <param name="anglesRadians">One a circle.</param>
    /// <returns>Takes a vector that is fixed to the last circle to the laboratory frame.</returns>
    public static Matrix3 Turn(IEnumerable<Circle> circles, IEnumerable<double> anglesRadians)
    {
        Matrix3 turn = Matrix3.Identity;
        foreach ((Circle circle, double angle) in circles.Zip(anglesRadians))
        {
            turn = turn.Times(Matrix3.Rotation(circle.Axis, angle));
        }

        return turn;
    }
}
