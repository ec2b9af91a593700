using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// Phase retrieval transfer function (Chapman et al., J. Opt. Soc. Am. A 23, 1179 (2006), eq. 11): the mean far field of
/// independent starts over the measured amplitude, in shells of spatial frequency. 1 where the starts agree on the phases,
/// falling to <c>1/sqrt(starts)</c> where they are random. Taken as <c>sqrt(sum |mean F|^2 / sum I)</c> over a shell: the mean of
/// the square root of few photons is too small, and a ratio of amplitudes would exceed 1 where the pattern is weak.
/// </summary>
/// <param name="Frequency">Middle of each shell, cycles per voxel; 0.5 is Nyquist along an axis.</param>
/// <param name="Value">PRTF of each shell.</param>
public sealed record Prtf(IReadOnlyList<double> Frequency, IReadOnlyList<double> Value)
{
    /// <summary>Computes the curve.</summary>
    /// <param name="meanObject">complex <c>[z, y, x]</c>, centred: mean of objects aligned to each other in the pattern's frame
    /// (<see cref="Alignment"/> with the ramp kept), each with sum |psi|^2 of the measured photons; borrowed.</param>
    /// <param name="scale">c of the starts (<see cref="Chi.Of"/>).</param>
    /// <param name="pattern">Borrowed; masked and empty voxels do not count.</param>
    /// <param name="coherence">Widths of the blur of the intensity, voxels; null = none.</param>
    public static Prtf Of(
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
        int[] shape = [.. pattern.Shape.Select(length => (int)length)];
        int shells = shape.Max() / 2;
        double[] model = new double[shells];
        double[] measured = new double[shells];
        for (int i = 0; i < photons.Length; i++)
        {
            int shell = (int)(2 * shells * Radius(i, shape));
            if (mask[i] || shell >= shells)
            {
                continue;
            }

            model[shell] += modelled[i];
            measured[shell] += photons[i];
        }

        int[] filled = [.. Enumerable.Range(0, shells).Where(shell => measured[shell] > 0)];
        return new Prtf(
            [.. filled.Select(shell => (shell + 0.5) / (2 * shells))],
            [.. filled.Select(shell => Math.Sqrt(model[shell] / measured[shell]))]
        );
    }

    /// <summary>
    /// The full period at which the curve first falls below a level, voxels; null when it never does up to the Nyquist
    /// frequency (2 voxels).
    /// </summary>
    /// <param name="level">1/e by custom, or 0.5.</param>
    public double? Resolution(double level)
    {
        for (int i = 0; i < Value.Count; i++)
        {
            if (Value[i] >= level)
            {
                continue;
            }

            // Linear between the last shell above and this one.
            double share = i == 0 ? 0 : (Value[i - 1] - level) / (Value[i - 1] - Value[i]);
            double frequency = i == 0 ? Frequency[0] : Frequency[i - 1] + (share * (Frequency[i] - Frequency[i - 1]));
            return 1 / frequency;
        }

        return null;
    }

    private static double Radius(int index, int[] shape)
    {
        double z = ((index / (shape[1] * shape[2])) - (shape[0] / 2)) / (double)shape[0];
        double y = ((index / shape[2] % shape[1]) - (shape[1] / 2)) / (double)shape[1];
        double x = ((index % shape[2]) - (shape[2] / 2)) / (double)shape[2];
        return Math.Sqrt((z * z) + (y * y) + (x * x));
    }
}
