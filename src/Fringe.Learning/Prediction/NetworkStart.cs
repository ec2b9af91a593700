using static TorchSharp.torch;

namespace Fringe.Learning.Prediction;

/// <summary>
/// All that a network makes of one measured pattern, from one call of it: starts for phasing and, when asked, what they are worth. Owns its
/// tensors.
/// </summary>
public sealed class NetworkStart : IDisposable
{
    private readonly IReadOnlyList<NetworkPass> passes;
    private readonly List<Tensor> objects = [];

    /// <param name="input">Taken over.</param>
    /// <param name="passes">Best first; their tensors are taken over.</param>
    internal NetworkStart(NetworkInput input, IReadOnlyList<NetworkPass> passes)
    {
        Input = input;
        this.passes = passes;
        foreach (NetworkPass pass in passes)
        {
            pass.Object.DetachFromDisposeScope();
        }
    }

    /// <summary>What the network saw.</summary>
    public NetworkInput Input { get; }

    /// <summary>The objects of the passes that explain the pattern best, each a start for phasing.</summary>
    /// <param name="count">How many, 1 to <see cref="Predictor.Passes"/>.</param>
    /// <returns>complex64 of the pattern's shape, centred, any scale; best first; they live as long as this.</returns>
    public IReadOnlyList<Tensor> Best(int count)
    {
        foreach (NetworkPass pass in passes.Take(count).Skip(objects.Count))
        {
            objects.Add(Input.ToPatternGrid(pass.Object).DetachFromDisposeScope());
        }

        return [.. objects.Take(count)];
    }

    /// <summary>The object that explains the pattern best of all passes, and how far they are apart; belongs to the caller.</summary>
    public PredictedObject Judge() => Predictor.Judge(passes, Input);

    public void Dispose()
    {
        Input.Dispose();
        foreach (Tensor psi in passes.Select(pass => pass.Object).Concat(objects))
        {
            psi.Dispose();
        }
    }
}
