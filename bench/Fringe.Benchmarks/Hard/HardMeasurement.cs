using Fringe.Core.Diffraction;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Learning.Augmentation.Instrument;
using static TorchSharp.torch;

namespace Fringe.Benchmarks.Hard;

/// <summary>One crystal of a hard kind as it was measured, and the object to find. Owns its tensors.</summary>
internal sealed class HardMeasurement : IDisposable
{
    private readonly DiffractionPattern pattern;

    private HardMeasurement(HardKind kind, int seed, Tensor truth, DiffractionPattern pattern)
    {
        Kind = kind;
        Seed = seed;
        Truth = truth.DetachFromDisposeScope();
        this.pattern = pattern;
    }

    public HardKind Kind { get; }

    public int Seed { get; }

    /// <summary>complex64 <c>[z, y, x]</c>, centred; |psi|^2 sums to the crystal's photons.</summary>
    public Tensor Truth { get; }

    /// <summary>float32 <c>[rocking, row, column]</c>: counts, 0 where masked.</summary>
    public Tensor Counts => pattern.Intensity;

    /// <summary>bool of its shape, true = not measured.</summary>
    public Tensor Mask => pattern.Mask;

    /// <summary>Draws and measures a crystal; it belongs to the caller.</summary>
    /// <param name="kind">Of which kind.</param>
    /// <param name="seed">From 1; the same gives the same counts.</param>
    /// <param name="size">Voxels of the detector's cube along each edge, even.</param>
    public static HardMeasurement Make(HardKind kind, int seed, int size)
    {
        using var scope = NewDisposeScope();
        HardStreams streams = new(seed, size);
        Exposure exposure = kind.Exposure(streams);
        using FarField field = FarField.Of(kind.Crystal(streams), size);
        Tensor truth = exposure.TruthOf(field).to(ScalarType.ComplexFloat32).contiguous();
        return new HardMeasurement(kind, seed, truth, exposure.Count(field, streams.Noise));
    }

    /// <summary>As a file of it is read.</summary>
    public Measurement ToMeasurement() =>
        new()
        {
            Name = $"{Kind.Name}-{Seed}",
            Stack = Counts.ToRealVolume(),
            Corrections = new Corrections { RecordedMask = MaskVolume() },
        };

    /// <summary>1 where nothing was measured; null where all was.</summary>
    public RealVolume? MaskVolume()
    {
        using Tensor any = Mask.any();
        return any.item<bool>() ? Mask.ToRealVolume() : null;
    }

    /// <summary>The true object on a prepared pattern's grid, from which refinement can start.</summary>
    /// <param name="prepared">Peak and shape of the pattern.</param>
    /// <returns>complex64, centred; belongs to the caller.</returns>
    public Tensor TruthOn((Axes3<int> Peak, Shape3 Shape) prepared)
    {
        using var scope = NewDisposeScope();
        Tensor field = ForwardModel.Propagate(Truth);
        Tensor moved = zeros([.. prepared.Shape.ToArray().Select(length => (long)length)], Truth.dtype);
        (Tensor here, Tensor there) = Common(field, moved, prepared);
        there.copy_(here);
        return ForwardModel.PropagateBack(moved).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>An object found on a prepared pattern's grid as the whole detector would see it: nothing beyond the pattern's edges.</summary>
    /// <param name="psi">complex64, centred, its far field on the pattern; borrowed.</param>
    /// <param name="prepared">Peak and shape of the pattern.</param>
    /// <returns>complex64 of the truth's shape, centred; belongs to the caller.</returns>
    public Tensor OnDetector(Tensor psi, (Axes3<int> Peak, Shape3 Shape) prepared)
    {
        using var scope = NewDisposeScope();
        Tensor field = zeros_like(Truth);
        (Tensor here, Tensor there) = Common(field, ForwardModel.Propagate(psi), prepared);
        here.copy_(there);
        return ForwardModel.PropagateBack(field).contiguous().MoveToOuterDisposeScope();
    }

    // The part of the detector that the pattern shows, in both.
    private static (Tensor Here, Tensor There) Common(
        Tensor here,
        Tensor there,
        (Axes3<int> Peak, Shape3 Shape) prepared
    )
    {
        for (int axis = 0; axis < 3; axis++)
        {
            long first = prepared.Peak[axis] - (prepared.Shape[axis] / 2);
            long from = Math.Max(0, first);
            long length = Math.Min(here.shape[axis], first + prepared.Shape[axis]) - from;
            here = here.narrow(axis, from, length);
            there = there.narrow(axis, from - first, length);
        }

        return (here, there);
    }

    public void Dispose()
    {
        Truth.Dispose();
        pattern.Dispose();
    }
}
