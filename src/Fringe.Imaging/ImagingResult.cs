using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Imaging.Crystals;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Network;
using Fringe.Imaging.Trust;

namespace Fringe.Imaging;

/// <summary>What an imager made of a measurement, and how: managed data, which belongs to the caller.</summary>
public sealed class ImagingResult
{
    /// <summary>Of what it was made.</summary>
    public required Measurement Measurement { get; init; }

    /// <summary>SHA-256 of the stack as read (float32, C order), hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>As it was asked for.</summary>
    public required ImagingOptions Options { get; init; }

    /// <summary>Where it was computed.</summary>
    public required ImagerOptions Imager { get; init; }

    /// <summary>How long its stages took; goes on while the result is written.</summary>
    public required StageClock Clock { get; init; }

    /// <summary>What preparation did.</summary>
    public required PreparationSummary Preparation { get; init; }

    /// <summary>The prepared pattern: photons, float32 <c>[z, y, x]</c>, peak at index N/2.</summary>
    public required RealVolume Measured { get; init; }

    /// <summary>true where nothing was measured; of the pattern's length, C order.</summary>
    public required bool[] Mask { get; init; }

    /// <summary>The intensity that the object gives, as the detector sees it: photons, of the pattern's shape.</summary>
    public required RealVolume Modelled { get; init; }

    /// <summary>The object and its support.</summary>
    public required CrystalView Crystal { get; init; }

    /// <summary>
    /// The phase ramp that canonical form took out of the object, cycles across z, y, x: how far its pattern lies from the peak's voxel.
    /// </summary>
    public required IReadOnlyList<double> Ramp { get; init; }

    /// <summary>How well the object explains the pattern.</summary>
    public required PatternFit Fit { get; init; }

    /// <summary>What became of each start, best first.</summary>
    public required IReadOnlyList<StartOutcome> Starts { get; init; }

    /// <summary>Complex correlation with the best start from which a start was kept.</summary>
    public required double LeastAgreement { get; init; }

    /// <summary>What the network's prediction is worth; null where it was not asked.</summary>
    public required NetworkJudgement? Network { get; init; }

    /// <summary>How far each voxel may be off; null where it was not asked for or not found.</summary>
    public required ObjectUncertainty? Uncertainty { get; init; }

    /// <summary>The crystal in nm with its strain; null where no geometry is known.</summary>
    public required CrystalInSpace? Space { get; init; }

    /// <summary>What the figures say of the result.</summary>
    public Verdict Verdict => field ??= Verdict.Of(Fit, Starts, Preparation);

    /// <summary>The figures, but for the times, which the clock has.</summary>
    public FigureSet Figures => field ??= PhasedFigureSet.Of(this);

    /// <summary>What a person should know before trusting it, one sentence each.</summary>
    public IReadOnlyList<string> Notes => field ??= [.. RunNotes.Of(this)];

    /// <summary>The recipes of iterations behind the best start, from the coarsest grid to the finest.</summary>
    public IReadOnlyList<string> Recipes =>
        [.. Starts[0].Method.RecipesFor([Measured.Depth, Measured.Height, Measured.Width])];

    /// <summary>Whether a start that is in the result began with the network's prediction.</summary>
    public bool KeepsNetwork => Starts.Any(start => start.IsKept && start.Origin == Origins.Network);
}
