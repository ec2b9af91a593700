namespace Fringe.Simulation.Lammps;

/// <summary>One LAMMPS run failed, hung or lost atoms. The crystal is replaced; the run of the set goes on.</summary>
internal sealed class LammpsException : Exception
{
    public LammpsException(string message)
        : base(message) { }

    public LammpsException(string message, Exception inner)
        : base(message, inner) { }
}
