using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// The changes of an object that a diffraction pattern cannot see (twin, translation) or sees only as a moved peak (phase
/// ramp). All take a complex <c>[z, y, x]</c> centred volume, borrowed, and give one of the same dtype to the caller.
/// </summary>
public static class TrivialTransforms
{
    private static readonly long[] Axes = [0, 1, 2];

    /// <summary>The conjugate-inverted object <c>psi*(-r)</c>, inverted about index N/2.</summary>
    public static Tensor Twin(Tensor psi)
    {
        using var scope = NewDisposeScope();
        return Invert(psi).conj().resolve_conj().MoveToOuterDisposeScope();
    }

    /// <summary>Any volume inverted about index N/2.</summary>
    public static Tensor Invert(Tensor volume)
    {
        using var scope = NewDisposeScope();
        // Flipping moves index N/2 to N - 1 - N/2; for even N that is one short.
        long[] shifts = [.. volume.shape.Select(length => length % 2 == 0 ? 1L : 0L)];
        return volume.flip(Axes).roll(shifts, Axes).MoveToOuterDisposeScope();
    }

    /// <summary>Moves the object by any, also fractional, number of voxels along z, y, x; wraps around.</summary>
    public static Tensor Translate(Tensor psi, double[] voxels)
    {
        using var scope = NewDisposeScope();
        Tensor field = ForwardModel.Propagate(psi);
        Tensor moved = Modulate(field, [.. voxels.Select(shift => -shift)]);
        return ForwardModel.PropagateBack(moved).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Multiplies by the phase ramp <c>exp(2 pi i sum_d cycles_d (r_d - N_d/2) / N_d)</c>: its far field moves by
    /// <c>cycles</c> voxels.
    /// </summary>
    public static Tensor Modulate(Tensor psi, double[] cycles)
    {
        using var scope = NewDisposeScope();
        Tensor ramp = AlongAxis(psi, 0, cycles[0]) * AlongAxis(psi, 1, cycles[1]) * AlongAxis(psi, 2, cycles[2]);
        return (psi * ramp).MoveToOuterDisposeScope();
    }

    /// <summary><c>exp(i angle)</c> as a complex64 scalar: a factor that leaves complex64 volumes complex64.</summary>
    internal static Tensor UnitPhase(double angle) => polar(tensor(1f), tensor((float)angle));

    private static Tensor AlongAxis(Tensor psi, int axis, double cycles)
    {
        long length = psi.shape[axis];
        long[] along = [1, 1, 1];
        along[axis] = length;
        Tensor angle = TensorArithmetic
            .Indices(length, ScalarType.Float64)
            .Minus(length / 2)
            .Times(2 * Math.PI * cycles / length);
        return polar(ones_like(angle), angle).to(psi.dtype).to(psi.device).reshape(along);
    }

    /// <summary>
    /// The mean slope of a volume's phase along each axis, weighted by |.|^2, as cycles across the axis: the argument of
    /// <c>sum v(r + e_d) v*(r)</c>, which is also the (circular) centre of its transform's intensity.
    /// </summary>
    internal static double[] MeanSlope(Tensor volume)
    {
        using var scope = NewDisposeScope();
        return
        [
            .. Axes.Select(axis =>
            {
                Tensor step = (volume * volume.roll(1, axis).conj()).sum();
                return Angle(step) * volume.shape[axis] / (2 * Math.PI);
            }),
        ];
    }

    /// <summary>The argument of a complex scalar tensor, radians.</summary>
    internal static double Angle(Tensor scalar)
    {
        using var scope = NewDisposeScope();
        Tensor pair = view_as_real(scalar.to(ScalarType.ComplexFloat64).resolve_conj()).cpu();
        return Math.Atan2(pair[1].item<double>(), pair[0].item<double>());
    }

    /// <summary><c>sum conj(a) b</c> as magnitude and argument.</summary>
    internal static (double Magnitude, double Angle) Overlap(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        Tensor product = (a.conj() * b).sum().to(ScalarType.ComplexFloat64);
        return (product.abs().item<double>(), Angle(product));
    }
}
