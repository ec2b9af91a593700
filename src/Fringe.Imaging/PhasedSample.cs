using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Preparation;
using Fringe.Imaging.Crystals;
using Fringe.Imaging.Network;
using Fringe.Imaging.Trust;

namespace Fringe.Imaging;

/// <summary>Everything a finished run knows, before it is written. Owns its parts.</summary>
/// <param name="Name">The input's name, for headings.</param>
/// <param name="DataHash">SHA-256 of the stack as read (float32, C order), hexadecimal.</param>
/// <param name="EnergyElectronvolts">From the input file; null where it does not say.</param>
/// <param name="Prepared">The pattern.</param>
/// <param name="Network">What the network's prediction is worth, where it was asked.</param>
/// <param name="Result">The object.</param>
/// <param name="HiddenFraction">The share of its photons that fall where nothing was measured.</param>
internal sealed record PhasedSample(
    string Name,
    string DataHash,
    double? EnergyElectronvolts,
    PreparedPattern Prepared,
    NetworkJudgement? Network,
    PhasingResult Result,
    double HiddenFraction
) : IDisposable
{
    /// <summary>The array of the input that it is from; empty where there is one.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>What its figures say of it.</summary>
    public Verdict Verdict { get; } = Verdict.Of(Result, Prepared, HiddenFraction);

    /// <summary>Of the canonical object; null where it was not asked for.</summary>
    public ObjectUncertainty? Uncertainty { get; init; }

    /// <summary>The crystal in nm; null where no geometry is known.</summary>
    public StrainedCrystal? Crystal { get; init; }

    /// <summary>Whether a start began with the network's prediction.</summary>
    public bool StartedFromNetwork(PhaseRequest request, StartSummary start) =>
        request.Method == PhaseMethod.Network
        || (request.Method == PhaseMethod.Auto && Network is not null && start.Start == 1);

    /// <summary>Whether such a start is in the result.</summary>
    public bool KeepsNetwork(PhaseRequest request) =>
        Result.Starts.Any(start => start.IsKept && StartedFromNetwork(request, start));

    /// <summary>The options of the best start's iterations, on the coarsest grid.</summary>
    public PhasingOptions PhasingOf(PhaseRequest request) =>
        request.Method == PhaseMethod.Auto && StartedFromNetwork(request, Result.Starts[0])
            ? request.PhasingFromNetwork
            : request.Phasing;

    /// <summary>The iterations of the best start on the coarsest grid, and on all finer ones.</summary>
    public IReadOnlyList<PhasingRecipe> RecipesOf(PhaseRequest request)
    {
        PhasingRecipe first = PhasingOf(request).Recipe;
        int finer = request.Method == PhaseMethod.Iterative ? 0 : CoarseToFine.Shapes(Prepared.Pattern.Shape).Count - 1;
        return [first, .. Enumerable.Repeat(RefinedPhasing.OptionsFromGiven.Recipe, finer)];
    }

    public void Dispose()
    {
        Crystal?.Dispose();
        Result.Dispose();
        Prepared.Dispose();
    }
}
