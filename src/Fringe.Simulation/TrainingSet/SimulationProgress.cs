namespace Fringe.Simulation.TrainingSet;

/// <summary>How far a run is; reported after every crystal and every failure.</summary>
/// <param name="Done">Crystals that are on disk, those of earlier runs included.</param>
/// <param name="Total">Crystals of this job.</param>
/// <param name="MadeNow">Crystals made by this run.</param>
/// <param name="Redrawn">Draws whose planes left too little.</param>
/// <param name="Failed">LAMMPS runs that failed, hung or lost atoms, and were replaced.</param>
/// <param name="LammpsTime">Time inside LAMMPS, over all workers.</param>
public sealed record SimulationProgress(int Done, int Total, int MadeNow, int Redrawn, int Failed, TimeSpan LammpsTime);
