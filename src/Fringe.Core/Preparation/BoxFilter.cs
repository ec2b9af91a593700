namespace Fringe.Core.Preparation;

/// <summary>Sums over a cube about each voxel, zeros beyond the faces, by running sums along each axis.</summary>
internal static class BoxFilter
{
    /// <param name="values">C order, <c>[z, y, x]</c>; left as they are.</param>
    /// <param name="shape">Lengths of z, y, x.</param>
    /// <param name="radius">The cube's edge is <c>2 radius + 1</c>.</param>
    public static float[] Sum(float[] values, int[] shape, int radius)
    {
        float[] result = Along(values, shape[0] * shape[1], shape[2], 1, shape[2], radius);
        for (int z = 0; z < shape[0]; z++)
        {
            AlongInner(result, z * shape[1] * shape[2], shape[1], shape[2], radius);
        }

        AlongInner(result, 0, shape[0], shape[1] * shape[2], radius);
        return result;
    }

    private static float[] Along(float[] values, int rows, int length, int step, int pitch, int radius)
    {
        float[] result = new float[values.Length];
        for (int row = 0; row < rows; row++)
        {
            int start = row * pitch;
            double sum = 0;
            for (int i = 0; i < Math.Min(radius, length); i++)
            {
                sum += values[start + (i * step)];
            }

            for (int i = 0; i < length; i++)
            {
                sum += i + radius < length ? values[start + ((i + radius) * step)] : 0;
                sum -= i - radius - 1 >= 0 ? values[start + ((i - radius - 1) * step)] : 0;
                result[start + (i * step)] = (float)sum;
            }
        }

        return result;
    }

    // In place along an outer axis: whole inner rows are added and removed, so memory is read in order.
    private static void AlongInner(float[] values, int start, int length, int inner, int radius)
    {
        float[] copy = values.AsSpan(start, length * inner).ToArray();
        double[] sum = new double[inner];
        for (int i = 0; i < Math.Min(radius, length); i++)
        {
            Accumulate(sum, copy, i * inner, 1);
        }

        for (int i = 0; i < length; i++)
        {
            if (i + radius < length)
            {
                Accumulate(sum, copy, (i + radius) * inner, 1);
            }

            if (i - radius - 1 >= 0)
            {
                Accumulate(sum, copy, (i - radius - 1) * inner, -1);
            }

            for (int j = 0; j < inner; j++)
            {
                values[start + (i * inner) + j] = (float)sum[j];
            }
        }
    }

    private static void Accumulate(double[] sum, float[] values, int start, double sign)
    {
        for (int j = 0; j < sum.Length; j++)
        {
            sum[j] += sign * values[start + j];
        }
    }
}
