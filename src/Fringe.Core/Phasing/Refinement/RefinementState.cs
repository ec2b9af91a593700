using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// What changes while refining. A run that was cancelled goes on from its state as if it had not been stopped. Owns its tensors.
/// </summary>
public sealed class RefinementState : IDisposable
{
    private readonly List<double> chi = [];
    private IDisposable? memory;

    /// <param name="psi">complex64, centred, 0 outside the support; taken over.</param>
    /// <param name="support">float32, 1 inside; taken over.</param>
    /// <param name="unit">The object's amplitude.</param>
    /// <param name="noise">chi that photon noise alone leaves.</param>
    /// <param name="coherence">Taken over; null = fully coherent.</param>
    internal RefinementState(Tensor psi, Tensor support, double unit, double noise, PartialCoherence? coherence)
    {
        Object = psi.DetachFromDisposeScope();
        Support = support.DetachFromDisposeScope();
        Unit = unit;
        Noise = noise;
        Deblurring = coherence is null ? null : new Deblurring(coherence);
        SupportChanged();
        StartVoxels = support.sum(ScalarType.Float64).item<double>();
    }

    /// <summary><c>x</c>: complex64 <c>[z, y, x]</c>, centred, 0 outside the support; |x|^2 in photons.</summary>
    public Tensor Object { get; }

    /// <summary><c>S</c>: float32 <c>[z, y, x]</c>, centred, 1 inside and 0 outside.</summary>
    public Tensor Support { get; }

    /// <summary>The fitted blur of the intensity; null where none is fitted.</summary>
    public PartialCoherence? Coherence => Deblurring?.Coherence;

    /// <summary>The same with what it does to the amplitudes.</summary>
    internal Deblurring? Deblurring { get; }

    /// <summary>Amplitude of the start inside the crystal, sqrt(photons): the scale of rates and weights.</summary>
    public double Unit { get; }

    /// <summary>chi that photon noise alone leaves.</summary>
    public double Noise { get; }

    /// <summary>Steps done.</summary>
    public int Step => chi.Count;

    /// <summary>chi of each step's object before the step, over the voxels that counted.</summary>
    public IReadOnlyList<double> ChiHistory => chi;

    /// <summary>Misfit of the last step's object before the step, photons.</summary>
    public double Misfit { get; private set; } = double.NaN;

    /// <summary>The best judgement so far; NaN before the first.</summary>
    public double Judgement { get; internal set; } = double.NaN;

    /// <summary>Voxels of the first support.</summary>
    internal double StartVoxels { get; }

    /// <summary>Where the support lies; the whole volume on other devices than the CPU.</summary>
    internal SupportBox Box { get; private set; }

    /// <summary>The object of the best judgement.</summary>
    internal Tensor? Best { get; private set; }

    /// <summary>Judgements since the best.</summary>
    internal int Stale { get; set; }

    /// <summary>Why the search ended; null while it goes on.</summary>
    internal StopReason? Verdict { get; set; }

    /// <summary>The step at which it ended.</summary>
    internal int VerdictStep { get; set; }

    /// <summary>Misfit at the last redrawing of the support.</summary>
    internal double MisfitAtRedraw { get; set; } = double.PositiveInfinity;

    internal void Record(double misfit, double chiBefore)
    {
        Misfit = misfit;
        chi.Add(chiBefore);
    }

    /// <summary>Keeps a copy of the object as the best so far.</summary>
    internal void KeepBest()
    {
        Best ??= empty_like(Object).DetachFromDisposeScope();
        Best.copy_(Object);
    }

    /// <summary>What the optimiser keeps between steps; made when there is none of its kind.</summary>
    internal T Remember<T>(Func<T> create)
        where T : class, IDisposable
    {
        if (memory is not T kept)
        {
            memory?.Dispose();
            kept = create();
            memory = kept;
        }

        return kept;
    }

    /// <summary>Clears the object outside the support and finds the support's box.</summary>
    internal void SupportChanged()
    {
        Object.mul_(Support);
        Box = NativeMemory.IsReachable(Object, Support)
            ? SupportBox.Of(Support)
            : new(0, (int)Support.shape[0], 0, (int)Support.shape[1], 0, (int)Support.shape[2]);
    }

    /// <summary>Lets the optimiser begin afresh.</summary>
    internal void Forget()
    {
        memory?.Dispose();
        memory = null;
    }

    public void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
        Deblurring?.Dispose();
        Best?.Dispose();
        memory?.Dispose();
    }
}
