using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>Where a run begins, and the name under which its outcome stands.</summary>
public abstract class Start
{
    private protected Start(string origin)
    {
        Origin = origin;
    }

    /// <summary>Where the start is from: "random 3", "network", "given", "before".</summary>
    public string Origin { get; }

    /// <summary>Random amplitudes and phases inside the method's first support.</summary>
    /// <param name="seed">Of the numbers; the origin names it.</param>
    public static Start Random(int seed) => new RandomStart(seed);

    /// <summary>An object that is known.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, in the pattern's frame, of any scale; borrowed for as long as the start.</param>
    /// <param name="origin">Where it is from, for the outcome.</param>
    /// <param name="support">bool or float32, same shape, not 0 inside; borrowed; null = drawn loosely round the object.</param>
    /// <param name="coherenceWidths">
    /// Of a blur of the intensity that is known to be there: standard deviations along z, y, x, voxels; null = not known.
    /// </param>
    /// <exception cref="ArgumentException">Wrong dtype or shapes.</exception>
    public static Start From(
        Tensor psi,
        string origin,
        Tensor? support = null,
        IReadOnlyList<double>? coherenceWidths = null
    ) => new GivenStart(psi, origin, support, coherenceWidths);
}
