using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>
/// The far field of a crystal, twice as far out as a detector sees it: a detector ends where the pattern does not, and so cuts a crystal's
/// sharp edges off, where an object drawn on the detector's own grid would fold them back. Owns its tensor.
/// </summary>
internal sealed class FarField : IDisposable
{
    private const int Finer = 2;
    private readonly Tensor field;

    private FarField(Tensor field, int size)
    {
        this.field = field.DetachFromDisposeScope();
        Size = size;
    }

    /// <summary>Voxels of the detector's cube along each edge.</summary>
    public int Size { get; }

    /// <summary>Draws a crystal on voxels of half the edge and transforms it.</summary>
    /// <param name="crystal">It.</param>
    /// <param name="size">Voxels of the detector's cube along each edge, even.</param>
    /// <returns>Belongs to the caller.</returns>
    public static FarField Of(ModelCrystal crystal, int size)
    {
        using var scope = NewDisposeScope();
        Tensor field = ForwardModel.Propagate(crystal.Draw(size, Finer));
        int edge = Finer * size;
        long brightest = field.abs().argmax().item<long>();
        long[] toMiddle =
        [
            (edge / 2) - (brightest / edge / edge),
            (edge / 2) - (brightest / edge % edge),
            (edge / 2) - (brightest % edge),
        ];
        return new FarField(field.roll(toMiddle, new long[] { 0, 1, 2 }), size);
    }

    /// <summary>What the detector sees of the field.</summary>
    /// <param name="peak">Where its brightest voxel falls, voxels from the detector's middle along z, y, x; no farther than half its edge.</param>
    /// <returns>complex128 <c>[z, y, x]</c>, centred on the detector; belongs to the caller.</returns>
    public Tensor Cut(Axes3<int> peak) => Cut(field, peak);

    /// <summary>What the detector sees of the field's intensity, its brightest voxel in the middle.</summary>
    /// <param name="coherence">Of the beam; null = full.</param>
    /// <returns>float64 <c>[z, y, x]</c>, centred on the detector, any scale; belongs to the caller.</returns>
    public Tensor Intensity(BeamCoherence? coherence)
    {
        using var scope = NewDisposeScope();
        Tensor intensity = field.abs().Squared();
        // Before the detector's edge cuts off what is smeared in from beyond.
        Tensor blurred = coherence is null ? intensity : coherence.Blur(intensity);
        return Cut(blurred, new(0, 0, 0)).MoveToOuterDisposeScope();
    }

    private Tensor Cut(Tensor volume, Axes3<int> peak)
    {
        using var scope = NewDisposeScope();
        int margin = (Finer - 1) * Size / 2;
        Tensor part = volume;
        for (int axis = 0; axis < 3; axis++)
        {
            part = part.narrow(axis, margin - peak[axis], Size);
        }

        return part.clone().MoveToOuterDisposeScope();
    }

    public void Dispose() => field.Dispose();
}
