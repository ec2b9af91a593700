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
}
