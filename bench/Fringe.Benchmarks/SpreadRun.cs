using System.Globalization;

namespace Fringe.Benchmarks;

/// <summary>What one run of the product's default ended with, of a crystal whose object is known.</summary>
/// <param name="Photons">In the pattern.</param>
/// <param name="Crystal">Its number in the set.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Error">Real-space error against the true object.</param>
/// <param name="Verdict">good, doubtful or failed.</param>
/// <param name="NoiseRatio">Free misfit over what photon noise leaves of it.</param>
/// <param name="MisfitRatio">Misfit of the voxels with more than one predicted photon over what photon noise leaves of it.</param>
/// <param name="ChiOverNoise">chi over what photon noise leaves of it, about.</param>
/// <param name="Starts">How many were run.</param>
/// <param name="Disagreement">1 - the best correlation of another start with the best one; NaN = there was one start.</param>
/// <param name="NetworkSpread">How far the network's passes are apart.</param>
/// <param name="Moved">Real-space error against what the first seed gave; NaN = it is the first.</param>
internal sealed record SpreadRun(
    double Photons,
    int Crystal,
    int Seed,
    double Error,
    string Verdict,
    double NoiseRatio,
    double MisfitRatio,
    double ChiOverNoise,
    int Starts,
    double Disagreement,
    double NetworkSpread,
    double Moved
)
{
    /// <summary>The first line of a file of them.</summary>
    public const string Header =
        "photons,crystal,seed,error,verdict,noise_ratio,misfit_ratio,chi_over_noise,starts,disagreement,network_spread,moved";

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Photons:0e0},{Crystal},{Seed},{Error:F5},{Verdict},{NoiseRatio:F3},{MisfitRatio:F4},{ChiOverNoise:F3},{Starts},{Disagreement:F4},{NetworkSpread:F4},{Moved:F5}"
        );

    /// <param name="line">As <see cref="ToString"/> writes it.</param>
    public static SpreadRun Parse(string line)
    {
        string[] parts = line.Split(',');
        double Number(int index) => double.Parse(parts[index], CultureInfo.InvariantCulture);
        return new(
            Number(0),
            (int)Number(1),
            (int)Number(2),
            Number(3),
            parts[4],
            Number(5),
            Number(6),
            Number(7),
            (int)Number(8),
            Number(9),
            Number(10),
            Number(11)
        );
    }
}
