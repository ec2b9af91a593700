using System.Globalization;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Frames;

/// <summary>What the headers of frames say of their detector.</summary>
internal static class FrameCompanions
{
    private const string Cutoff = "Count_cutoff";

    /// <summary>The saturation that DECTRIS's CBF header records.</summary>
    /// <param name="metadata">Of the file, or of a series' first.</param>
    public static ArrayCompanions Of(IReadOnlyList<MetadataItem> metadata)
    {
        MetadataItem? item = metadata.FirstOrDefault(entry => entry.Name == Cutoff);
        return double.TryParse(item?.Value, CultureInfo.InvariantCulture, out double counts) && counts > 0
            ? new ArrayCompanions { Saturation = new RecordedSaturation(counts, Cutoff) }
            : new ArrayCompanions();
    }
}
