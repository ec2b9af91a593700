using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using static TorchSharp.torch;

namespace Fringe.Imaging.Comparison;

/// <summary>What one way found, in the pattern's frame. Owns its tensors.</summary>
/// <param name="Key">As in <see cref="ComparedWay"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="Object">complex64 <c>[z, y, x]</c>, centred, |psi|^2 in photons.</param>
/// <param name="Support">bool, same shape.</param>
/// <param name="Chi">Over all measured voxels.</param>
/// <param name="FreeLogLikelihood">Of the voxels held out.</param>
/// <param name="Seconds">From the prepared pattern to the object.</param>
internal sealed record FoundObject(
    string Key,
    string Name,
    Tensor Object,
    Tensor Support,
    double Chi,
    double FreeLogLikelihood,
    double Seconds
) : IDisposable
{
    /// <summary>Widths of the blur of its pattern, voxels; null = none.</summary>
    public IReadOnlyList<double>? CoherenceWidths { get; init; }

    /// <summary>The outcome of phasing.</summary>
    /// <param name="key">Of the way.</param>
    /// <param name="name">Of the way.</param>
    /// <param name="result">Borrowed.</param>
    /// <param name="seconds">From the prepared pattern to the object.</param>
    public static FoundObject Of(string key, string name, PhasingResult result, double seconds)
    {
        using var scope = NewDisposeScope();
        Tensor scaled = result.Object.Times(result.Scale).DetachFromDisposeScope();
        Tensor support = result.Support.clone().DetachFromDisposeScope();
        return new FoundObject(key, name, scaled, support, result.Chi, result.FreeLogLikelihood, seconds)
        {
            CoherenceWidths = result.CoherenceWidths,
        };
    }

    /// <summary>A prediction, judged by the voxels that phasing held out.</summary>
    /// <param name="key">Of the way.</param>
    /// <param name="name">Of the way.</param>
    /// <param name="psi">On the pattern's grid, any scale; borrowed.</param>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">bool; borrowed.</param>
    /// <param name="seconds">From the prepared pattern to the object.</param>
    public static FoundObject Of(
        string key,
        string name,
        Tensor psi,
        DiffractionPattern pattern,
        Tensor held,
        double seconds
    )
    {
        using var scope = NewDisposeScope();
        (double chi, double scale) = AmplitudeMisfits.Chi(psi, pattern);
        double free = Core.Metrics.FreeLogLikelihood.Of(psi, pattern, held, scale);
        Tensor scaled = psi.Times(scale).DetachFromDisposeScope();
        Tensor support = ObjectOutline.Of(psi).DetachFromDisposeScope();
        return new FoundObject(key, name, scaled, support, chi, free, seconds);
    }

    /// <summary>Its pattern in photons.</summary>
    public RealVolume Modelled()
    {
        using var scope = NewDisposeScope();
        return PartialCoherence.Blur(ForwardModel.Propagate(Object).abs().Squared(), CoherenceWidths).ToRealVolume();
    }

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
    }
}
