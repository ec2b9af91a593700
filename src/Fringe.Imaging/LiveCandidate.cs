using Fringe.Core.Phasing;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>An object and how well it explains what was measured so far. Owns its tensor.</summary>
internal sealed class LiveCandidate : IDisposable
{
    private LiveCandidate(Tensor psi, DiffractionPattern pattern)
    {
        Object = psi.DetachFromDisposeScope();
        Origin = pattern.Origin;
    }

    /// <summary>complex64 <c>[z, y, x]</c>, centred, in its pattern's frame, |psi|^2 in photons.</summary>
    public Tensor Object { get; }

    /// <summary>Place of its pattern's first voxel.</summary>
    public IReadOnlyList<int> Origin { get; }

    /// <summary>Widths of the blur that was found with it, voxels; null = none.</summary>
    public required IReadOnlyList<double>? CoherenceWidths { get; init; }

    /// <summary>How well it explains its pattern.</summary>
    public required ObjectFit Fit { get; init; }

    /// <summary>What candidates are compared by; less is better.</summary>
    public double Rank => Fit.Rank(Fit.FreeLogLikelihood);

    /// <summary>An object on a pattern, judged in one transform.</summary>
    /// <param name="psi">complex64 of the pattern's shape, of any scale; borrowed.</param>
    /// <param name="problem">The pattern and its free voxels; borrowed.</param>
    /// <param name="widths">Of the blur that was found with it, voxels; null = none.</param>
    /// <returns>Belongs to the caller; null for an object that is no number or explains nothing.</returns>
    public static LiveCandidate? Of(Tensor psi, PhasingProblem problem, IReadOnlyList<double>? widths)
    {
        ObjectFit fit = problem.Judge(psi, widths);
        return !double.IsFinite(fit.Chi) || !(fit.Scale > 0)
            ? null
            : new LiveCandidate(psi.Times(fit.Scale), problem.Pattern) { CoherenceWidths = widths, Fit = fit };
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
