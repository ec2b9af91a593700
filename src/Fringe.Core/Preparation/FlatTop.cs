using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>Voxels that all hold the largest count of a stack: no crystal has a flat top, a saturated detector has.</summary>
/// <param name="Counts">That they hold.</param>
/// <param name="Voxels">How many do.</param>
public sealed record FlatTop(double Counts, int Voxels)
{
    private const float LeastCounts = 1000;

    // Eight are what a symmetric pattern without noise may have.
    private const int FewestVoxels = 9;
    private const int FewestOfCode = 2;
    private const int FewestUncountable = 1;

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
        FlatTop[] tops = FrameLoop.Of(
            stack.Depth,
            frame => OfFrame(stack.Values.AsSpan(frame * pixels, pixels), masked(frame).Span, limit)
        );
        double largest = tops.Max(top => top.Counts);
        FlatTop all = new(largest, tops.Where(top => top.Counts == largest).Sum(top => top.Voxels));
        int fewest =
            !all.IsCode ? FewestVoxels
            : largest >= GapPixels.Uncountable ? FewestUncountable
            : FewestOfCode;
        return largest >= LeastCounts && all.Voxels >= fewest ? all : null;
    }

    private static FlatTop OfFrame(ReadOnlySpan<float> values, ReadOnlySpan<bool> masked, double limit)
    {
        float largest = 0;
        int voxels = 0;
        for (int pixel = 0; pixel < masked.Length; pixel++)
        {
            float value = values[pixel];
            if (value >= largest && value < limit && float.IsFinite(value) && !masked[pixel])
            {
                voxels = value > largest ? 1 : voxels + 1;
                largest = value;
            }
        }

        return new FlatTop(largest, voxels);
    }
}
