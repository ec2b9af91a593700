namespace Fringe.Simulation.TrainingSet;

/// <summary>A line of a set's log: a crystal, or a LAMMPS run that failed.</summary>
/// <param name="Finished">When it ended.</param>
/// <param name="Index">The crystal's number in the set.</param>
/// <param name="IsMade">False where LAMMPS failed.</param>
/// <param name="Atoms">Atoms of the crystal.</param>
/// <param name="LammpsTime">Time inside LAMMPS.</param>
/// <param name="OtherTime">All other time.</param>
public sealed record SimulationLogEntry(
    DateTimeOffset Finished,
    int Index,
    bool IsMade,
    int Atoms,
    TimeSpan LammpsTime,
    TimeSpan OtherTime
)
{
    /// <summary>When it was begun.</summary>
    public DateTimeOffset Begun => Finished - LammpsTime - OtherTime;
}
