using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// One representative of all objects that share a pattern: centre of mass at index N/2 to a fraction of a voxel, mean phase
/// slope 0, mean phase 0, and of object and twin the one whose amplitude is skewed towards positive coordinates. Done
/// before anything is stored or drawn. Owns its tensors.
/// </summary>
public sealed class CanonicalForm : IDisposable
{
    private const int Passes = 3;
    private const double SkewnessBlur = 1.5;

    private readonly double[] moved;
    private readonly double angle;

    private CanonicalForm(Tensor psi, Tensor support, double[] ramp, bool isTwin, double[] moved, double angle)
    {
        Object = psi.DetachFromDisposeScope();
        Support = support.DetachFromDisposeScope();
        Ramp = ramp;
        IsTwin = isTwin;
        this.moved = moved;
        this.angle = angle;
    }

    /// <summary>complex64 <c>[z, y, x]</c>, centred.</summary>
    public Tensor Object { get; }

    /// <summary>bool, moved along by whole voxels.</summary>
    public Tensor Support { get; }

    /// <summary>
    /// The phase ramp that was removed, cycles across z, y, x: multiply the object by
    /// <c>exp(2 pi i sum ramp_d (r_d - N_d/2) / N_d)</c> and its far field lies on the measured pattern again.
    /// </summary>
    public IReadOnlyList<double> Ramp { get; }

    /// <summary>How far the object was moved to centre it, voxels along z, y, x (after taking the twin and removing the ramp).</summary>
    public IReadOnlyList<double> Moved => moved;

    /// <summary>The mean phase that was taken away, radians.</summary>
    public double Angle => angle;

    /// <summary>Whether the given object was replaced by its twin.</summary>
    public bool IsTwin { get; }

    /// <summary>Brings an object into canonical form.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, borrowed.</param>
    /// <param name="support">bool, borrowed.</param>
    public static CanonicalForm Of(Tensor psi, Tensor support)
    {
        using var scope = NewDisposeScope();
        bool isTwin = Skewness(psi) < 0;
        Tensor chosen = isTwin ? TrivialTransforms.Twin(psi) : psi;
        Tensor drawn = isTwin ? TrivialTransforms.Invert(support) : support;
        double[] ramp = TrivialTransforms.MeanSlope(chosen);
        chosen = TrivialTransforms.Modulate(chosen, [.. ramp.Select(cycles => -cycles)]);
        double[] moved = [0, 0, 0];
        for (int pass = 0; pass < Passes; pass++)
        {
            double[] offset = CentreOfMass(chosen);
            chosen = TrivialTransforms.Translate(chosen, [.. offset.Select(voxels => -voxels)]);
            moved = [.. moved.Zip(offset, (sum, step) => sum - step)];
        }

        double angle = TrivialTransforms.Angle((chosen * chosen.abs()).sum());
        Tensor inPhase = chosen * TrivialTransforms.UnitPhase(-angle);
        Tensor shifted = drawn.roll([.. moved.Select(voxels => (long)Math.Round(voxels))], [0, 1, 2]);
        return new CanonicalForm(inPhase, shifted, ramp, isTwin, moved, angle);
    }

    /// <summary>Changes another object of the same pattern as this form's was.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, in the frame of the given object; borrowed.</param>
    /// <returns>Belongs to the caller.</returns>
    public Tensor Follow(Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor chosen = IsTwin ? TrivialTransforms.Twin(psi) : psi;
        Tensor flat = TrivialTransforms.Modulate(chosen, [.. Ramp.Select(cycles => -cycles)]);
        Tensor centred = TrivialTransforms.Translate(flat, moved);
        return (centred * TrivialTransforms.UnitPhase(-angle)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
    }

    // Of |psi|^2, from index N/2, voxels; circular, so that an object across a face is no special case.
    private static double[] CentreOfMass(Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor weight = psi.abs().Squared().to(ScalarType.Float64);
        return [.. Enumerable.Range(0, 3).Select(axis => Centre(weight, axis))];
    }

    private static double Centre(Tensor weight, int axis)
    {
        long length = weight.shape[axis];
        Tensor profile = weight.sum([
            .. Enumerable.Range(0, 3).Where(other => other != axis).Select(other => (long)other),
        ]);
        Tensor index = TensorArithmetic.Indices(length, ScalarType.Float64, weight.device).Minus(length / 2);
        Tensor turn = polar(ones_like(index), index.Times(2 * Math.PI / length));
        double middle = TrivialTransforms.Angle((profile * turn).sum()) * length / (2 * Math.PI);
        // The mean distance from the circular centre makes it the true centre of mass.
        Tensor distance = index.Minus(middle).Plus(1.5 * length).Modulo(length).Minus(0.5 * length);
        return middle + ((profile * distance).sum() / profile.sum()).item<double>();
    }

    // Odd under inversion: the third moments of the amplitude along each axis, or, where the amplitude is (nearly) its own
    // inverse, of the phase, which the twin negates.
    private static double Skewness(Tensor psi)
    {
        using var scope = NewDisposeScope();
        double[] offset = CentreOfMass(psi);
        // Blurred: a sub-voxel shift of a sharp object rings, and the third moments would see that far out.
        Tensor blurred = psi.abs().Squared().contiguous();
        GaussianBlur.Apply(blurred, SkewnessBlur);
        Tensor weight = blurred.to(ScalarType.Float64);
        double largest = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            long length = psi.shape[axis];
            long[] along = [1, 1, 1];
            along[axis] = length;
            Tensor index = (
                TensorArithmetic.Indices(length, ScalarType.Float64, psi.device).Minus(length / 2).Minus(offset[axis])
            ).reshape(along);
            double third = (weight * index.ToPower(3)).sum().item<double>();
            double second = (weight * index.Squared()).sum().item<double>();
            double total = weight.sum().item<double>();
            double skewness = third / total / Math.Pow(Math.Max(second / total, 1e-30), 1.5);
            largest = Math.Abs(skewness) > Math.Abs(largest) ? skewness : largest;
        }

        return Math.Abs(largest) > 1e-3 ? largest : PhaseSkewness(psi);
    }

    private static double PhaseSkewness(Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor flat = TrivialTransforms.Modulate(psi, [.. TrivialTransforms.MeanSlope(psi).Select(cycles => -cycles)]);
        double mean = TrivialTransforms.Angle((flat * flat.abs()).sum());
        Tensor phase = (flat * TrivialTransforms.UnitPhase(-mean)).angle();
        return (psi.abs().Squared() * phase.ToPower(3)).sum().item<float>();
    }
}
