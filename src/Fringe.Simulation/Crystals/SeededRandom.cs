namespace Fringe.Simulation.Crystals;

/// <summary>
/// Random numbers that follow from a seed, the same on every machine and runtime: SplitMix64 (Steele, Lea and Flood,
/// OOPSLA 2014, Fig. 16).
/// </summary>
internal sealed class SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Which of the seed's streams: crystal and attempt.</param>
    public SeededRandom(long seed, params ReadOnlySpan<int> stream)
    {
        state = Mix((ulong)seed + Golden);
        foreach (int part in stream)
        {
            state = Mix(state ^ Mix((ulong)part + Golden));
        }
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [least, most).</summary>
    public double Between(double least, double most) => least + ((most - least) * Unit());

    /// <summary>Uniform among whole numbers, both ends included.</summary>
    public int Whole(int least, int most) => least + (int)(Unit() * ((long)most - least + 1));

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    private ulong Next()
    {
        state += Golden;
        return Mix(state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
