using System.Globalization;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Crystals;

/// <summary>What <c>fringe inspect</c> tells of crystals beside their arrays.</summary>
internal static class CrystalMetadata
{
    /// <summary>Number of crystals, then how many are for what.</summary>
    public static IEnumerable<MetadataItem> Counts(IReadOnlyCollection<CrystalSplit> splits)
    {
        yield return Count("crystals", splits.Count);
        yield return Count("for training", splits.Count(split => split == CrystalSplit.Train));
        yield return Count("for validation", splits.Count(split => split == CrystalSplit.Validation));
        yield return Count("for testing", splits.Count(split => split == CrystalSplit.Test));
    }

    /// <summary>How they were made.</summary>
    public static IEnumerable<MetadataItem> Of(CrystalProvenance provenance) =>
        [
            new("seed", provenance.Seed.ToString(CultureInfo.InvariantCulture), null),
            new("LAMMPS version", Streams.OneLine(provenance.LammpsVersion), null),
            new("potential", Streams.OneLine(provenance.Potential), null),
            new("potential SHA-256", Streams.OneLine(provenance.PotentialHash), null),
            new("program version", Streams.OneLine(provenance.ProgramVersion), null),
            new(
                "lattice constant",
                provenance.LatticeConstantNanometres.ToString("R", CultureInfo.InvariantCulture),
                "nm"
            ),
            // Whole, since cut it would be no JSON; with spaces, at which a terminal may break it.
            new("recipe", provenance.Recipe.ReplaceLineEndings(" ").Replace(",\"", ", \""), null),
        ];

    public static MetadataItem Count(string name, long count, string? unit = null) =>
        new(name, count.ToString(CultureInfo.InvariantCulture), unit);
}
