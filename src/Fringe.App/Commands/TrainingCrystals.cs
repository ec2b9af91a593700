using Fringe.Core;
using Fringe.Formats.Crystals;
using Fringe.Learning.Augmentation;

namespace Fringe.App.Commands;

/// <summary>The crystals of a training.</summary>
/// <param name="Learn">Learnt from.</param>
/// <param name="Judge">Others, validated with.</param>
/// <param name="JudgeName">What those are, for people.</param>
/// <param name="Name">Says exactly which crystals; a checkpoint of others is refused.</param>
internal sealed record TrainingCrystals(CrystalSource Learn, CrystalSource Judge, string JudgeName, string Name)
{
    private const string MadeUp = "made-up crystals";

    /// <summary>Reads the set of <c>--data</c>.</summary>
    /// <param name="path">A set of <c>fringe simulate</c> or of <c>fringe train dataset</c>; null = made-up crystals only.</param>
    /// <param name="share">Share of made-up crystals beside a set's.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <exception cref="InputException">Missing, empty, damaged or of another version.</exception>
    public static TrainingCrystals Read(string? path, double share, CancellationToken cancellation)
    {
        ProceduralCrystals made = new();
        return path is null ? new TrainingCrystals(made, made, MadeUp, "procedural")
            : PhasedCrystalFile.IsSet(path) ? Phased(path, made, share)
            : Simulated(path, made, share, cancellation);
    }

    private static TrainingCrystals Simulated(
        string path,
        ProceduralCrystals made,
        double share,
        CancellationToken cancellation
    )
    {
        CrystalSet set = CrystalSet.Read(path, cancellation);
        return new TrainingCrystals(
            new MixedCrystals(made, new AtomisticCrystals(set.Of(CrystalSplit.Train), scalesStrain: true), share),
            new AtomisticCrystals(set.Of(CrystalSplit.Validation)),
            "simulated crystals held out",
            FormattableString.Invariant($"{share:R} procedural, crystals {set.Hash}, strain scaled")
        );
    }

    private static TrainingCrystals Phased(string path, ProceduralCrystals made, double share)
    {
        (PhasedCrystalSet set, string hash) = PhasedCrystalFile.Read(path);
        PhasedCrystal[] learn = [.. set.Crystals.Where(crystal => crystal.Split == CrystalSplit.Train)];
        PhasedCrystal[] held = [.. set.Crystals.Where(crystal => crystal.Split == CrystalSplit.Validation)];
        return new TrainingCrystals(
            new MixedCrystals(made, new PhasedCrystals(learn, scalesStrain: true), share),
            held.Length > 0 ? new PhasedCrystals(held, scalesStrain: false) : made,
            held.Length > 0 ? "phased crystals held out" : $"{MadeUp} (the set holds none out)",
            FormattableString.Invariant($"{share:R} procedural, phased crystals {hash}")
        );
    }
}
