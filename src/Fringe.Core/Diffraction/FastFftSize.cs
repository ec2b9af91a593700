namespace Fringe.Core.Diffraction;

/// <summary>Lengths that Fourier transform fast: even, with no prime factor above 5.</summary>
public static class FastFftSize
{
    /// <summary>The smallest fast length that is not shorter.</summary>
    public static int AtLeast(int length)
    {
        int candidate = Math.Max(2, length + (length % 2));
        while (!IsFast(candidate))
        {
            candidate += 2;
        }

        return candidate;
    }

    private static bool IsFast(int length)
    {
        foreach (int prime in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (length % prime == 0)
            {
                length /= prime;
            }
        }

        return length == 1;
    }
}
