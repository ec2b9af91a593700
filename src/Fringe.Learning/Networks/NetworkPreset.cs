using Fringe.Core;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>The networks that Fringe knows, by name.</summary>
public static class NetworkPreset
{
    private const double DefaultDropout = 0.1;

    /// <summary>Names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [FringeNetwork.Name, CdinnNetwork.Name];

    /// <summary>A new network with random weights; belongs to the caller.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="dropout">For networks that have it.</param>
    /// <param name="seed">Of the weights; the process's own generator is left alone.</param>
    /// <exception cref="InputException">An unknown name.</exception>
    public static PhasingNetwork Create(string name, double dropout = DefaultDropout, long seed = 1)
    {
        using Generator weights = new((ulong)seed);
        return Create(name, dropout, weights);
    }

    /// <summary>The numbers that a network is trained in: bfloat16 where it can, in which cdinn's gradients become no numbers within a few steps.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="isSingle">Whether float32 is asked for.</param>
    public static ScalarType TrainsIn(string name, bool isSingle) =>
        isSingle || name == CdinnNetwork.Name ? ScalarType.Float32 : ScalarType.BFloat16;

    /// <summary>A network whose weights are still to be set, 0 until then; belongs to the caller.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="InputException">An unknown name.</exception>
    internal static PhasingNetwork CreateEmpty(string name) => Create(name, DefaultDropout, weights: null);

    private static PhasingNetwork Create(string name, double dropout, Generator? weights) =>
        name switch
        {
            FringeNetwork.Name => new FringeNetwork(new FringeOptions(), weights),
            CdinnNetwork.Name => new CdinnNetwork(dropout, weights),
            _ => throw new InputException($"'{name}' is no network; choose {string.Join(" or ", Names)}"),
        };
}
