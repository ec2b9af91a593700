using Fringe.Core;

namespace Fringe.Simulation.Scans;

/// <summary>What <c>fringe simulate scan</c> measures, and with which faults.</summary>
public sealed record ScanOptions : IOptions
{
    /// <summary>The farthest that two opposite facets can be apart; the corners between them reach a little farther.</summary>
    public double SizeNanometres { get; init; } = 200;

    /// <summary>Of the sine where it is steepest, along its own direction; along Q it is 0.8 of it at most.</summary>
    public double Strain { get; init; } = 5e-4;

    /// <summary>Spacing of the lattice planes; gold (111) by default.</summary>
    public double SpacingNanometres { get; init; } = 0.2355;

    public double EnergyElectronvolts { get; init; } = 9000;

    /// <summary>Frames of the rocking curve.</summary>
    public int Frames { get; init; } = 64;

    public int Rows { get; init; } = 96;

    public int Columns { get; init; } = 96;

    /// <summary>How finely <see cref="SizeNanometres"/> is sampled along each axis: chooses step and distance.</summary>
    public double OversamplingRatio { get; init; } = 2.6;

    /// <summary>Photons expected in the whole scan.</summary>
    public double Photons { get; init; } = 1e7;

    /// <summary>Columns of a gap of the detector, beside the peak; 0 = none.</summary>
    public int GapColumns { get; init; }

    /// <summary>Pixels that count far too much.</summary>
    public int HotPixels { get; init; }

    /// <summary>Spread of the pixels' efficiencies; 0 = all the same.</summary>
    public double FlatField { get; init; }

    /// <summary>Of the crystal, the noise and the faults.</summary>
    public int Seed { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        if (SizeNanometres is not (>= 1 and <= 1e5))
        {
            yield return new(nameof(SizeNanometres), "must lie between 1 and 100 000");
        }

        if (!double.IsFinite(Strain) || Math.Abs(Strain) > 0.05)
        {
            yield return new(nameof(Strain), "must lie between -0.05 and 0.05");
        }

        if (SpacingNanometres is not (>= 0.02 and <= 2))
        {
            yield return new(nameof(SpacingNanometres), "must lie between 0.02 and 2; 0.2355 is gold's (111)");
        }

        if (EnergyElectronvolts is not (>= 10 and <= 1e7))
        {
            yield return new(nameof(EnergyElectronvolts), "must lie between 10 eV and 10 MeV");
        }

        if (Frames is < 8 or > 4096)
        {
            yield return new(nameof(Frames), "must be 8 to 4096 frames");
        }

        if (Rows is < 8 or > 4096)
        {
            yield return new(nameof(Rows), "must be 8 to 4096 rows");
        }

        if (Columns is < 8 or > 4096)
        {
            yield return new(nameof(Columns), "must be 8 to 4096 columns");
        }

        if (OversamplingRatio is not (>= 1 and <= 20))
        {
            yield return new(nameof(OversamplingRatio), "must lie between 1 and 20");
        }

        if (!(Photons > 0) || !double.IsFinite(Photons))
        {
            yield return new(nameof(Photons), "must be above 0");
        }

        if (GapColumns < 0 || GapColumns > Columns / 4)
        {
            yield return new(nameof(GapColumns), "must lie between 0 and a quarter of the columns");
        }

        if (HotPixels < 0 || HotPixels > Rows * Columns / 10)
        {
            yield return new(nameof(HotPixels), "must lie between 0 and a tenth of the pixels");
        }

        if (FlatField is not (>= 0 and < 0.3))
        {
            yield return new(nameof(FlatField), "must lie between 0 and 0.3");
        }
    }
}
