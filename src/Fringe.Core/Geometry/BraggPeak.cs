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
    private readonly Matrix3 sampleTurn;

    internal BraggPeak(BraggGeometry geometry, VoxelPlace place)
    {
        this.geometry = geometry;
        Place = place;
        beam = geometry.DirectBeam ?? new(place.Row, place.Column);
        Diffractometer diffractometer = geometry.Diffractometer;
        Matrix3 detectorTurn = Diffractometer.Turn(diffractometer.DetectorCircles, geometry.DetectorAnglesRadians);
        normal = geometry.DistanceMetres * detectorTurn.Apply(AxisDirection.Beam);
        row = geometry.RowPitchMetres * detectorTurn.Apply(diffractometer.RowDirection);
        column = geometry.ColumnPitchMetres * detectorTurn.Apply(diffractometer.ColumnDirection);

        double[] angles = [.. geometry.SampleAnglesRadians];
        angles[geometry.RockingCircle] += place.Frame * geometry.RockingStepRadians;
        sampleTurn = Diffractometer.Turn(diffractometer.SampleCircles, angles);
        Matrix3 below = Diffractometer.Turn(diffractometer.SampleCircles.Take(geometry.RockingCircle), angles);
        RockingAxis = below.Apply(diffractometer.SampleCircles[geometry.RockingCircle].Axis);
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
    public Vector3D ScatteringVectorInSample => sampleTurn.Transposed().Apply(ScatteringVector);

    /// <summary>Takes a vector of the sample frame to the laboratory frame.</summary>
    public Matrix3 SampleTurn => sampleTurn;

    /// <summary>Of the lattice planes, nm.</summary>
    public double DSpacingNanometres => 2 * Math.PI / ScatteringVector.Length;

    /// <summary>Between the direct and the diffracted beam.</summary>
    public double TwoThetaRadians => 2 * Math.Asin(ScatteringVector.Length / (2 * WaveNumber));

    /// <summary>Between the peak's pixel and where the detector's motors point, seen from the sample; 0 without <see cref="BraggGeometry.DirectBeam"/>.</summary>
    public double OffAxisRadians => Math.Acos(Math.Min(1, Pixel(Place).Unit.Dot(normal.Unit)));

    /// <summary>Where a voxel's pixel stands, metres from the sample, laboratory frame.</summary>
    public Vector3D Pixel(VoxelPlace voxel) =>
        normal + ((voxel.Row - beam.Row) * row) + ((voxel.Column - beam.Column) * column);

    /// <summary>
    /// q of a voxel, nm^-1: the momentum transfer, turned back with the crystal from its frame to the peak's. Exact, with the
    /// detector's flatness and the whole rocking angle.
    /// </summary>
    public Vector3D Q(VoxelPlace voxel)
    {
        Vector3D seen = (WaveNumber * Pixel(voxel).Unit) - (WaveNumber * AxisDirection.Beam);
        double back = (Place.Frame - voxel.Frame) * geometry.RockingStepRadians;
        return Matrix3.Rotation(RockingAxis, back).Apply(seen);
    }

    /// <summary>
    /// The steps of q from voxel to voxel at the peak, nm^-1, as the columns of a matrix: rocking, row, column. The derivatives of
    /// <see cref="Q"/>, without finite differences.
    /// </summary>
    /// <returns>Columns belong to rocking, row, column; rows to x, y, z of the laboratory frame.</returns>
    public Matrix3 ReciprocalSteps()
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
    public double LargestCurvature(Shape3 shape, Axes3<int> bin)
    {
        Matrix3 toVoxels = ReciprocalSteps().Inverse();
        double largest = 0;
        for (int corner = 0; corner < 27; corner++)
        {
            Axes3<double> away = new Axes3<int>((corner / 9) - 1, (corner / 3 % 3) - 1, (corner % 3) - 1)
                .Zip(shape.Lengths, (side, length) => 0.5 * side * length)
                .Zip(bin, (half, factor) => half * factor);
            VoxelPlace voxel = new(Place.Frame + away.Z, Place.Row + away.Y, Place.Column + away.X);
            Axes3<double> error = toVoxels
                .ToSteps(Q(voxel) - ScatteringVector)
                .Zip(away, (linear, exact) => linear - exact)
                .Zip(bin, (measured, factor) => measured / factor);
            largest = Math.Max(largest, Math.Sqrt((error.Z * error.Z) + (error.Y * error.Y) + (error.X * error.X)));
        }

        return largest;
    }
}
