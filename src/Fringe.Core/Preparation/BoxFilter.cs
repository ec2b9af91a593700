namespace Fringe.Core.Preparation;

/// <summary>Sums over a cube about each voxel, zeros beyond the faces, by running sums along each axis.</summary>
internal static class BoxFilter
{
    /// <param name="values">C order, <c>[z, y, x]</c>; left as they are.</param>
    /// <param name="shape">Lengths of z, y, x.</param>
    /// <param name="radius">The cube's edge is <c>2 radius + 1</c>.</param>
    public static float[] Sum(float[] values, int[] shape, int radius)
    {
        float[] sums = [.. values];
        SumInPlace(sums, shape, radius);
        return sums;
    }

    /// <param name="values">C order, <c>[z, y, x]</c>; become the sums.</param>
    /// <param name="shape">Lengths of z, y, x.</param>
    /// <param name="radius">The cube's edge is <c>2 radius + 1</c>.</param>
    public static void SumInPlace(float[] values, int[] shape, int radius)
    {
        (int height, int width) = (shape[1], shape[2]);
        int plane = height * width;
        FrameLoop.Run(
            shape[0],
            z =>
            {
                float[] copy = new float[width];
                for (int y = 0; y < height; y++)
                {
                    AlongRow(values.AsSpan((z * plane) + (y * width), width), copy, radius);
                }

                AlongOuter(values, z * plane, height, width, width, radius);
            }
        );
        FrameLoop.Run(height, y => AlongOuter(values, y * width, shape[0], plane, width, radius));
    }

    private static void AlongRow(Span<float> values, float[] copy, int radius)
    {
        values.CopyTo(copy);
        double sum = 0;
        for (int i = 0; i < Math.Min(radius, copy.Length); i++)
        {
            sum += copy[i];
        }

        for (int i = 0; i < copy.Length; i++)
        {
            sum += i + radius < copy.Length ? copy[i + radius] : 0;
            sum -= i - radius - 1 >= 0 ? copy[i - radius - 1] : 0;
            values[i] = (float)sum;
        }
    }

    // Along an outer axis whole inner rows are added and removed, so memory is read in order.
    private static void AlongOuter(float[] values, int start, int length, int step, int inner, int radius)
    {
        float[] copy = new float[length * inner];
        for (int i = 0; i < length; i++)
        {
            values.AsSpan(start + (i * step), inner).CopyTo(copy.AsSpan(i * inner));
        }

        double[] sum = new double[inner];
        for (int i = 0; i < Math.Min(radius, length); i++)
        {
            Accumulate(sum, copy.AsSpan(i * inner, inner), 1);
        }

        for (int i = 0; i < length; i++)
        {
            if (i + radius < length)
            {
                Accumulate(sum, copy.AsSpan((i + radius) * inner, inner), 1);
            }

            if (i - radius - 1 >= 0)
            {
                Accumulate(sum, copy.AsSpan((i - radius - 1) * inner, inner), -1);
            }

            Span<float> row = values.AsSpan(start + (i * step), inner);
            for (int j = 0; j < inner; j++)
            {
                row[j] = (float)sum[j];
            }
        }
    }

    private static void Accumulate(double[] sum, ReadOnlySpan<float> values, double sign)
    {
        for (int j = 0; j < values.Length; j++)
        {
            sum[j] += sign * values[j];
        }
    }
}
