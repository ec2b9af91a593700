using Fringe.Core.Values;

namespace Fringe.Core.Geometry;

/// <summary>
/// The skewed grid that a reconstruction stands on: reciprocal to the voxels of the prepared pattern. Element <c>[z, y, x]</c> of the
/// object lies at <c>r = A (z - Z/2, y - Y/2, x - X/2)</c>, in nm of the laboratory frame.
/// </summary>
public sealed class ObjectGrid
{
    /// <param name="peak">The geometry.</param>
    /// <param name="shape">Of the prepared pattern: rocking, row, column.</param>
    /// <param name="bin">How many measured voxels make one.</param>
    public ObjectGrid(BraggPeak peak, Shape3 shape, Axes3<int> bin)
        : this(
            peak.ReciprocalSteps().WithColumnsScaled(bin.Select(factor => (double)factor)),
            shape,
            peak.ScatteringVector
        ) { }

    /// <param name="reciprocalSteps">nm^-1: columns are the steps of q along z, y, x.</param>
    /// <param name="shape">Of the pattern.</param>
    /// <param name="scatteringVector">At the pattern's centre, nm^-1, laboratory frame.</param>
    /// <exception cref="ArgumentException">The steps lie in a plane.</exception>
    public ObjectGrid(Matrix3 reciprocalSteps, Shape3 shape, Vector3D scatteringVector)
    {
        ReciprocalSteps = reciprocalSteps;
        Shape = shape;
        ScatteringVector = scatteringVector;
        // b_i . a_j = 2 pi / N_j where i = j, and else 0.
        Matrix3 conjugate = reciprocalSteps.Inverse().Transposed();
        DirectSteps = Matrix3.FromColumns(
            2 * Math.PI * conjugate.Column(0) / shape.Depth,
            2 * Math.PI * conjugate.Column(1) / shape.Height,
            2 * Math.PI * conjugate.Column(2) / shape.Width
        );
    }

    /// <summary>Voxels of the pattern and of the object.</summary>
    public Shape3 Shape { get; }

    /// <summary>Q at the centre of the pattern, nm^-1, laboratory frame.</summary>
    public Vector3D ScatteringVector { get; }

    /// <summary>nm^-1: columns are the steps of q along z, y, x of the pattern, rows x, y, z of the laboratory.</summary>
    public Matrix3 ReciprocalSteps { get; }

    /// <summary>nm: columns are the edges of the object's voxel along z, y, x, rows x, y, z of the laboratory.</summary>
    public Matrix3 DirectSteps { get; }

    /// <summary>Lengths of the voxel's edges, nm; the edges are not square to each other.</summary>
    public Axes3<double> VoxelNanometres =>
        new(DirectSteps.Column(0).Length, DirectSteps.Column(1).Length, DirectSteps.Column(2).Length);

    /// <summary>The shortest edge of the voxel, nm.</summary>
    public double ShortestEdgeNanometres => Math.Min(VoxelNanometres.Z, Math.Min(VoxelNanometres.Y, VoxelNanometres.X));

    /// <summary>Edge of a cube that has the voxel's volume, nm.</summary>
    public double CubeNanometres =>
        Math.Cbrt(Math.Abs(DirectSteps.Column(0).Dot(DirectSteps.Column(1).Cross(DirectSteps.Column(2)))));

    /// <summary>Lengths of the whole grid's edges, nm.</summary>
    public Axes3<double> FieldOfViewNanometres => VoxelNanometres.Zip(Shape.Lengths, (edge, length) => edge * length);

    /// <summary>Where an index lies, nm, laboratory frame; the centre is index N/2 (rounded down).</summary>
    public Vector3D PositionOf(Axes3<double> index) =>
        DirectSteps.ToPlace(index.Zip(Shape.Centre, (at, centre) => at - centre));

    /// <summary>
    /// Q of a peak that stands beside the centre, such as the one of an object that a phase ramp was taken from
    /// (<see cref="Metrics.CanonicalForm.Ramp"/>).
    /// </summary>
    /// <param name="voxels">From the centre.</param>
    public Vector3D ScatteringVectorAt(Axes3<double> voxels) => ScatteringVector + ReciprocalSteps.ToPlace(voxels);
}
