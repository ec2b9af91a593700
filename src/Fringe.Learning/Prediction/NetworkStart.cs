using static TorchSharp.torch;

namespace Fringe.Learning.Prediction;

/// <summary>
/// All that a network makes of one measured pattern, from one call of it: a start for phasing and, when asked, what it is worth. Owns its
/// tensors.
/// </summary>
public sealed class NetworkStart : IDisposable
{
    private readonly IReadOnlyList<Tensor> passes;

    /// <param name="input">Taken over.</param>
    /// <param name="passes">Objects of the mirrored patterns, mirrored back, complex64 <c>[32, 32, 32]</c>; taken over.</param>
    /// <param name="psi">The start; taken over.</param>
    internal NetworkStart(NetworkInput input, IReadOnlyList<Tensor> passes, Tensor psi)
    {
        Input = input;
        this.passes = [.. passes.Select(pass => pass.DetachFromDisposeScope())];
        Object = psi.DetachFromDisposeScope();
    }

    /// <summary>What the network saw.</summary>
    public NetworkInput Input { get; }

    /// <summary>
    /// complex64 of the pattern's shape, centred, any scale: the object of the pass that sees the pattern as
    /// <see cref="Predictor.Predict(Core.Volumes.DiffractionPattern)"/> does.
    /// </summary>
    public Tensor Object { get; }

    /// <summary>The object that explains the pattern best of all passes, and how far they are apart; belongs to the caller.</summary>
    public PredictedObject Judge() => Predictor.Judge(passes, Input);

    public void Dispose()
    {
        Input.Dispose();
        Object.Dispose();
        foreach (Tensor pass in passes)
        {
            pass.Dispose();
        }
    }
}
