using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// What changes while refining. A run that was cancelled goes on from its state as if it had not been stopped. Owns its tensors.
/// </summary>
internal sealed class RefinementState : PhasingState
{
    private readonly List<double> chi = [];
    private readonly string algorithm;
    private IDisposable? memory;

    /// <param name="psi">complex64, centred, 0 outside the support; taken over.</param>
    /// <param name="support">float32, 1 inside; taken over.</param>
    /// <param name="algorithm">The optimiser's name.</param>
    internal RefinementState(Tensor psi, Tensor support, string algorithm)
    {
        this.algorithm = algorithm;
        Object = psi.DetachFromDisposeScope();
        Support = support.DetachFromDisposeScope();
        SupportChanged();
        StartVoxels = support.sum(ScalarType.Float64).item<double>();
    }

    /// <summary><c>x</c>: complex64 <c>[z, y, x]</c>, centred, 0 outside the support; |x|^2 in photons.</summary>
    public Tensor Object { get; }

    /// <summary><c>S</c>: float32 <c>[z, y, x]</c>, centred, 1 inside and 0 outside.</summary>
    public Tensor Support { get; }

    /// <summary>The fitted blur of the intensity; null where none is fitted.</summary>
    public PartialCoherence? Coherence => Deblurring?.Coherence;

    /// <summary>Amplitude of the start inside the crystal, sqrt(photons): the scale of rates and weights.</summary>
    public required double Unit { get; init; }

    /// <summary>chi that photon noise alone leaves.</summary>
    public required double Noise { get; init; }

    /// <summary>Steps that were done before this run.</summary>
    internal required int Begun { get; init; }

    /// <inheritdoc/>
    public override int Steps => Begun + chi.Count;

    /// <inheritdoc/>
    public override int MostSteps => Most;

    /// <inheritdoc/>
    public override string Algorithm => algorithm;

    /// <inheritdoc/>
    public override double LastChi => chi.Count > 0 ? chi[^1] : double.NaN;

    /// <summary>chi of each step's object before the step, over the voxels that counted.</summary>
    public IReadOnlyList<double> ChiHistory => chi;

    /// <summary>Misfit of the last step's object before the step, photons.</summary>
    public double Misfit { get; private set; } = double.NaN;

    /// <summary>The best judgement so far, by the free voxels (by the misfit without any); NaN before the first.</summary>
    public double FreeMisfit { get; internal set; } = double.NaN;

    /// <summary>The most steps of the run.</summary>
    internal required int Most { get; init; }

    /// <summary>Last steps with the free voxels given back; none where there are no free voxels.</summary>
    internal required int FinalSteps { get; init; }

    /// <summary>The measurement without its free voxels; owned.</summary>
    internal required RefinementModel WithoutFree { get; init; }

    /// <summary>The whole measurement; owned.</summary>
    internal required RefinementModel All { get; init; }

    /// <summary>The fitted blur of the intensity with what it does to the amplitudes, owned; null where none is fitted.</summary>
    internal required Deblurring? Deblurring { get; init; }

    /// <summary>Voxels of the first support.</summary>
    private double StartVoxels { get; }

    /// <summary>Where the support lies; the whole volume on other devices than the CPU.</summary>
    internal SupportBox Box { get; private set; }

    /// <summary>The object of the best judgement.</summary>
    internal Tensor? Best { get; private set; }

    /// <summary>Judgements since the best.</summary>
    internal int Stale { get; set; }

    /// <summary>Why the search ended; null while it goes on.</summary>
    internal StopReason? Stop { get; private set; }

    /// <summary>The step at which the search ended.</summary>
    internal int StopStep { get; private set; }

    /// <summary>Misfit at the last redrawing of the support.</summary>
    private double MisfitAtRedraw { get; set; } = double.PositiveInfinity;

    internal void Record(double misfit, double chiBefore)
    {
        Misfit = misfit;
        chi.Add(chiBefore);
    }

    /// <summary>The search is over.</summary>
    internal void Conclude(StopReason reason)
    {
        Stop = reason;
        StopStep = Steps;
    }

    /// <summary>Redraws the support, where the misfit has fallen by enough since that was last done.</summary>
    internal void Redraw(Refine method)
    {
        if (Misfit > (1 - method.RedrawAfterFall) * MisfitAtRedraw)
        {
            return;
        }

        MisfitAtRedraw = Misfit;
        ShrinkWrap shrinkWrap = method.ShrinkWrap;
        double most = Math.Min(shrinkWrap.MaximumFraction, method.MostGrowth * StartVoxels / Support.numel());
        (shrinkWrap with { MaximumFraction = most }).Redraw(Object, Support, (double)Steps / method.Steps);
        SupportChanged();
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
        Box = SupportBox.Of(Support);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Object.Dispose();
        Support.Dispose();
        Deblurring?.Dispose();
        WithoutFree.Dispose();
        All.Dispose();
        Best?.Dispose();
        memory?.Dispose();
    }
}
