using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>An object and how well it explains what was measured so far. Owns its tensor.</summary>
internal sealed class LiveCandidate : IDisposable
{
    private LiveCandidate(
        Tensor psi,
        DiffractionPattern pattern,
        IReadOnlyList<double>? widths,
        double chi,
        double free
    )
    {
        Object = psi.DetachFromDisposeScope();
        Origin = pattern.Origin;
        CoherenceWidths = widths;
        Chi = chi;
        FreeLogLikelihood = free;
    }

    /// <summary>complex64 <c>[z, y, x]</c>, centred, in its pattern's frame, |psi|^2 in photons.</summary>
    public Tensor Object { get; }

    /// <summary>Place of its pattern's first voxel.</summary>
    public IReadOnlyList<int> Origin { get; }

    /// <summary>Widths of the blur that was found with it, voxels; null = none.</summary>
    public IReadOnlyList<double>? CoherenceWidths { get; }

    /// <summary>chi over all measured voxels.</summary>
    public double Chi { get; }

    /// <summary>Of the free voxels, to which it was not fitted; NaN without any.</summary>
    public double FreeLogLikelihood { get; }

    /// <summary>What candidates are compared by; less is better.</summary>
    public double Rank => double.IsNaN(FreeLogLikelihood) ? Chi : FreeLogLikelihood;

    /// <summary>An object on a pattern.</summary>
    /// <param name="psi">complex64 of the pattern's shape, of any scale; borrowed.</param>
    /// <param name="problem">The pattern and its free voxels; borrowed.</param>
    /// <param name="widths">Of the blur that was found with it, voxels; null = none.</param>
    /// <returns>Belongs to the caller; null for an object that is no number or explains nothing.</returns>
    public static LiveCandidate? Of(Tensor psi, PhasingProblem problem, IReadOnlyList<double>? widths)
    {
        using var scope = NewDisposeScope();
        (double chi, double scale) = AmplitudeMisfits.Chi(psi, problem.Pattern, widths);
        if (!double.IsFinite(chi) || !(scale > 0))
        {
            return null;
        }

        Tensor scaled = psi.Times(scale);
        using Core.Diffraction.PartialCoherence? blur = widths is null ? null : new(widths, CPU);
        double free = problem.FreeMisfitOf(scaled, blur);
        return new LiveCandidate(scaled, problem.Pattern, widths, chi, free);
    }

    /// <summary>The object on what was measured since; belongs to the caller; null where it explains nothing of that.</summary>
    /// <param name="problem">Borrowed.</param>
    public LiveCandidate? On(PhasingProblem problem)
    {
        using Tensor moved = MovedObject.To(Object, Origin, problem.Pattern);
        return Of(moved, problem, CoherenceWidths);
    }

    public void Dispose() => Object.Dispose();
}
