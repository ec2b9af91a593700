using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>A way from a pattern to an object, run from several independent starts by <c>MultiStart</c>.</summary>
public interface IPhasingMethod
{
    /// <summary>Phases a pattern.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">bool, centred: free voxels, kept out of the fit until the start has been judged; borrowed.</param>
    /// <param name="start">Which start, counted from 1; its random numbers come from <c>Seed + start - 1</c>.</param>
    /// <param name="progress">Told after every iteration.</param>
    /// <param name="cancellation">Looked at before every iteration.</param>
    /// <returns>Belongs to the caller; on the CPU.</returns>
    Reconstruction Run(
        DiffractionPattern pattern,
        Tensor held,
        int start,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    );

    /// <summary>Makes a mean of several objects, which fits no pattern as it stands, consistent with the measurement again.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="psi">complex64, centred, |psi|^2 in photons; borrowed.</param>
    /// <param name="support">bool, centred; borrowed.</param>
    /// <param name="coherence">Widths of the blur that the best start found; null = none.</param>
    /// <param name="cancellation">Looked at before every iteration.</param>
    /// <returns>complex64, centred, 0 outside the support; belongs to the caller; on the CPU.</returns>
    Tensor Polish(
        DiffractionPattern pattern,
        Tensor psi,
        Tensor support,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    );

    /// <summary>
    /// Finds an object in another measurement of it, beginning with itself: what <c>Replicas</c> are made with. It may end in
    /// another place, or as the twin.
    /// </summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">As for <see cref="Run"/>.</param>
    /// <param name="known">Borrowed.</param>
    /// <param name="coherence">Widths of the blur that was found with it; null = none.</param>
    /// <param name="cancellation">Looked at before every iteration.</param>
    /// <returns>Belongs to the caller; on the CPU.</returns>
    Reconstruction Repeat(
        DiffractionPattern pattern,
        Tensor held,
        PhasedObject known,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    );
}
