using System.Globalization;
using Fringe.Core;

namespace Fringe.Formats.Beamlines;

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
        double electronvolts = Convert(value, unit);
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

    /// <summary>In eV, of an energy in a file: without a unit in the one in which it can be an X-ray's, eV first.</summary>
    /// <param name="value">As it is recorded.</param>
    /// <param name="recorded">The unit as it is recorded; null or empty = none.</param>
    /// <param name="usual">The unit that the beamline's files use; null = not known.</param>
    /// <param name="origin">File and place, to start the message with.</param>
    /// <exception cref="InputException">It is none of an X-ray that diffracts, or in an unknown unit.</exception>
    internal static double OfFile(double value, string? recorded, string? usual, string origin)
    {
        if (!double.IsFinite(value))
        {
            throw new InputException($"{origin}: there is no number");
        }

        string? known = string.IsNullOrEmpty(recorded) ? null : recorded;
        string unit =
            UnitOf(value, known)
            ?? throw new InputException($"{origin}: an energy in '{recorded}'; expected eV, keV or J");
        if (known is null && unit == "eV" && !IsXRay(value))
        {
            unit =
                new[] { usual, "keV" }.OfType<string>().FirstOrDefault(other => IsXRay(Convert(value, other))) ?? unit;
        }

        return InElectronvolts(value, unit, origin);
    }

    /// <summary>
    /// The unit of an energy in a file. CXI means joules but some programs write eV, so without a unit the magnitude decides: X-rays
    /// have 1e2 to 1e6 eV, 1e-17 to 1e-13 J.
    /// </summary>
    /// <param name="value">As it is recorded.</param>
    /// <param name="recorded">As it is recorded; null = none.</param>
    /// <returns>eV, keV or J; null where what is recorded is none of them.</returns>
    public static string? UnitOf(double value, string? recorded) =>
        recorded?.ToLowerInvariant() switch
        {
            "kev" => "keV",
            "ev" => "eV",
            "j" or "joule" or "joules" => "J",
            null => value < 1e-10 ? "J" : "eV",
            _ => null,
        };

    /// <summary>So many of a unit in eV, whatever they are of.</summary>
    /// <param name="value">As it is recorded.</param>
    /// <param name="unit">eV, keV, J or MeV.</param>
    public static double Convert(double value, string unit) =>
        value * Units.First(known => known.Unit == unit).Electronvolts;

    private static bool IsXRay(double electronvolts) => electronvolts is >= 1000 and <= 200_000;
}
