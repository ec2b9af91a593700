using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// Phase retrieval transfer function (Chapman et al., J. Opt. Soc. Am. A 23, 1179 (2006), eq. 11): the mean far field of
/// independent starts over the measured amplitude, in shells of spatial frequency. 1 where the starts agree on the phases,
/// falling to <c>1/sqrt(starts)</c> where they are random. Taken as <c>sqrt(sum |mean F|^2 / sum I)</c> over a shell: the mean of
/// the square root of few photons is too small, and a ratio of amplitudes would exceed 1 where the pattern is weak.
/// </summary>
public static class Prtf
{
    /// <summary>Computes the curve.</summary>
    /// <param name="meanObject">complex <c>[z, y, x]</c>, centred: mean of objects aligned to each other in the pattern's frame
    /// (<see cref="Alignment"/> with the ramp kept), each with sum |psi|^2 of the measured photons; borrowed.</param>
    /// <param name="scale">c of the starts (<see cref="AmplitudeMisfits.Chi"/>).</param>
    /// <param name="pattern">Borrowed; masked and empty voxels do not count.</param>
    /// <param name="coherence">Widths of the blur of the intensity, voxels; null = none.</param>
    public static ShellCurve Of(
        Tensor meanObject,
        double scale,
        DiffractionPattern pattern,
        IReadOnlyList<double>? coherence = null
    )
    {
        using var scope = NewDisposeScope();
        Tensor intensity = ForwardModel.Propagate(meanObject).abs().Times(scale).Squared();
        float[] modelled = PartialCoherence.Blur(intensity, coherence).ToRealVolume().Values;
        float[] photons = pattern.Intensity.ToRealVolume().Values;
        bool[] mask = pattern.Mask.ToBooleans();
        Shells shells = new([.. pattern.Shape.Select(length => (int)length)]);
        double[] model = new double[shells.Count];
        double[] measured = new double[shells.Count];
        for (int i = 0; i < photons.Length; i++)
        {
            int shell = shells.Of(i);
            if (!mask[i] && shell < shells.Count)
            {
                model[shell] += modelled[i];
                measured[shell] += photons[i];
            }
        }

        return shells.Curve(shell => measured[shell] > 0, shell => Math.Sqrt(model[shell] / measured[shell]));
    }
}
