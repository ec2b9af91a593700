using Fringe.Core.Values;

namespace Fringe.Core.Strain;

/// <summary>A phase without its seams at pi, so that it can be multiplied or shown.</summary>
public static class PhaseUnwrapping
{
    /// <summary>
    /// Follows the phase from the brightest voxel outwards, brightest neighbours first, each within pi of the voxel it was
    /// reached from; parts that no neighbour joins start each at its own brightest voxel.
    /// </summary>
    /// <param name="amplitude"><c>[z, y, x]</c>; where it is 0 there is no phase.</param>
    /// <param name="wrapped">Radians, -pi to pi.</param>
    /// <param name="shape">Of the volume.</param>
    public static double[] Follow(float[] amplitude, double[] wrapped, Shape3 shape)
    {
        double[] phase = [.. wrapped];
        bool[] isReached = new bool[phase.Length];
        int[] brightestFirst = [.. Enumerable.Range(0, phase.Length).Where(i => amplitude[i] > 0)];
        Array.Sort(brightestFirst, (left, right) => Compare(amplitude[right], amplitude[left], left, right));
        PriorityQueue<(int To, int From), float> open = new();
        foreach (int start in brightestFirst)
        {
            open.Enqueue((start, start), 0);
            while (open.TryDequeue(out (int To, int From) next, out _))
            {
                if (isReached[next.To])
                {
                    continue;
                }

                isReached[next.To] = true;
                double turns = Math.Round((phase[next.From] - phase[next.To]) / (2 * Math.PI));
                phase[next.To] += 2 * Math.PI * turns;
                foreach (int neighbour in Neighbours(next.To, shape))
                {
                    if (!isReached[neighbour] && amplitude[neighbour] > 0)
                    {
                        open.Enqueue((neighbour, next.To), -amplitude[neighbour]);
                    }
                }
            }
        }

        return phase;
    }

    /// <summary>
    /// Whether neighbours inside the crystal still differ by more than pi: round a vortex (a dislocation) no phase without a seam
    /// exists.
    /// </summary>
    /// <param name="amplitude"><c>[z, y, x]</c>.</param>
    /// <param name="phase">As <see cref="Follow"/> gives it.</param>
    /// <param name="shape">Of the volume.</param>
    /// <param name="inside">Amplitude from which the phase counts.</param>
    public static bool HasSeam(float[] amplitude, double[] phase, Shape3 shape, double inside) =>
        Enumerable
            .Range(0, phase.Length)
            .Where(i => amplitude[i] >= inside)
            .Any(i => Neighbours(i, shape).Any(j => amplitude[j] >= inside && Math.Abs(phase[i] - phase[j]) > Math.PI));

    // The order of equals is kept, whatever the sort does.
    private static int Compare(float first, float second, int firstIndex, int secondIndex)
    {
        int order = first.CompareTo(second);
        return order != 0 ? order : firstIndex.CompareTo(secondIndex);
    }

    private static IEnumerable<int> Neighbours(int index, Shape3 shape)
    {
        Axes3<int> place = shape.Place(index);
        int[] strides = [shape.Height * shape.Width, shape.Width, 1];
        for (int axis = 0; axis < 3; axis++)
        {
            if (place[axis] > 0)
            {
                yield return index - strides[axis];
            }

            if (place[axis] < shape[axis] - 1)
            {
                yield return index + strides[axis];
            }
        }
    }
}
