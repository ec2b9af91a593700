namespace Fringe.Core.Metrics;

/// <summary>A figure of an object's far field by shells of spatial frequency.</summary>
/// <param name="Frequency">Middle of each shell, cycles per voxel; 0.5 is Nyquist along an axis.</param>
/// <param name="Value">Of each shell.</param>
public sealed record ShellCurve(IReadOnlyList<double> Frequency, IReadOnlyList<double> Value)
{
    private const double SamplingLimitVoxels = 2;

    /// <summary>The same, or the sampling's limit of 2 voxels where the curve never falls below the level.</summary>
    /// <param name="level">As in <see cref="Resolution"/>.</param>
    public double ResolutionOrLimit(double level) => Resolution(level) ?? SamplingLimitVoxels;

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
}
