using System.Globalization;
using Fringe.Core;

namespace Fringe.Formats;

/// <summary>Photon energies as files and people give them. Those of Bragg diffraction lie between 1 and 200 keV.</summary>
public static class PhotonEnergy
{
    /// <summary>CODATA 2018, exact.</summary>
    public const double JoulesPerElectronvolt = 1.602176634e-19;

    private static readonly (string Unit, double Electronvolts)[] Units =
    [
        ("eV", 1),
        ("keV", 1000),
        ("J", 1 / JoulesPerElectronvolt),
        ("MeV", 1e6),
    ];

    /// <summary>In eV, if it can be one of an X-ray that diffracts.</summary>
    /// <param name="value">As it is recorded.</param>
    /// <param name="unit">eV, keV, J or MeV, as it should be recorded in.</param>
    /// <param name="origin">Where it is from, to start the message with.</param>
    /// <exception cref="InputException">It cannot; says which unit it looks like.</exception>
    public static double InElectronvolts(double value, string unit, string origin)
    {
        double electronvolts = value * Units.First(known => known.Unit == unit).Electronvolts;
        if (IsXRay(electronvolts))
        {
            return electronvolts;
        }

        string[] likely = [.. Units.Where(other => IsXRay(value * other.Electronvolts)).Select(other => other.Unit)];
        string hint = likely.Length > 0 ? $"it looks like {likely[0]}" : "expected 1 to 200 keV";
        throw new InputException(
            $"{origin}: {value.ToString("g6", CultureInfo.InvariantCulture)} {unit} is no X-ray's energy; {hint}"
        );
    }

    private static bool IsXRay(double electronvolts) => electronvolts is >= 1000 and <= 200_000;
}
