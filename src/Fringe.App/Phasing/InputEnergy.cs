using System.Globalization;
using Fringe.Formats;

namespace Fringe.App.Phasing;

/// <summary>The photon energy an input file states.</summary>
internal static class InputEnergy
{
    /// <summary>
    /// In eV; null where the file does not say. CXI means joules but some programs write eV, so without a unit the magnitude
    /// decides: X-rays have 1e2 to 1e6 eV, 1e-17 to 1e-13 J, 0.1 to 1e3 keV with that unit.
    /// </summary>
    public static double? Find(IReadOnlyList<MetadataItem> metadata)
    {
        MetadataItem? item = metadata.FirstOrDefault(entry =>
            entry.Name.EndsWith("energy", StringComparison.OrdinalIgnoreCase)
        );
        if (item is null || !double.TryParse(item.Value, CultureInfo.InvariantCulture, out double value) || value <= 0)
        {
            return null;
        }

        double electronvolts = item.Unit?.ToLowerInvariant() switch
        {
            "kev" => value * 1000,
            "ev" => value,
            "j" or "joule" or "joules" => value / PhotonEnergy.JoulesPerElectronvolt,
            _ => value < 1e-10 ? value / PhotonEnergy.JoulesPerElectronvolt : value,
        };
        return electronvolts is >= 10 and <= 1e7 ? electronvolts : null;
    }
}
