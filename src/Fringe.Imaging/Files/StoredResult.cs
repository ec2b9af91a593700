using Fringe.Core;
using Fringe.Formats.Cxi;
using Fringe.Imaging.Figures;

namespace Fringe.Imaging.Files;

/// <summary>
/// A result as its files tell of it: what an <see cref="ImagingResult"/> was, without the measurement, the model's intensity and the single
/// starts, which are not stored. Managed data, which belongs to the caller.
/// </summary>
public sealed record StoredResult
{
    /// <summary>The folder that it was read from.</summary>
    public required string Folder { get; init; }

    /// <summary>The object and its support.</summary>
    public required CrystalView Crystal { get; init; }

    /// <summary>How far each voxel of the object may be off; null where it was not asked for or not found.</summary>
    public required CxiUncertainty? Uncertainty { get; init; }

    /// <summary>The crystal on cubic voxels in nm with its displacement and strain; null where no geometry was known.</summary>
    public required CxiCrystal? Space { get; init; }

    /// <summary>The figures, the times among them; without the digits and remarks that the run had for people.</summary>
    public required FigureSet Figures { get; init; }

    /// <summary>
    /// What the result says of itself, what made it and from what: verdict, notes, versions, input, hash, command ... in the order of
    /// <see cref="ResultFiles.Metrics"/>.
    /// </summary>
    public required IReadOnlyList<FactValue> Texts { get; init; }

    /// <summary>The options that it was asked for with, as <see cref="OptionsJson"/> writes them.</summary>
    public required string OptionsText { get; init; }

    /// <summary>When the run ended.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>A text of the result; null where it has none.</summary>
    public string? this[Fact fact] => Texts.FirstOrDefault(value => value.Fact == fact)?.Text;

    /// <summary>
    /// The options that it was asked for with. An object to begin with is no option: it belonged to the measurement, and <c>command</c> may
    /// name its file.
    /// </summary>
    /// <exception cref="InputException">Another version wrote them, with options that this one does not know.</exception>
    public ImagingOptions ReadOptions()
    {
        try
        {
            return OptionsJson.Read<ImagingOptions>(OptionsText);
        }
        catch (InputException error)
        {
            string version = this[Facts.FringeVersion] ?? "";
            throw InputException.ForFile(
                Path.Combine(Folder, ResultFiles.Cxi),
                $"its options are of Fringe {version} and cannot be read by this version: {error.Message}",
                "options",
                error
            );
        }
    }
}
