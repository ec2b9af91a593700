using Fringe.App.Pictures.Panels;

namespace Fringe.Tests.App.Pictures.Panels;

public sealed class EmptySpaceTests
{
    private const int Depth = 9;
    private const int Height = 12;
    private const int Width = 15;

    // Against the definition: the nearest cell with a dense corner, by the axis on which it is farthest.
    [Fact]
    public void From_EveryCell_IsNoFartherThanTheNearestDenseOne()
    {
        Random random = new(3);
        float[] values = new float[Depth * Height * Width];
        for (int i = 0; i < 6; i++)
        {
            values[random.Next(values.Length)] = 1;
        }

        int[][] dense = [.. Cells(0).Where(cell => IsDense(values, cell))];
        EmptySpace empty = new(values, [Depth, Height, Width], dense: 0.5);

        Assert.InRange(dense.Length, 8, 48);
        foreach (int[] cell in Cells(4))
        {
            int nearest = dense.Min(other => cell.Zip(other, (a, b) => Math.Abs(a - b)).Max());
            int found = empty.From(cell[2], cell[1], cell[0]);
            bool isInside = cell.Zip([Depth, Height, Width], (at, length) => at >= 0 && at < length - 1).All(on => on);
            Assert.True(isInside ? found == nearest : found >= 1 && found <= nearest);
        }
    }

    [Fact]
    public void From_NothingDense_IsFarFromAll()
    {
        EmptySpace empty = new(new float[Depth * Height * Width], [Depth, Height, Width], dense: 0.5);

        Assert.All(Cells(0), cell => Assert.Equal(byte.MaxValue, empty.From(cell[2], cell[1], cell[0])));
    }

    [Fact]
    public void From_FlatVolume_HasNoCells() =>
        Assert.Equal(byte.MaxValue, new EmptySpace([1, 1], [1, 1, 2], 0.5).From(0, 0, 0));

    private static IEnumerable<int[]> Cells(int beyond) =>
        from z in Enumerable.Range(-beyond, Depth - 1 + (2 * beyond))
        from y in Enumerable.Range(-beyond, Height - 1 + (2 * beyond))
        from x in Enumerable.Range(-beyond, Width - 1 + (2 * beyond))
        select new[] { z, y, x };

    private static bool IsDense(float[] values, int[] cell) =>
        Enumerable
            .Range(0, 8)
            .Any(corner =>
                values[
                    (((cell[0] + (corner >> 2)) * Height) + cell[1] + ((corner >> 1) & 1)) * Width
                        + cell[2]
                        + (corner & 1)
                ] >= 0.5f
            );
}
