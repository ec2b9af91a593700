namespace Fringe.App.Pictures.Panels;

/// <summary>Means over blocks of an image; NaN counts as missing.</summary>
internal static class BlockMean
{
    /// <summary>Blocks at the far edges may be smaller.</summary>
    public static double[,] Of(double[,] image, int rows, int columns)
    {
        int height = (image.GetLength(0) + rows - 1) / rows;
        int width = (image.GetLength(1) + columns - 1) / columns;
        double[,] means = new double[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                means[y, x] = Mean(image, y * rows, x * columns, rows, columns);
            }
        }

        return means;
    }

    private static double Mean(double[,] image, int top, int left, int rows, int columns)
    {
        double sum = 0;
        int count = 0;
        for (int y = top; y < Math.Min(top + rows, image.GetLength(0)); y++)
        {
            for (int x = left; x < Math.Min(left + columns, image.GetLength(1)); x++)
            {
                if (!double.IsNaN(image[y, x]))
                {
                    sum += image[y, x];
                    count++;
                }
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
