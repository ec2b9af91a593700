using Fringe.Core.Values;

namespace Fringe.Core.Geometry;

/// <summary>
/// The skewed grid that a reconstruction stands on: reciprocal to the voxels of the prepared pattern. Element <c>[z, y, x]</c> of the
/// object lies at <c>r = A (z - Z/2, y - Y/2, x - X/2)</c>, in nm of the laboratory frame.
/// </summary>
public sealed class ObjectGrid
{
    private readonly double[] reciprocal;
    private readonly double[] direct;

    /// <param name="peak">The geometry.</param>
    /// <param name="shape">Of the prepared pattern, <c>[z, y, x]</c> = rocking, row, column.</param>
    /// <param name="bin">How many measured voxels make one.</param>
    public ObjectGrid(BraggPeak peak, IReadOnlyList<int> shape, IReadOnlyList<int> bin)
        : this(Binned(peak.ReciprocalSteps(), bin), shape, peak.ScatteringVector) { }

    /// <param name="reciprocalSteps">3 x 3, row-major, nm^-1: the steps of q along z, y, x as columns.</param>
    /// <param name="shape">Of the pattern.</param>
    /// <param name="scatteringVector">At the pattern's centre, nm^-1, laboratory frame.</param>
    /// <exception cref="ArgumentException">The steps lie in a plane.</exception>
    public ObjectGrid(double[] reciprocalSteps, IReadOnlyList<int> shape, Vector3D scatteringVector)
    {
        reciprocal = reciprocalSteps;
        Shape = shape;
        ScatteringVector = scatteringVector;
        // b_i . a_j = 2 pi / N_j where i = j, and else 0.
        double[] conjugate = Matrix3.Transpose(Matrix3.Inverse(reciprocalSteps));
        direct = [.. conjugate.Select((value, element) => 2 * Math.PI * value / shape[element % 3])];
    }

    /// <summary>Voxels along z, y, x.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Q at the centre of the pattern, nm^-1, laboratory frame.</summary>
    public Vector3D ScatteringVector { get; }

    /// <summary>3 x 3, row-major, nm^-1: columns are the steps of q along z, y, x of the pattern.</summary>
    public IReadOnlyList<double> ReciprocalSteps => reciprocal;

    /// <summary>3 x 3, row-major, nm: columns are the edges of the object's voxel along z, y, x.</summary>
    public IReadOnlyList<double> DirectSteps => direct;

    /// <summary>Lengths of the voxel's edges along z, y, x, nm; the edges are not square to each other.</summary>
    public IReadOnlyList<double> VoxelNanometres =>
        [.. Enumerable.Range(0, 3).Select(axis => Matrix3.Column(direct, axis).Length)];

    /// <summary>Edge of a cube that has the voxel's volume, nm.</summary>
    public double CubeNanometres =>
        Math.Cbrt(Math.Abs(Matrix3.Column(direct, 0).Dot(Matrix3.Column(direct, 1).Cross(Matrix3.Column(direct, 2)))));

    /// <summary>Lengths of the whole grid's edges along z, y, x, nm.</summary>
    public IReadOnlyList<double> FieldOfViewNanometres =>
        [.. VoxelNanometres.Select((edge, axis) => edge * Shape[axis])];

    /// <summary>Where an index lies, nm, laboratory frame; the centre is index N/2 (rounded down).</summary>
    public Vector3D PositionOf(double z, double y, double x) =>
        Matrix3.Apply(direct, new(z - (Shape[0] / 2), y - (Shape[1] / 2), x - (Shape[2] / 2)));

    /// <summary>
    /// Q of a peak that stands beside the centre, such as the one of an object that a phase ramp was taken from
    /// (<see cref="Metrics.CanonicalForm.Ramp"/>).
    /// </summary>
    /// <param name="voxels">From the centre along z, y, x.</param>
    public Vector3D ScatteringVectorAt(IReadOnlyList<double> voxels) =>
        ScatteringVector + Matrix3.Apply(reciprocal, new(voxels[0], voxels[1], voxels[2]));

    private static double[] Binned(double[] steps, IReadOnlyList<int> bin) =>
        [.. steps.Select((value, element) => value * bin[element % 3])];
}
