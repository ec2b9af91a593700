using static TorchSharp.torch;

namespace Fringe.Learning.Prediction;

/// <summary>
/// All that a network makes of one measured pattern, from one call of it: starts for phasing and, when asked, what they are worth. Owns its
/// tensors.
/// </summary>
public sealed class NetworkStart : IDisposable
{
    private readonly IReadOnlyList<NetworkPass> passes;

    /// <param name="input">Taken over.</param>
    /// <param name="passes">Best first; their tensors are taken over.</param>
    /// <param name="count">How many of them are starts.</param>
    internal NetworkStart(NetworkInput input, IReadOnlyList<NetworkPass> passes, int count)
    {
        Input = input;
        this.passes = passes;
        Objects = [.. passes.Take(count).Select(pass => input.ToPatternGrid(pass.Object).DetachFromDisposeScope())];
        foreach (NetworkPass pass in passes)
        {
            pass.Object.DetachFromDisposeScope();
        }
    }

    /// <summary>What the network saw.</summary>
    public NetworkInput Input { get; }

    /// <summary>
    /// The objects of the passes that explain the pattern best, each a start for phasing: complex64 of the pattern's shape, centred, any scale; best
    /// first.
    /// </summary>
    public IReadOnlyList<Tensor> Objects { get; }

    /// <summary>The object that explains the pattern best of all passes, and how far they are apart; belongs to the caller.</summary>
    public PredictedObject Judge() => Predictor.Judge(passes, Input);

    public void Dispose()
    {
        Input.Dispose();
        foreach (Tensor psi in passes.Select(pass => pass.Object).Concat(Objects))
        {
            psi.Dispose();
        }
    }
}
