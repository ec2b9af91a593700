using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Geometry;

/// <summary>
/// From the skewed grid of the detector to cubic voxels. The complex field is interpolated, never its wrapped phase
/// (<see cref="BandLimitedField"/> says how well); what the new voxels cannot hold is taken away in Fourier space first.
/// </summary>
public static class OrthogonalResampler
{
    // New voxels kept beyond the support.
    private const int Margin = 2;

    // 1 GiB of complex64: a voxel size in the wrong unit should not fill the memory.
    private const long MostVoxels = 1L << 27;

    /// <summary>Sees that an object which fills a quarter of each axis can be resampled, before it is known.</summary>
    /// <exception cref="InputException">The grid is so uneven that the volume would not fit.</exception>
    public static void Check(ObjectGrid grid, ObjectFrame frame)
    {
        double voxel = grid.ShortestEdgeNanometres;
        Matrix3 toNew = ToGrid(grid, Turn(grid, frame), voxel).Inverse();
        _ = Lengths(
            Enumerable
                .Range(0, 8)
                .Select(corner =>
                    toNew.ToPlace(
                        new(
                            ((corner & 1) - 0.5) * grid.Shape.Depth / 4,
                            ((corner >> 1 & 1) - 0.5) * grid.Shape.Height / 4,
                            ((corner >> 2) - 0.5) * grid.Shape.Width / 4
                        )
                    )
                ),
            voxel
        );
    }

    /// <summary>Resamples an object and its support.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, on the grid; borrowed.</param>
    /// <param name="support">bool, same shape, not empty; borrowed. The new volume holds it with two voxels to spare.</param>
    /// <param name="grid">Where the voxels lie.</param>
    /// <param name="frame">Of the new volume.</param>
    /// <param name="voxelNanometres">Edge of the new voxels; null for the shortest edge of the grid's, so that no axis loses
    /// resolution.</param>
    /// <param name="cancellation">Checked once a plane.</param>
    /// <exception cref="InputException">The voxel is no length above 0, or so small that the volume would not fit.</exception>
    public static OrthogonalObject Resample(
        Tensor psi,
        Tensor support,
        ObjectGrid grid,
        ObjectFrame frame,
        double? voxelNanometres = null,
        CancellationToken cancellation = default
    )
    {
        if (psi.dim() != 3 || Shape3.FromList(psi.shape) != grid.Shape)
        {
            throw new ArgumentException("the object does not stand on the grid");
        }

        double voxel = voxelNanometres ?? grid.ShortestEdgeNanometres;
        if (!(voxel > 0) || !double.IsFinite(voxel))
        {
            throw new InputException($"a voxel of {voxel} nm: give a length above 0");
        }

        Matrix3 turn = Turn(grid, frame);
        Matrix3 toGrid = ToGrid(grid, turn, voxel);
        bool[] inside = support.ToBooleans();
        Shape3 shape = Shape(inside, grid.Shape, toGrid.Inverse(), voxel);
        using Tensor held = Antialiased(psi, grid, turn, voxel);
        BandLimitedField field = new(held, inside);
        float[] values = new float[2 * shape.Volume];
        bool[] insideNew = new bool[values.Length / 2];
        Parallel.For(
            0,
            shape.Depth,
            ThreadLimit.Options(cancellation),
            z =>
            {
                double[] weights = new double[BandLimitedField.Weights];
                for (int y = 0; y < shape.Height; y++)
                {
                    for (int x = 0; x < shape.Width; x++)
                    {
                        Axes3<double> at = toGrid
                            .ToSteps(new(x - shape.Centre.X, y - shape.Centre.Y, z - shape.Centre.Z))
                            .Zip(grid.Shape.Centre, (away, centre) => away + centre);
                        long to = shape.Index(z, y, x);
                        (values[2 * to], values[(2 * to) + 1]) = field.At(at, weights);
                        insideNew[to] = Share(inside, grid.Shape, at) >= 0.5;
                    }
                }
            }
        );

        using Tensor flags = tensor(insideNew, dtype: ScalarType.Bool);
        return new OrthogonalObject(
            new ComplexVolume(values, shape.Depth, shape.Height, shape.Width).ToTensor(),
            flags.reshape(shape.Depth, shape.Height, shape.Width)
        )
        {
            VoxelNanometres = voxel,
            Frame = frame,
            FromLaboratory = turn,
            ScatteringVector = turn.Apply(grid.ScatteringVector),
        };
    }

    private static Matrix3 Turn(ObjectGrid grid, ObjectFrame frame) =>
        frame == ObjectFrame.Crystal ? ToCrystal(grid.ScatteringVector) : Matrix3.Identity;

