using Fringe.Core.Preparation;
using Fringe.Core.Volumes;

namespace Fringe.Tests.Core.Preparation;

/// <summary>Small measured stacks.</summary>
internal static class Stacks
{
    /// <summary>The far field of a box, peak at <paramref name="peak"/>, whole photons; cut off at the faces.</summary>
    /// <param name="shape">Lengths of the stack.</param>
    /// <param name="peak">Index of the maximum.</param>
    /// <param name="box">Edges of the box; the oversampling ratio is shape over box.</param>
    /// <param name="brightest">Photons at the maximum.</param>
    public static RealVolume Peak(int[] shape, int[] peak, double[] box, double brightest)
    {
        float[] values = new float[shape[0] * shape[1] * shape[2]];
        for (int i = 0; i < values.Length; i++)
        {
            int[] at = [i / (shape[1] * shape[2]), i / shape[2] % shape[1], i % shape[2]];
            double value = brightest;
            for (int axis = 0; axis < 3; axis++)
            {
                double turn = Math.PI * (at[axis] - peak[axis]) * box[axis] / shape[axis];
                value *= turn == 0 ? 1 : Math.Pow(Math.Sin(turn) / turn, 2);
            }

            values[i] = (float)Math.Round(value);
        }

        return new RealVolume(values, shape[0], shape[1], shape[2]);
    }

    /// <summary>All voxels alike.</summary>
    public static RealVolume Flat(int depth, int height, int width, float value)
    {
        float[] values = new float[depth * height * width];
        Array.Fill(values, value);
        return new RealVolume(values, depth, height, width);
    }

    /// <summary>Nothing masked; a copy.</summary>
    public static WorkingStack Working(RealVolume volume) =>
        new([.. volume.Values], new bool[volume.Values.Length], volume.Depth, volume.Height, volume.Width);

    public static PreparedPattern Prepare(RealVolume stack, PreparationOptions options) =>
        PatternPreparer.Prepare(stack, new Corrections(), options, TestContext.Current.CancellationToken);
}
