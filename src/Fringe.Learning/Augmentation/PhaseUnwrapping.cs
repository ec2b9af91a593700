namespace Fringe.Learning.Augmentation;

/// <summary>A phase without its seams at pi, so that it can be multiplied.</summary>
internal static class PhaseUnwrapping
{
    /// <summary>
    /// Follows the phase from the brightest voxel outwards, brightest neighbours first, each within pi of the voxel it was
    /// reached from.
    /// </summary>
    /// <param name="amplitude"><c>[z, y, x]</c>; where it is 0 there is no phase.</param>
    /// <param name="wrapped">Radians, -pi to pi.</param>
    /// <param name="length">Voxels along each edge.</param>
    /// <param name="inside">Amplitude above which the phase counts.</param>
    /// <returns>null where neighbours inside the crystal still differ by more than pi: round a vortex (a dislocation) no phase
    /// without a seam exists.</returns>
    public static double[]? Of(float[] amplitude, double[] wrapped, int length, double inside)
    {
        double[] phase = [.. wrapped];
        bool[] isReached = new bool[phase.Length];
        PriorityQueue<(int To, int From), float> open = new();
        int brightest = Array.IndexOf(amplitude, amplitude.Max());
        open.Enqueue((brightest, brightest), 0);
        while (open.TryDequeue(out (int To, int From) next, out _))
        {
            if (isReached[next.To])
            {
                continue;
            }

            isReached[next.To] = true;
            double turns = Math.Round((phase[next.From] - phase[next.To]) / (2 * Math.PI));
            phase[next.To] += 2 * Math.PI * turns;
            foreach (int neighbour in Neighbours(next.To, length))
            {
                if (!isReached[neighbour] && amplitude[neighbour] > 0)
                {
                    open.Enqueue((neighbour, next.To), -amplitude[neighbour]);
                }
            }
        }

        bool hasSeam = Enumerable
            .Range(0, phase.Length)
            .Where(i => amplitude[i] >= inside)
            .Any(i =>
                Neighbours(i, length).Any(j => amplitude[j] >= inside && Math.Abs(phase[i] - phase[j]) > Math.PI)
            );
        return hasSeam ? null : phase;
    }

    private static IEnumerable<int> Neighbours(int index, int length)
    {
        int[] place = [index / (length * length), index / length % length, index % length];
        int[] strides = [length * length, length, 1];
        for (int axis = 0; axis < 3; axis++)
        {
            if (place[axis] > 0)
            {
                yield return index - strides[axis];
            }

            if (place[axis] < length - 1)
            {
                yield return index + strides[axis];
            }
        }
    }
}
