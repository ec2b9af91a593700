using Fringe.Core.Values;

namespace Fringe.Core.Strain;

/// <summary>
/// Where a crystal is bright enough for its phase to mean something. A support is drawn wide, and where there is next to nothing the
/// phase is noise, full of singularities that are no dislocations.
/// </summary>
internal static class CrystalBody
{
    // Widest dark spot that is still of the crystal, in voxels to each side: a dislocation's core fades to nothing.
    private const int Closing = 2;

    // The crystal's amplitude without its few brightest voxels.
    private const double TypicalRank = 0.95;

    /// <summary>
    /// The voxels of the support that have a share of the crystal's amplitude, with the dark spots between them.
    /// </summary>
    /// <param name="amplitude"><c>[z, y, x]</c>.</param>
    /// <param name="support">Same length.</param>
    /// <param name="shape">Of the volume.</param>
    /// <param name="leastAmplitude">The share, of the 95th percentile over the support.</param>
    public static bool[] Of(double[] amplitude, bool[] support, Shape3 shape, double leastAmplitude)
    {
        double[] ranked = [.. amplitude.Where((_, i) => support[i])];
        Array.Sort(ranked);
        double bound = leastAmplitude * ranked[(int)(TypicalRank * (ranked.Length - 1))];
        bool[] body = [.. amplitude.Select((value, i) => support[i] && value >= bound)];
        for (int pass = 0; pass < Closing; pass++)
        {
            body = Grown(body, shape);
        }

        // What is not the crystal shrinks it back.
        bool[] empty = [.. body.Select(inside => !inside)];
        for (int pass = 0; pass < Closing; pass++)
        {
            empty = Grown(empty, shape);
        }

        return [.. empty.Select((isEmpty, i) => !isEmpty && support[i])];
    }

    // With the six neighbours of each voxel.
    private static bool[] Grown(bool[] body, Shape3 shape)
    {
        SupportGrid grid = new(body, shape);
        return [.. Enumerable.Range(0, body.Length).Select(i => body[i] || grid.HasNeighbour(i))];
    }
}
