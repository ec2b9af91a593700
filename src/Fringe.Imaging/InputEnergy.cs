using System.Globalization;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;

namespace Fringe.Imaging;

/// <summary>The photon energy an input file states.</summary>
internal static class InputEnergy
{
    /// <summary>In eV; null where the file does not say. An unknown unit counts as none.</summary>
    public static double? Find(IReadOnlyList<MetadataItem> metadata)
    {
        MetadataItem? item = metadata.FirstOrDefault(entry =>
            entry.Name.EndsWith("energy", StringComparison.OrdinalIgnoreCase)
        );
        if (item is null || !double.TryParse(item.Value, CultureInfo.InvariantCulture, out double value) || value <= 0)
        {
            return null;
        }

        string unit = PhotonEnergy.UnitOf(value, item.Unit) ?? PhotonEnergy.UnitOf(value, recorded: null)!;
        double electronvolts = PhotonEnergy.Convert(value, unit);
        return electronvolts is >= 10 and <= 1e7 ? electronvolts : null;
    }
}
