using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Imaging.Comparison;

/// <summary>
/// Brings the objects of all ways, and the truth, onto one of them, so that they look alike where they are: twin, shift, phase ramp,
/// global phase and norm. That one is the truth as given where it is known, else the canonical form of the phased object that explains the
/// free voxels best.
/// </summary>
internal static class ObjectGallery
{
    /// <param name="found">Iterative first, refined last; borrowed.</param>
    /// <param name="truth">complex64, of their shape; null where it is not known; borrowed.</param>
    /// <param name="problem">Borrowed.</param>
    public static IReadOnlyList<DrawnObject> Draw(
        IReadOnlyList<FoundObject> found,
        Tensor? truth,
        PhasingProblem problem
    )
    {
        using var scope = NewDisposeScope();
        if (truth is null)
        {
            FoundObject best = found[0].FreeLogLikelihood < found[^1].FreeLogLikelihood ? found[0] : found[^1];
            using CanonicalForm reference = CanonicalForm.Of(best.Object, best.Support);
            return [.. found.Select(one => Draw(one, isFound: true, reference.Object))];
        }

        // Nothing was held out from the truth, and it took no time.
        using PhasingProblem all = problem.WithoutFreeVoxels();
        using FoundObject known = FoundObject.Of(Way.Truth, truth, all, 0);
        return
        [
            .. found.Select(one => Draw(one, isFound: true, known.Object)),
            Draw(known, isFound: false, known.Object),
        ];
    }

    private static DrawnObject Draw(FoundObject found, bool isFound, Tensor reference)
    {
        using var scope = NewDisposeScope();
        using AlignedObject aligned = Alignment.Align(reference, found.Object, removeRamp: true);
        Tensor scaled = aligned.Object.Times(Norm(reference) / Math.Max(Norm(aligned.Object), 1e-30));
        return new DrawnObject(
            found.Way.Name,
            isFound ? found.Chi : null,
            isFound ? found.Seconds : null,
            scaled.ToComplexVolume(),
            aligned.MoveSupport(found.Support).ToBooleans(),
            found.Modelled()
        );
    }

    private static double Norm(Tensor psi) => Math.Sqrt(psi.abs().Squared().sum(ScalarType.Float64).item<double>());
}
