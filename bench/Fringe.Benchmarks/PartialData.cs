using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>Less of a pattern than was measured. All belongs to the caller.</summary>
internal static class PartialData
{
    private const double Ratio = 1.5;

    /// <summary>The first frames of the rocking curve, the others masked.</summary>
    public static DiffractionPattern FirstFrames(DiffractionPattern pattern, double share)
    {
        using var scope = NewDisposeScope();
        long frames = (long)Math.Round(share * pattern.Shape[0]);
        Tensor late = zeros_like(pattern.Mask);
        late.narrow(0, frames, pattern.Shape[0] - frames).fill_(true);
        return Masked(pattern, late);
    }

    /// <summary>A tenth of the volume in the shape of a cross of two gaps between a detector's modules, beside the peak.</summary>
    public static Tensor Gap(IReadOnlyList<long> shape)
    {
        using var scope = NewDisposeScope();
        Tensor gap = zeros([.. shape], ScalarType.Bool);
        for (int axis = 1; axis < 3; axis++)
        {
            // The peak itself is measured.
            long width = (long)Math.Round(0.0513 * shape[axis]);
            gap.narrow(axis, (shape[axis] / 2) + (shape[axis] / 12), width).fill_(true);
        }

        return gap.MoveToOuterDisposeScope();
    }

    /// <summary>A pattern with more of it masked.</summary>
    public static DiffractionPattern Masked(DiffractionPattern pattern, Tensor more)
    {
        using var scope = NewDisposeScope();
        Tensor mask = pattern.Mask.logical_or(more);
        return new DiffractionPattern(pattern.Intensity.Masked(mask, 0), mask);
    }

    /// <summary>
    /// The object alone in a field of view 1.5 times its extent: its pattern is sampled too coarsely for iterative phasing along an axis,
    /// and the network's own grid of 32^3 voxels about the peak is all that is kept of it.
    /// </summary>
    public static Tensor NotOversampled(Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor outline = CrystalOutline.Of(psi);
        long[] box = new long[3];
        for (int axis = 0; axis < 3; axis++)
        {
            long[] others = [.. new long[] { 0, 1, 2 }.Where(other => other != axis)];
            Tensor filled = outline.any(others[1]).any(others[0]);
            long extent = filled.sum().item<long>();
            long wanted = 2 * (long)Math.Ceiling(Ratio * extent / 2);
            box[axis] = Math.Clamp(wanted, NetworkInput.Size, psi.shape[axis]);
        }

        Tensor alone = ResolutionChange.Centre(psi, box);
        return ResolutionChange
            .Resize(alone, [NetworkInput.Size, NetworkInput.Size, NetworkInput.Size])
            .MoveToOuterDisposeScope();
    }
}
