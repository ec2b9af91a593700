using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>Frames without a count among frames that have many.</summary>
internal static class EmptyFrames
{
    // Counts of the frames about an empty one, from which on chance does not empty it.
    private const double FewCounts = 20;

    // At the ends of the curve, where the true one may fall off between two frames.
    private const double ManyCounts = 1000;

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="measured">Frames that were measured.</param>
    /// <param name="hidden">Pixels that hold no counts.</param>
    public static int[] Find(RealVolume stack, int[] measured, bool[] hidden)
    {
        double[] counts = FrameLoop.Of(measured.Length, i => Counts(Frame(measured[i]), hidden));
        List<int> lost = [];
        for (int i = 0; i < measured.Length; i++)
        {
            if (counts[i] > 0)
            {
                continue;
            }

            int before = Array.FindLastIndex(counts, i, count => count > 0);
            int after = Array.FindIndex(counts, i, count => count > 0);
            int[] about = [.. new[] { before, after }.Where(neighbour => neighbour >= 0)];
            double least = about.Select(neighbour => counts[neighbour]).DefaultIfEmpty(0).Min();
            // An intensity without noise may well be 0 throughout a frame, between two fringes.
            if (
                least >= (about.Length == 2 ? FewCounts : ManyCounts)
                && about.All(neighbour => PhotonNoise.IsIn(Frame(measured[neighbour]), hidden, stack.Width))
            )
            {
                lost.Add(measured[i]);
            }
        }

        return [.. lost];

        ReadOnlySpan<float> Frame(int frame) => stack.Values.AsSpan(frame * hidden.Length, hidden.Length);
    }

    // Behind an absorber that was divided out the least number is one photon.
    private static double Counts(ReadOnlySpan<float> frame, bool[] hidden)
    {
        (double sum, float least) = (0, float.PositiveInfinity);
        for (int pixel = 0; pixel < hidden.Length; pixel++)
        {
            float value = frame[pixel];
            if (!hidden[pixel] && value > 0 && float.IsFinite(value))
            {
                sum += value;
                least = Math.Min(least, value);
            }
        }

        return sum == 0 ? 0 : sum / Math.Max(1, least);
    }
}
