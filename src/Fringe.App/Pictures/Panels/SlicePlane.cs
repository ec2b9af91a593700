namespace Fringe.App.Pictures.Panels;

/// <summary>One of the three planes through a volume <c>[z, y, x]</c>; axes are numbered 0, 1, 2 in that order.</summary>
/// <param name="Fixed">The axis across the plane.</param>
/// <param name="Row">The axis drawn upwards.</param>
/// <param name="Column">The axis drawn to the right.</param>
internal sealed record SlicePlane(int Fixed, int Row, int Column)
{
    /// <summary>x-y, x-z and y-z.</summary>
    public static IReadOnlyList<SlicePlane> All { get; } = [new(0, 1, 2), new(1, 0, 2), new(2, 0, 1)];

    /// <summary>"x–y plane at z = 32".</summary>
    public string Describe(int at) => Describe($"{at}");

    /// <summary>The same with the place in words: "12.5 nm".</summary>
    public string Describe(string at) => $"{AxisName(Column)}–{AxisName(Row)} plane, {AxisName(Fixed)} = {at}";

    public static string AxisName(int axis) =>
        axis switch
        {
            0 => "z",
            1 => "y",
            _ => "x",
        };

    /// <summary>Takes the slice <paramref name="at"/> of a window out of a volume.</summary>
    /// <param name="shape">Depth, height, width of the volume.</param>
    /// <param name="box">The window; its range along <see cref="Fixed"/> is ignored.</param>
    /// <param name="at">Index along <see cref="Fixed"/>.</param>
    /// <param name="value">The value at a flat index in C order.</param>
    /// <returns>Rows and columns of the slice; row 0 is the lowest index.</returns>
    public double[,] Extract(int[] shape, VolumeBox box, int at, Func<long, double> value)
    {
        double[,] slice = new double[box.Count[Row], box.Count[Column]];
        long[] strides = [(long)shape[1] * shape[2], shape[2], 1];
        for (int row = 0; row < slice.GetLength(0); row++)
        {
            for (int column = 0; column < slice.GetLength(1); column++)
            {
                slice[row, column] = value(
                    (at * strides[Fixed])
                        + ((box.Start[Row] + row) * strides[Row])
                        + ((box.Start[Column] + column) * strides[Column])
                );
            }
        }

        return slice;
    }
}