    // From voxels of the new frame to steps on the grid.
    private static Matrix3 ToGrid(ObjectGrid grid, Matrix3 turn, double voxel) =>
        grid.DirectSteps.Inverse().Times(turn.Transposed()).Scaled(voxel);

    // The smallest turn that brings a vector along y.
    private static Matrix3 ToCrystal(Vector3D vector)
    {
        Vector3D up = new(0, 1, 0);
        Vector3D axis = vector.Unit.Cross(up);
        double angle = Math.Atan2(axis.Length, vector.Unit.Dot(up));
        return Matrix3.Rotation(axis.Length > 1e-12 ? axis.Unit : new(1, 0, 0), angle);
    }

    private static Shape3 Shape(bool[] inside, Shape3 from, Matrix3 toNew, double voxel)
    {
        if (!inside.Contains(true))
        {
            throw new ArgumentException("the support is empty");
        }

        return Lengths(
            Enumerable
                .Range(0, inside.Length)
                .Where(i => inside[i])
                .Select(i => toNew.ToPlace(from.Place(i).Zip(from.Centre, (at, centre) => (double)(at - centre)))),
            voxel
        );
    }

    // Of a volume that holds these places: odd, so that the centre is the middle, with the margin on the farther side.
    private static Shape3 Lengths(IEnumerable<Vector3D> places, double voxel)
    {
        Axes3<double> farthest = default;
        foreach (Vector3D at in places)
        {
            farthest = new(
                Math.Max(farthest.Z, Math.Abs(at.Z)),
                Math.Max(farthest.Y, Math.Abs(at.Y)),
                Math.Max(farthest.X, Math.Abs(at.X))
            );
        }

        Axes3<double> lengths = farthest.Select(distance => (2 * Math.Ceiling(distance + Margin)) + 1);
        return lengths.Z * lengths.Y * lengths.X <= MostVoxels
            ? new((int)lengths.Z, (int)lengths.Y, (int)lengths.X)
            : throw new InputException(
                $"voxels of {voxel:g3} nm make a volume of {lengths.Z:g} x {lengths.Y:g} x {lengths.X:g}, which is too "
                    + "large: check rocking step, distance and pixel"
            );
    }

    // Takes away the Fourier terms that lie outside the new grid's band: |q| along a new axis above pi / voxel.
    private static Tensor Antialiased(Tensor psi, ObjectGrid grid, Matrix3 turn, double voxel)
    {
        Matrix3 steps = turn.Times(grid.ReciprocalSteps);
        using var scope = NewDisposeScope();
        Tensor? kept = null;
        foreach (Vector3D row in new[] { steps.A, steps.B, steps.C })
        {
            // What a step along each axis of the pattern adds to this component of q.
            Axes3<double> along = new(row.X, row.Y, row.Z);
            double reach = along.Zip(grid.Shape.Lengths, (step, length) => Math.Abs(step) * length / 2).ToArray().Sum();
            // Half a step of the pattern is not worth a second transform.
            if (reach > (Math.PI / voxel) + (0.5 * along.ToArray().Max(Math.Abs)))
            {
                Tensor[] q = [.. Enumerable.Range(0, 3).Select(axis => Steps(grid, axis, along, psi.device))];
                Tensor band = q[0].Plus(q[1]).Plus(q[2]).abs().IsAbove(Math.PI / voxel).logical_not();
                kept = kept is null ? band : kept.logical_and(band);
            }
        }

        return kept is null
            ? psi.alias().MoveToOuterDisposeScope()
            : ForwardModel.PropagateBack(ForwardModel.Propagate(psi) * kept).MoveToOuterDisposeScope();
    }

    private static Tensor Steps(ObjectGrid grid, int axis, Axes3<double> along, Device device)
    {
        long[] shape = [1, 1, 1];
        shape[axis] = grid.Shape[axis];
        return TensorArithmetic
            .Indices(grid.Shape[axis], ScalarType.Float64, device)
            .Minus(grid.Shape[axis] / 2)
            .Times(along[axis])
            .reshape(shape);
    }

    // The share of the support at a place, trilinear.
    private static double Share(bool[] inside, Shape3 shape, Axes3<double> at)
    {
        (int z, int y, int x) = ((int)Math.Floor(at.Z), (int)Math.Floor(at.Y), (int)Math.Floor(at.X));
        double share = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            (int k, int j, int i) = (z + (corner >> 2), y + ((corner >> 1) & 1), x + (corner & 1));
            if (shape.Contains(k, j, i) && inside[shape.Index(k, j, i)])
            {
                share += (1 - Math.Abs(at.Z - k)) * (1 - Math.Abs(at.Y - j)) * (1 - Math.Abs(at.X - i));
            }
        }

        return share;
    }
}
