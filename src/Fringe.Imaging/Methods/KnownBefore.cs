using static TorchSharp.torch;

namespace Fringe.Imaging.Methods;

/// <summary>What is known of an object before its pattern is phased. Borrows its tensors.</summary>
/// <param name="seed">Of the random starts.</param>
/// <param name="predicted">
/// The network's objects on the pattern's grid, best first, complex64 <c>[z, y, x]</c>, centred; none where it was not asked.
/// </param>
/// <param name="given">The object that the caller begins with, complex64 <c>[z, y, x]</c>, centred; null = none.</param>
internal sealed class KnownBefore(int seed, IReadOnlyList<Tensor> predicted, Tensor? given)
{
    /// <summary>Of the random starts.</summary>
    public int Seed { get; } = seed;

    /// <summary>The network's objects on the pattern's grid, best first, complex64 <c>[z, y, x]</c>, centred; none where it was not asked.</summary>
    public IReadOnlyList<Tensor> Predicted { get; } = predicted;

    /// <summary>Of a blur that was taken out of the pattern before the network saw it: standard deviations along z, y, x, voxels; null = none.</summary>
    public IReadOnlyList<double>? CoherenceWidths { get; init; }

    /// <summary>The object that the caller begins with, complex64 <c>[z, y, x]</c>, centred; null = none.</summary>
    public Tensor? Given { get; } = given;
}
