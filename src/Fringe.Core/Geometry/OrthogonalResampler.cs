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
        double voxel = grid.VoxelNanometres.Min();
        double[] toNew = Matrix3.Inverse(ToGrid(grid, Turn(grid, frame), voxel));
        _ = Lengths(
            Enumerable
                .Range(0, 8)
                .Select(corner =>
                    Matrix3.Apply(
                        toNew,
                        new(
                            ((corner & 1) - 0.5) * grid.Shape[0] / 4,
                            ((corner >> 1 & 1) - 0.5) * grid.Shape[1] / 4,
                            ((corner >> 2) - 0.5) * grid.Shape[2] / 4
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
        if (!psi.shape.SequenceEqual(grid.Shape.Select(length => (long)length)))
        {
            throw new ArgumentException("the object does not stand on the grid");
        }

        double voxel = voxelNanometres ?? grid.VoxelNanometres.Min();
        if (!(voxel > 0) || !double.IsFinite(voxel))
        {
            throw new InputException($"a voxel of {voxel} nm: give a length above 0");
        }

        double[] turn = Turn(grid, frame);
        double[] toGrid = ToGrid(grid, turn, voxel);
        bool[] inside = support.ToBooleans();
        int[] shape = Shape(inside, grid.Shape, Matrix3.Inverse(toGrid), voxel);
        using Tensor held = Antialiased(psi, grid, turn, voxel);
        BandLimitedField field = new(held, inside);
        float[] values = new float[2L * shape[0] * shape[1] * shape[2]];
        bool[] insideNew = new bool[values.Length / 2];
        Parallel.For(
            0,
            shape[0],
            new ParallelOptions { CancellationToken = cancellation },
            z =>
            {
                double[] weights = new double[BandLimitedField.Weights];
                for (int y = 0; y < shape[1]; y++)
                {
                    for (int x = 0; x < shape[2]; x++)
                    {
                        Vector3D away = Matrix3.Apply(
                            toGrid,
                            new(x - (shape[2] / 2), y - (shape[1] / 2), z - (shape[0] / 2))
                        );
                        Vector3D at = away + new Vector3D(grid.Shape[0] / 2, grid.Shape[1] / 2, grid.Shape[2] / 2);
                        long to = ((((long)z * shape[1]) + y) * shape[2]) + x;
                        (values[2 * to], values[(2 * to) + 1]) = field.At(at, weights);
                        insideNew[to] = Share(inside, grid.Shape, at) >= 0.5;
                    }
                }
            }
        );

        using Tensor flags = tensor(insideNew, dtype: ScalarType.Bool);
        return new OrthogonalObject(
            new ComplexVolume(values, shape[0], shape[1], shape[2]).ToTensor(),
            flags.reshape(shape[0], shape[1], shape[2])
        )
        {
            VoxelNanometres = voxel,
            Frame = frame,
            FromLaboratory = turn,
            ScatteringVector = Matrix3.Apply(turn, grid.ScatteringVector),
        };
    }

    private static double[] Turn(ObjectGrid grid, ObjectFrame frame) =>
        frame == ObjectFrame.Crystal ? ToCrystal(grid.ScatteringVector) : [1, 0, 0, 0, 1, 0, 0, 0, 1];

    // From voxels (x, y, z) of the new frame to steps (z, y, x) on the grid.
    private static double[] ToGrid(ObjectGrid grid, double[] turn, double voxel) =>
        [
            .. Matrix3
                .Multiply(Matrix3.Inverse([.. grid.DirectSteps]), Matrix3.Transpose(turn))
                .Select(value => value * voxel),
        ];

    // The smallest turn that brings a vector along y.
    private static double[] ToCrystal(Vector3D vector)
    {
        Vector3D up = new(0, 1, 0);
        Vector3D axis = vector.Unit.Cross(up);
        double angle = Math.Atan2(axis.Length, vector.Unit.Dot(up));
        return Matrix3.Rotation(axis.Length > 1e-12 ? axis.Unit : new(1, 0, 0), angle);
    }

    private static int[] Shape(bool[] inside, IReadOnlyList<int> from, double[] toNew, double voxel)
    {
        if (!inside.Contains(true))
        {
            throw new ArgumentException("the support is empty");
        }

        return Lengths(
            Enumerable
                .Range(0, inside.Length)
                .Where(i => inside[i])
                .Select(i =>
                {
                    (int z, int y, int x) = (i / (from[1] * from[2]), i / from[2] % from[1], i % from[2]);
                    return Matrix3.Apply(toNew, new(z - (from[0] / 2), y - (from[1] / 2), x - (from[2] / 2)));
                }),
            voxel
        );
    }

    // Of a volume that holds these places: odd, so that the centre is the middle, with the margin on the farther side.
    private static int[] Lengths(IEnumerable<Vector3D> places, double voxel)
    {
        double[] farthest = [0, 0, 0];
        foreach (Vector3D at in places)
        {
            farthest[0] = Math.Max(farthest[0], Math.Abs(at.Z));
            farthest[1] = Math.Max(farthest[1], Math.Abs(at.Y));
            farthest[2] = Math.Max(farthest[2], Math.Abs(at.X));
        }

        double[] lengths = [.. farthest.Select(distance => (2 * Math.Ceiling(distance + Margin)) + 1)];
        return lengths[0] * lengths[1] * lengths[2] <= MostVoxels
            ? [.. lengths.Select(length => (int)length)]
            : throw new InputException(
                $"voxels of {voxel:g3} nm make a volume of {lengths[0]:g} x {lengths[1]:g} x {lengths[2]:g}, which is too "
                    + "large: check rocking step, distance and pixel"
            );
    }

    // Takes away the Fourier terms that lie outside the new grid's band: |q| along a new axis above pi / voxel.
    private static Tensor Antialiased(Tensor psi, ObjectGrid grid, double[] turn, double voxel)
    {
        double[] steps = Matrix3.Multiply(turn, [.. grid.ReciprocalSteps]);
        using var scope = NewDisposeScope();
        Tensor? kept = null;
        for (int component = 0; component < 3; component++)
        {
            double[] along = [.. Enumerable.Range(0, 3).Select(axis => steps[(3 * component) + axis])];
            double reach = along.Select((step, axis) => Math.Abs(step) * grid.Shape[axis] / 2).Sum();
            // Half a step of the pattern is not worth a second transform.
            if (reach > (Math.PI / voxel) + (0.5 * along.Max(Math.Abs)))
            {
                Tensor q = Steps(grid, 0, along).Plus(Steps(grid, 1, along)).Plus(Steps(grid, 2, along));
                Tensor band = q.abs().IsAbove(Math.PI / voxel).logical_not();
                kept = kept is null ? band : kept.logical_and(band);
            }
        }

        return kept is null
            ? psi.alias().MoveToOuterDisposeScope()
            : ForwardModel.PropagateBack(ForwardModel.Propagate(psi) * kept).MoveToOuterDisposeScope();
    }

    private static Tensor Steps(ObjectGrid grid, int axis, double[] along)
    {
        long[] shape = [1, 1, 1];
        shape[axis] = grid.Shape[axis];
        return TensorArithmetic
            .Indices(grid.Shape[axis], ScalarType.Float64)
            .Minus(grid.Shape[axis] / 2)
            .Times(along[axis])
            .reshape(shape);
    }

    // The share of the support at a place, trilinear.
    private static double Share(bool[] inside, IReadOnlyList<int> shape, Vector3D at)
    {
        (int z, int y, int x) = ((int)Math.Floor(at.X), (int)Math.Floor(at.Y), (int)Math.Floor(at.Z));
        double share = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            (int k, int j, int i) = (z + (corner >> 2), y + ((corner >> 1) & 1), x + (corner & 1));
            bool isWithin = k >= 0 && k < shape[0] && j >= 0 && j < shape[1] && i >= 0 && i < shape[2];
            if (isWithin && inside[(((k * shape[1]) + j) * shape[2]) + i])
            {
                share += (1 - Math.Abs(at.X - k)) * (1 - Math.Abs(at.Y - j)) * (1 - Math.Abs(at.Z - i));
            }
        }

        return share;
    }
}
