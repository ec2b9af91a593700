using System.Globalization;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Frames;

/// <summary>What the headers of frames say of their detector.</summary>
internal static class FrameCompanions
{
    private const string Cutoff = "Count_cutoff";

    /// <summary>The saturation that DECTRIS's CBF and TIFF headers record.</summary>
    /// <param name="metadata">Of the file, or of a series' first.</param>
    /// <param name="remarks">What else is to be said of it.</param>
    public static ArrayCompanions Of(IReadOnlyList<MetadataItem> metadata, IReadOnlyList<string> remarks)
    {
        MetadataItem? item = metadata.FirstOrDefault(entry => entry.Name == Cutoff);
        bool isKnown = double.TryParse(
            item?.Value,
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out double counts
        );
        return new ArrayCompanions
        {
            Saturation = isKnown && counts > 0 ? new RecordedSaturation(counts, Cutoff) : null,
            Remarks = remarks,
        };
    }
}
