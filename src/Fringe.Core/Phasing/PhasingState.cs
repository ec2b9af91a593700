namespace Fringe.Core.Phasing;

/// <summary>What changes while a pattern is phased. Owns its tensors.</summary>
public abstract class PhasingState : IDisposable
{
    /// <summary>Steps done.</summary>
    public abstract int Steps { get; }

    /// <summary>The most steps that the run can take, as far as is known now.</summary>
    public abstract int MostSteps { get; }

    /// <summary>Name of the algorithm of the last step.</summary>
    public abstract string Algorithm { get; }

    /// <summary>chi of the last step's object before the step, over the voxels that counted; NaN before the first.</summary>
    public abstract double LastChi { get; }

    public abstract void Dispose();
}
