using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>Voxels that all hold the largest count of a stack: no crystal has a flat top, a saturated detector has.</summary>
/// <param name="Counts">That they hold.</param>
/// <param name="Voxels">How many do.</param>
public sealed record FlatTop(double Counts, int Voxels)
{
    private const float LeastCounts = 1000;

    // Eight are what a symmetric pattern without noise may have, and then the next number has as many.
    private const int FewestVoxels = 9;
    private const int FewestAlone = 5;
    private const int MostOfNext = 2;

    // Of the largest count: from there on a frame's own top is looked at.
    private const double LeastShare = 0.5;
    private const int FewestOfCode = 2;
    private const int FewestUncountable = 1;

    /// <summary>The least number that is the flat top of a frame: below the others where frames were divided by a monitor.</summary>
    public double Least { get; init; } = Counts;

    /// <summary>Whether so many bits hold no larger number, so that they are saturated for sure.</summary>
    internal bool IsCode => GapPixels.IsCode((float)Counts);

    /// <summary>Of a stack; null where its top is not flat.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="masked">Pixels of a frame, by its index, that hold no count; empty = the frame holds none at all.</param>
    /// <param name="saturation">Counts from which on nothing is looked at; null = all are.</param>
    internal static FlatTop? Find(RealVolume stack, Func<int, ReadOnlyMemory<bool>> masked, double? saturation = null)
    {
        int pixels = stack.Height * stack.Width;
        double limit = saturation ?? double.PositiveInfinity;
        Top[] tops = FrameLoop.Of(
            stack.Depth,
            frame => OfFrame(stack.Values.AsSpan(frame * pixels, pixels), masked(frame).Span, limit)
        );
        float largest = tops.Max(top => top.Counts);
        FlatTop all = new(largest, tops.Sum(top => top.VoxelsOf(largest)));
        float next = tops.Max(top => top.Counts < largest ? top.Counts : top.Next);
        bool isFlat =
            largest >= GapPixels.Uncountable ? all.Voxels >= FewestUncountable
            : all.IsCode ? all.Voxels >= FewestOfCode
            : all.Voxels >= FewestVoxels
                || (all.Voxels >= FewestAlone && tops.Sum(top => top.VoxelsOf(next)) <= MostOfNext);
        return largest >= LeastCounts && isFlat
            ? all with
            {
                Least = tops.Where(top =>
                        top.Voxels >= FewestAlone && top.Counts >= Math.Max(LeastCounts, LeastShare * largest)
                    )
                    .Select(top => top.Counts)
                    .DefaultIfEmpty(largest)
                    .Min(),
            }
            : null;
    }

    private static Top OfFrame(ReadOnlySpan<float> values, ReadOnlySpan<bool> masked, double limit)
    {
        Top top = new(0, 0, 0, 0);
        for (int pixel = 0; pixel < masked.Length; pixel++)
        {
            float value = values[pixel];
            if (value < top.Next || !(value < limit) || !float.IsFinite(value) || masked[pixel])
            {
                continue;
            }

            top =
                value > top.Counts ? new(value, 1, top.Counts, top.Voxels)
                : value == top.Counts ? top with { Voxels = top.Voxels + 1 }
                : value > top.Next ? top with { Next = value, VoxelsOfNext = 1 }
                : top with { VoxelsOfNext = top.VoxelsOfNext + 1 };
        }

        return top;
    }

    /// <summary>The largest number of a frame, and the next.</summary>
    private readonly record struct Top(float Counts, int Voxels, float Next, int VoxelsOfNext)
    {
        public int VoxelsOf(float counts) =>
            counts == Counts ? Voxels
            : counts == Next ? VoxelsOfNext
            : 0;
    }
}
