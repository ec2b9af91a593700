using Fringe.Simulation.TrainingSet;

namespace Fringe.Simulation.CrystalSets;

/// <summary>
/// How fast a set was made. Time counts while at least one crystal is under way, so that a run that was stopped and went on
/// the next day is not slow because of the night.
/// </summary>
public sealed record Throughput
{
    private const int MostBins = 40;
    private const int CrystalsPerBin = 8;

    /// <summary>Crystals in the log.</summary>
    public required int Made { get; init; }

    /// <summary>LAMMPS runs that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Time in which at least one crystal was under way.</summary>
    public required TimeSpan Running { get; init; }

    /// <summary>Crystals under way at a time, on average.</summary>
    public required double AtATime { get; init; }

    /// <summary>Share of the workers' time inside LAMMPS, 0 to 1.</summary>
    public required double LammpsShare { get; init; }

    /// <summary>Times the run stood still.</summary>
    public required int Pauses { get; init; }

    /// <summary>Running time at which each crystal was finished, ascending, seconds.</summary>
    public required IReadOnlyList<double> FinishedSeconds { get; init; }

    /// <summary>Over the whole run.</summary>
    public double CrystalsPerHour => Made / Running.TotalHours;

    /// <summary>null where no crystal was made.</summary>
    public static Throughput? Of(IReadOnlyList<SimulationLogEntry> log)
    {
        int made = log.Count(entry => entry.IsMade);
        if (made == 0)
        {
            return null;
        }

        List<(DateTimeOffset From, DateTimeOffset To)> stretches = [];
        foreach (SimulationLogEntry entry in log.OrderBy(entry => entry.Begun))
        {
            if (stretches.Count > 0 && entry.Begun <= stretches[^1].To)
            {
                stretches[^1] = (stretches[^1].From, Later(stretches[^1].To, entry.Finished));
            }
            else
            {
                stretches.Add((entry.Begun, entry.Finished));
            }
        }

        double lammps = log.Sum(entry => entry.LammpsTime.TotalSeconds);
        double all = lammps + log.Sum(entry => entry.OtherTime.TotalSeconds);
        double running = stretches.Sum(stretch => (stretch.To - stretch.From).TotalSeconds);
        return new Throughput
        {
            Made = made,
            Failed = log.Count - made,
            Running = TimeSpan.FromSeconds(running),
            AtATime = all / running,
            LammpsShare = lammps / all,
            Pauses = stretches.Zip(stretches.Skip(1)).Count(pair => pair.Second.From - pair.First.To > LeastPause),
            FinishedSeconds = [.. log.Where(entry => entry.IsMade).Select(RunningTime).Order()],
        };

        double RunningTime(SimulationLogEntry entry) =>
            stretches
                .TakeWhile(stretch => stretch.From < entry.Finished)
                .Sum(stretch => (Earlier(stretch.To, entry.Finished) - stretch.From).TotalSeconds);
    }

    // One worker takes a moment between two crystals.
    private static TimeSpan LeastPause => TimeSpan.FromMinutes(1);

    /// <summary>Crystals per hour in equal stretches of the running time.</summary>
    public IReadOnlyList<double> PerHourOverTime()
    {
        double[] rates = new double[Math.Clamp(Made / CrystalsPerBin, 1, MostBins)];
        double width = Running.TotalSeconds / rates.Length;
        foreach (double finished in FinishedSeconds)
        {
            rates[Math.Min((int)(finished / width), rates.Length - 1)] += 3600 / width;
        }

        return rates;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
