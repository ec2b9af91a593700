using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
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
    public static RealVolume Compute(
        Tensor psi,
        double voxelNanometres,
        BraggPeak peak,
        Shape3 shape,
        CancellationToken cancellation = default
    )
    {
        using Tensor far = ForwardModel.Propagate(psi);
        Shape3 size = Shape3.FromList(psi.shape);
        BandLimitedField field = new(far, [.. Enumerable.Repeat(true, checked((int)size.Volume))]);
        double perVoxel = voxelNanometres / (2 * Math.PI);
        Axes3<double> perStep = size.Lengths.Select(length => perVoxel * length);
        float[] intensity = new float[checked((int)shape.Volume)];
        Parallel.For(
            0,
            shape.Depth,
            ThreadLimit.Options(cancellation),
            frame =>
            {
                double[] weights = new double[BandLimitedField.Weights];
                for (int row = 0; row < shape.Height; row++)
                {
                    for (int column = 0; column < shape.Width; column++)
                    {
                        Vector3D q = peak.Q(new(frame, row, column)) - peak.ScatteringVector;
                        Axes3<double> at = new(
                            size.Centre.Z + (q.Z * perStep.Z),
                            size.Centre.Y + (q.Y * perStep.Y),
                            size.Centre.X + (q.X * perStep.X)
                        );
                        (float real, float imaginary) = field.At(at, weights);
                        intensity[shape.Index(frame, row, column)] = (real * real) + (imaginary * imaginary);
                    }
                }
            }
        );
        return new RealVolume(intensity, shape.Depth, shape.Height, shape.Width);
    }
}
