using Fringe.Core;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>The networks that Fringe knows, by name.</summary>
public static class NetworkPreset
{
    /// <summary>Names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [FringeNetwork.Name, CdinnNetwork.Name];

    /// <summary>A new network with random weights; belongs to the caller.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="dropout">For networks that have it.</param>
    /// <param name="seed">Of the weights; the process's own generator is left alone.</param>
    /// <exception cref="InputException">An unknown name.</exception>
    public static PhasingNetwork Create(string name, double dropout = 0.1, long seed = 1)
    {
        using Generator weights = new((ulong)seed);
        return name switch
        {
            FringeNetwork.Name => new FringeNetwork(new FringeOptions(), weights),
            CdinnNetwork.Name => new CdinnNetwork(dropout, weights),
            _ => throw new InputException($"'{name}' is no network; choose {string.Join(" or ", Names)}"),
        };
    }
}
