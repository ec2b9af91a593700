namespace Fringe.Core.Preparation;

/// <summary>
/// Sums blocks of voxels, on intensities. A block with masked voxels is scaled up by the share that was measured, and
/// masked when less than half was.
/// </summary>
internal static class Binning
{
    /// <param name="stack">Left as it is; a remainder at the end of an axis is dropped.</param>
    /// <param name="bin">Factors along rocking, row, column.</param>
    /// <exception cref="InputException">An axis would become shorter than 2.</exception>
    public static WorkingStack Apply(WorkingStack stack, IReadOnlyList<int> bin)
    {
        if (bin.All(factor => factor == 1))
        {
            return stack;
        }

        int depth = stack.Depth / bin[0];
        int height = stack.Height / bin[1];
        int width = stack.Width / bin[2];
        if (Math.Min(depth, Math.Min(height, width)) < 2)
        {
            throw new InputException(
                $"binning {bin[0]},{bin[1]},{bin[2]} leaves {depth} x {height} x {width}: use smaller factors"
            );
        }

        float[] sums = new float[depth * height * width];
        int[] measured = new int[sums.Length];
        for (int z = 0; z < depth * bin[0]; z++)
        {
            for (int y = 0; y < height * bin[1]; y++)
            {
                int from = ((z * stack.Height) + y) * stack.Width;
                int to = (((z / bin[0]) * height) + (y / bin[1])) * width;
                for (int x = 0; x < width * bin[2]; x++)
                {
                    if (!stack.Mask[from + x])
                    {
                        sums[to + (x / bin[2])] += stack.Intensity[from + x];
                        measured[to + (x / bin[2])]++;
                    }
                }
            }
        }

        int block = bin[0] * bin[1] * bin[2];
        bool[] mask = [.. measured.Select(count => 2 * count < block)];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = mask[i] ? 0 : sums[i] * block / measured[i];
        }

        return new WorkingStack(sums, mask, depth, height, width);
    }
}
