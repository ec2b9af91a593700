using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>The first start goes one way, all others another.</summary>
/// <param name="first">From a start that is known to be good, as a rule.</param>
/// <param name="others">From random numbers.</param>
public sealed class StartsInTurn(IPhasingMethod first, IPhasingMethod others) : IPhasingMethod
{
    /// <inheritdoc/>
    public Reconstruction Run(
        DiffractionPattern pattern,
        Tensor held,
        int start,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    ) => (start == 1 ? first : others).Run(pattern, held, start, progress, cancellation);

    /// <inheritdoc/>
    public Tensor Polish(
        DiffractionPattern pattern,
        Tensor psi,
        Tensor support,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    ) => first.Polish(pattern, psi, support, coherence, cancellation);

    /// <inheritdoc/>
    public Reconstruction Repeat(
        DiffractionPattern pattern,
        Tensor held,
        PhasedObject known,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    ) => first.Repeat(pattern, held, known, coherence, cancellation);
}
