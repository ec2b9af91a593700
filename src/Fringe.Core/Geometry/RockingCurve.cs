using Fringe.Core.Diffraction;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Geometry;

/// <summary>What a detector sees of an object on cubic voxels while the sample rocks: its far field at the exact q of every voxel.</summary>
public static class RockingCurve
{
    /// <param name="psi">
    /// complex64 <c>[z, y, x]</c>, centred, laboratory frame, as the sample stands at the peak's frame; the object fills at most half of
    /// each axis, so that its far field is smooth between the grid's points; borrowed.
    /// </param>
    /// <param name="voxelNanometres">Edge of its voxels.</param>
    /// <param name="peak">The geometry.</param>
    /// <param name="shape">Frames, rows, columns.</param>
    /// <param name="cancellation">Looked at once a frame.</param>
    /// <returns>float32 <c>[frame, row, column]</c>: |F|^2, 0 beyond what the voxels can hold.</returns>
    public static RealVolume Of(
        Tensor psi,
        double voxelNanometres,
        BraggPeak peak,
        IReadOnlyList<int> shape,
        CancellationToken cancellation = default
    )
    {
        using Tensor far = ForwardModel.Propagate(psi);
        int[] size = [.. psi.shape.Select(length => (int)length)];
        BandLimitedField field = new(far, [.. Enumerable.Repeat(true, size[0] * size[1] * size[2])]);
        Vector3D perStep = voxelNanometres / (2 * Math.PI) * new Vector3D(size[0], size[1], size[2]);
        float[] intensity = new float[shape[0] * shape[1] * shape[2]];
        Parallel.For(
            0,
            shape[0],
            new ParallelOptions { CancellationToken = cancellation },
            frame =>
            {
                double[] weights = new double[BandLimitedField.Weights];
                for (int row = 0; row < shape[1]; row++)
                {
                    for (int column = 0; column < shape[2]; column++)
                    {
                        Vector3D q = peak.Q(new(frame, row, column)) - peak.ScatteringVector;
                        Vector3D at = new(
                            (size[0] / 2) + (q.Z * perStep.X),
                            (size[1] / 2) + (q.Y * perStep.Y),
                            (size[2] / 2) + (q.X * perStep.Z)
                        );
                        (float real, float imaginary) = field.At(at, weights);
                        intensity[(((frame * shape[1]) + row) * shape[2]) + column] =
                            (real * real) + (imaginary * imaginary);
                    }
                }
            }
        );
        return new RealVolume(intensity, shape[0], shape[1], shape[2]);
    }
}
