using Fringe.Formats.Crystals;
using Fringe.Simulation.TrainingSet;

namespace Fringe.Simulation.CrystalSets;

/// <summary>What a report on a set of crystals is made of.</summary>
public sealed record CrystalSetData
{
    /// <summary>The folder as it was given.</summary>
    public required string Folder { get; init; }

    /// <summary>How the crystals were made; that of the first file.</summary>
    public required CrystalProvenance Provenance { get; init; }

    /// <summary>Whether all files say the same of how they were made.</summary>
    public required bool IsOfOneKind { get; init; }

    /// <summary>Every crystal without its fields, by index.</summary>
    public required IReadOnlyList<CrystalRecord> Crystals { get; init; }

    /// <summary>Crystals to show, with their fields, evenly over the set.</summary>
    public required IReadOnlyList<CrystalRecord> Shown { get; init; }

    /// <summary>Files of many crystals.</summary>
    public required int Shards { get; init; }

    /// <summary>Crystals whose shard is not complete.</summary>
    public required int Parts { get; init; }

    /// <summary>Whether a run is at work, or stopped before its last crystal.</summary>
    public required bool IsUnfinished { get; init; }

    /// <summary>Oversampling ratio of each example; empty where the set has none.</summary>
    public required IReadOnlyList<double> Oversampling { get; init; }

    /// <summary>What the log says; null where there is none.</summary>
    public required Throughput? Throughput { get; init; }

    /// <summary>Lines of the log in their order.</summary>
    public required IReadOnlyList<SimulationLogEntry> Log { get; init; }
}
