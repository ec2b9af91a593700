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
    /// <param name="measured">Whether a voxel holds a count, by its index.</param>
    internal static FlatTop? Find(RealVolume stack, Func<int, bool> measured)
    {
        float largest = 0;
        int voxels = 0;
        for (int i = 0; i < stack.Values.Length; i++)
        {
            float value = stack.Values[i];
            if (value >= largest && float.IsFinite(value) && measured(i))
            {
                voxels = value > largest ? 1 : voxels + 1;
                largest = value;
            }
        }

        FlatTop top = new(largest, voxels);
        int fewest =
            !top.IsCode ? FewestVoxels
            : largest >= GapPixels.Uncountable ? FewestUncountable
            : FewestOfCode;
        return largest >= LeastCounts && voxels >= fewest ? top : null;
    }
}
