using System.Globalization;
using Fringe.Core;

namespace Fringe.Simulation.TrainingSet;

/// <summary>Reads the log of a set, also while a run adds to it.</summary>
public static class SimulationLogReader
{
    private const int Fields = 7;
    private const double MostSeconds = 1e9;

    /// <summary>The lines in their order; those cut short by a killed run are left out.</summary>
    /// <param name="folder">The set's folder.</param>
    /// <returns>Empty where there is no log.</returns>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static IReadOnlyList<SimulationLogEntry> Read(string folder)
    {
        string path = Path.Combine(folder, SimulationLog.FileName);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream);
            List<SimulationLogEntry> entries = [];
            while (reader.ReadLine() is { } line)
            {
                if (Parse(line) is { } entry)
                {
                    entries.Add(entry);
                }
            }

            return entries;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(path, $"cannot be read: {error.Message}", inner: error);
        }
    }

    private static SimulationLogEntry? Parse(string line)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string[] parts = line.Split(',');
        return
            parts.Length > Fields
            && parts[3] is "made" or "failed"
            && DateTimeOffset.TryParse(parts[0], culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset finished)
            && int.TryParse(parts[1], NumberStyles.None, culture, out int index)
            && int.TryParse(parts[4], NumberStyles.None, culture, out int atoms)
            && Seconds(parts[5]) is { } lammps
            && Seconds(parts[6]) is { } other
            ? new SimulationLogEntry(finished, index, parts[3] == "made", atoms, lammps, other)
            : null;
    }

    private static TimeSpan? Seconds(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
