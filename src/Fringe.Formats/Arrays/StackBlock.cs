namespace Fringe.Formats.Arrays;

/// <summary>A block of a stack: some frames, and of them some rows and columns.</summary>
/// <param name="Start">First frame, row and column.</param>
/// <param name="Count">Frames, rows and columns.</param>
internal sealed record StackBlock(IReadOnlyList<long> Start, IReadOnlyList<long> Count)
{
    /// <summary>Whole frames.</summary>
    /// <param name="shape">Of the stack: frames, rows, columns.</param>
    /// <param name="first">First frame.</param>
    /// <param name="frames">How many.</param>
    public static StackBlock Frames(IReadOnlyList<long> shape, long first, long frames) =>
        new([first, 0, 0], [frames, shape[1], shape[2]]);

    /// <summary>Copies the rows and columns of a whole frame to the block's place of it.</summary>
    /// <param name="frame">C order.</param>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="index">Of the frame within the block.</param>
    /// <param name="block">C order, of the block's size.</param>
    public void Cut(ReadOnlySpan<float> frame, int width, int index, Span<float> block)
    {
        (int rows, int columns) = ((int)Count[1], (int)Count[2]);
        for (int row = 0; row < rows; row++)
        {
            frame
                .Slice((((int)Start[1] + row) * width) + (int)Start[2], columns)
                .CopyTo(block[(((index * rows) + row) * columns)..]);
        }
    }
}
