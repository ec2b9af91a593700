using Fringe.Core.Values;

namespace Fringe.Core.Geometry;

/// <summary>
/// Reciprocal space round one Bragg peak, in the laboratory frame as the sample stands at the peak's frame: q of every voxel exactly,
/// and the linear map that a Fourier transform of the stack takes for it. Derivations of the same: Berenguer et al., Phys. Rev. B 88,
/// 144101 (2013); Maddali et al., J. Appl. Cryst. 53, 393 (2020); Yang et al., J. Synchrotron Rad. 26, 2055 (2019).
/// </summary>
public sealed class BraggPeak
{
    private readonly BraggGeometry geometry;
    private readonly PixelPlace beam;
    private readonly Vector3D normal;
    private readonly Vector3D row;
    private readonly Vector3D column;
    private readonly double[] sampleTurn;

    internal BraggPeak(BraggGeometry geometry, VoxelPlace place)
    {
        this.geometry = geometry;
        Place = place;
        beam = geometry.DirectBeam ?? new(place.Row, place.Column);
        Diffractometer has = geometry.Diffractometer;
        double[] detectorTurn = Diffractometer.Turn(has.DetectorCircles, geometry.DetectorAnglesRadians);
        normal = geometry.DistanceMetres * Matrix3.Apply(detectorTurn, AxisDirection.Beam);
        row = geometry.RowPitchMetres * Matrix3.Apply(detectorTurn, has.RowDirection);
        column = geometry.ColumnPitchMetres * Matrix3.Apply(detectorTurn, has.ColumnDirection);

        double[] angles = [.. geometry.SampleAnglesRadians];
        angles[geometry.RockingCircle] += place.Frame * geometry.RockingStepRadians;
        sampleTurn = Diffractometer.Turn(has.SampleCircles, angles);
        double[] below = Diffractometer.Turn(has.SampleCircles.Take(geometry.RockingCircle), angles);
        RockingAxis = Matrix3.Apply(below, has.SampleCircles[geometry.RockingCircle].Axis);
        ScatteringVector = Q(place);
    }

    /// <summary>Where the peak stands in the measured stack.</summary>
    public VoxelPlace Place { get; }

    /// <summary><c>2 pi / wavelength</c>, nm^-1.</summary>
    public double WaveNumber => 2 * Math.PI / geometry.WavelengthNanometres;

    /// <summary>The axis that the sample rocks about, laboratory frame.</summary>
    public Vector3D RockingAxis { get; }

    /// <summary><c>Q = k_out - k_in</c> of the peak, nm^-1, laboratory frame.</summary>
    public Vector3D ScatteringVector { get; }

    /// <summary>The same in the frame that is fixed to the sample: the laboratory's with all sample circles at 0.</summary>
    public Vector3D ScatteringVectorInSample => Matrix3.Apply(Matrix3.Transpose(sampleTurn), ScatteringVector);

    /// <summary>Takes a vector of the sample frame to the laboratory frame; 3 x 3, row-major.</summary>
    public IReadOnlyList<double> SampleTurn => sampleTurn;

    /// <summary>Of the lattice planes, nm.</summary>
    public double DSpacingNanometres => 2 * Math.PI / ScatteringVector.Length;

    /// <summary>Between the direct and the diffracted beam.</summary>
    public double TwoThetaRadians => 2 * Math.Asin(ScatteringVector.Length / (2 * WaveNumber));

    /// <summary>Between the peak's pixel and where the detector's motors point, seen from the sample; 0 without <see cref="BraggGeometry.DirectBeam"/>.</summary>
    public double OffAxisRadians => Math.Acos(Math.Min(1, Pixel(Place).Unit.Dot(normal.Unit)));

    /// <summary>
    /// q of a voxel, nm^-1: the momentum transfer, turned back with the crystal from its frame to the peak's. Exact, with the
    /// detector's flatness and the whole rocking angle.
    /// </summary>
    public Vector3D Q(VoxelPlace voxel)
    {
        Vector3D seen = (WaveNumber * Pixel(voxel).Unit) - (WaveNumber * AxisDirection.Beam);
        double back = (Place.Frame - voxel.Frame) * geometry.RockingStepRadians;
        return Matrix3.Apply(Matrix3.Rotation(RockingAxis, back), seen);
    }

    /// <summary>
    /// The steps of q from voxel to voxel at the peak, nm^-1, as the columns of a matrix: rocking, row, column. The derivatives of
    /// <see cref="Q"/>, without finite differences.
    /// </summary>
    /// <returns>3 x 3, row-major, laboratory frame.</returns>
    public double[] ReciprocalSteps()
    {
        // Turning the crystal by +a turns what the detector sees by -a in the crystal.
        Vector3D rocking = -geometry.RockingStepRadians * RockingAxis.Cross(ScatteringVector);
        Vector3D pixel = Pixel(Place);
        Vector3D direction = pixel.Unit;
        return Matrix3.FromColumns(rocking, Across(row), Across(column));

        // A step on the detector turns the diffracted beam by what of it is square to the beam.
        Vector3D Across(Vector3D step) => WaveNumber / pixel.Length * (step - (direction.Dot(step) * direction));
    }

    /// <summary>
    /// How far the exact q leaves the linear map within a volume about the peak, in voxels of the volume: what a Fourier transform
    /// neglects of Ewald's sphere and of the rocking arc. The largest over the corners and the middles of the edges and faces.
    /// </summary>
    /// <param name="shape">Voxels along rocking, row, column, after binning.</param>
    /// <param name="bin">How many measured voxels make one.</param>
    public double LargestCurvature(IReadOnlyList<int> shape, IReadOnlyList<int> bin)
    {
        double[] toVoxels = Matrix3.Inverse(ReciprocalSteps());
        double largest = 0;
        for (int corner = 0; corner < 27; corner++)
        {
            int[] sides = [(corner / 9) - 1, (corner / 3 % 3) - 1, (corner % 3) - 1];
            double[] away = [.. sides.Select((side, axis) => 0.5 * side * shape[axis] * bin[axis])];
            VoxelPlace voxel = new(Place.Frame + away[0], Place.Row + away[1], Place.Column + away[2]);
            Vector3D linear = Matrix3.Apply(toVoxels, Q(voxel) - ScatteringVector);
            Vector3D error = linear - new Vector3D(away[0], away[1], away[2]);
            largest = Math.Max(largest, new Vector3D(error.X / bin[0], error.Y / bin[1], error.Z / bin[2]).Length);
        }

        return largest;
    }

    private Vector3D Pixel(VoxelPlace voxel) =>
        normal + ((voxel.Row - beam.Row) * row) + ((voxel.Column - beam.Column) * column);
}
