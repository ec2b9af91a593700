using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// Correlation of far fields in shells of spatial frequency (Harauz and van Heel, Optik 73, 146 (1986)),
/// <c>Re sum F G* / sqrt(sum |F|^2 sum |G|^2)</c>: 1 = equal, 0 = unrelated.
/// </summary>
public static class FourierShellCorrelation
{
    /// <summary>The customary level. Where one of two objects is free of noise, three quarters of the other's power in a shell is noise there.</summary>
    public const double Level = 0.5;

    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred; borrowed.</param>
    /// <param name="others">Same shape, aligned to it, at least one; their sums are taken together; borrowed.</param>
    public static ShellCurve Of(Tensor psi, IEnumerable<Tensor> others)
    {
        Shells shells = new([.. psi.shape.Select(length => (int)length)]);
        float[] first = FarField(psi);
        double[] product = new double[shells.Count];
        double[] power = new double[shells.Count];
        double[] otherPower = new double[shells.Count];
        foreach (Tensor other in others)
        {
            float[] second = FarField(other);
            for (int i = 0; i < first.Length / 2; i++)
            {
                int shell = shells.Of(i);
                if (shell < shells.Count)
                {
                    (double re, double im) = (first[2 * i], first[(2 * i) + 1]);
                    (double otherRe, double otherIm) = (second[2 * i], second[(2 * i) + 1]);
                    product[shell] += (re * otherRe) + (im * otherIm);
                    power[shell] += (re * re) + (im * im);
                    otherPower[shell] += (otherRe * otherRe) + (otherIm * otherIm);
                }
            }
        }

        return shells.Curve(
            shell => power[shell] > 0 && otherPower[shell] > 0,
            shell => product[shell] / Math.Sqrt(power[shell] * otherPower[shell])
        );
    }

    private static float[] FarField(Tensor psi)
    {
        using Tensor far = ForwardModel.Propagate(psi);
        return far.ToComplexVolume().Interleaved;
    }
}
