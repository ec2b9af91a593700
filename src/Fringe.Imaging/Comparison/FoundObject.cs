using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Imaging.Comparison;

/// <summary>What one way found, in the pattern's frame. Owns its tensors.</summary>
/// <param name="Way">Which one.</param>
/// <param name="Object">complex64 <c>[z, y, x]</c>, centred, |psi|^2 in photons.</param>
/// <param name="Support">bool, same shape.</param>
/// <param name="Chi">Over all measured voxels.</param>
/// <param name="FreeLogLikelihood">Of the voxels held out.</param>
/// <param name="Seconds">From the prepared pattern to the object.</param>
internal sealed record FoundObject(
    Way Way,
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
    /// <param name="way">Which one.</param>
    /// <param name="result">Borrowed.</param>
    /// <param name="seconds">From the prepared pattern to the object.</param>
    public static FoundObject Of(Way way, PhasingResult result, double seconds)
    {
        using var scope = NewDisposeScope();
        Tensor scaled = result.Object.Times(result.Scale).DetachFromDisposeScope();
        Tensor support = result.Support.clone().DetachFromDisposeScope();
        return new FoundObject(way, scaled, support, result.Chi, result.FreeLogLikelihood, seconds)
        {
            CoherenceWidths = result.CoherenceWidths,
        };
    }

    /// <summary>A prediction, judged by the voxels that phasing held out.</summary>
    /// <param name="way">Which one.</param>
    /// <param name="psi">On the pattern's grid, any scale; borrowed.</param>
    /// <param name="problem">Whose free voxels judge it; borrowed.</param>
    /// <param name="seconds">From the prepared pattern to the object.</param>
    public static FoundObject Of(Way way, Tensor psi, PhasingProblem problem, double seconds)
    {
        using var scope = NewDisposeScope();
        (double chi, double scale) = AmplitudeMisfits.Chi(psi, problem.Pattern);
        double free = Core.Metrics.FreeLogLikelihood.Of(psi, problem.Pattern, problem.Free, scale);
        Tensor scaled = psi.Times(scale).DetachFromDisposeScope();
        Tensor support = CrystalOutline.Of(psi).DetachFromDisposeScope();
        return new FoundObject(way, scaled, support, chi, free, seconds);
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
