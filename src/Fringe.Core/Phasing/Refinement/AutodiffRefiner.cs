using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// The one loop of refinement: moves an object through the differentiable forward model until it predicts the free voxels no better, then
/// gives these back for the last steps.
/// </summary>
public sealed class AutodiffRefiner
{
    // Far more misfit than an empty object has: the steps have run away.
    private const double DivergedMisfit = 4;
    private readonly RefinementOptions options;
    private readonly Device device;

    /// <param name="options">Valid options.</param>
    /// <param name="device">Where to compute.</param>
    public AutodiffRefiner(RefinementOptions options, Device device)
    {
        this.options = options;
        this.device = device;
    }

    /// <summary>The most steps a run can take.</summary>
    public int MostSteps => options.Steps + options.ExtraSteps + options.FinalSteps;

    /// <summary>Makes an object and its support the start of a refinement.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">bool, centred: free voxels, which do not count for the scale; borrowed.</param>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, in the pattern's frame, of any scale; borrowed.</param>
    /// <param name="support">bool or float, same shape; better too loose than too tight; borrowed.</param>
    /// <param name="coherence">Widths from which a blur of the intensity is fitted, voxels; null = fully coherent.</param>
    /// <returns>Belongs to the caller.</returns>
    /// <exception cref="ArgumentException">Wrong dtype or shapes.</exception>
    public RefinementState Begin(
        DiffractionPattern pattern,
        Tensor held,
        Tensor psi,
        Tensor support,
        IReadOnlyList<double>? coherence = null
    )
    {
        if (
            psi.dtype != ScalarType.ComplexFloat32
            || !psi.shape.SequenceEqual(pattern.Shape)
            || !support.shape.SequenceEqual(pattern.Shape)
        )
        {
            throw new ArgumentException("an object and its support have the pattern's shape; the object is complex64");
        }

        using var scope = NewDisposeScope();
        Tensor inside = support.to(ScalarType.Float32);
        Tensor within = psi * inside;
        using DiffractionPattern seen = new(pattern.Intensity.clone(), pattern.Mask.logical_or(held));
        Tensor scaled = within.Times(AmplitudeMisfits.Chi(within, seen, coherence).Scale);
        // The amplitude inside the crystal, however loose the support: the root of the mean of |psi|^2 weighted by itself.
        Tensor power = scaled.abs().Squared().to(ScalarType.Float64);
        double unit = Math.Sqrt((power.Squared().sum() / power.sum()).item<double>());
        return new RefinementState(
            scaled.to(device).contiguous(),
            inside.to(device).contiguous().clone(),
            unit,
            PhotonNoise.ChiOf(seen),
            coherence is null ? null : new PartialCoherence(coherence, device)
        );
    }

    /// <summary>
    /// Refines until the object is judged for the first time, when no weight changes any more, or the end comes earlier;
    /// <see cref="Run"/> goes on from there, and ends as if it had run at once.
    /// </summary>
    /// <inheritdoc cref="Run" path="/param"/>
    public void RunToFirstJudgement(
        RefinementState state,
        DiffractionPattern pattern,
        Tensor held,
        IProgress<RefinementProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var run = NewDisposeScope();
        using RefinementModel model = new(pattern, held, options.Misfit, device);
        using RefinementJudge judge = new(pattern, held, device);
        while (state.Verdict is null && double.IsNaN(state.Judgement))
        {
            Step(state, model, judge, progress, cancellation);
        }
    }

    /// <summary>Refines until the end, from wherever the state stands.</summary>
    /// <param name="state">Changed; borrowed. After a cancellation it can be run again, and ends as if it had not been stopped.</param>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="held">bool, centred: free voxels, which do not count until the last steps; borrowed.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>Belongs to the caller; on the CPU.</returns>
    public Reconstruction Run(
        RefinementState state,
        DiffractionPattern pattern,
        Tensor held,
        IProgress<RefinementProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var run = NewDisposeScope();
        using RefinementModel withoutFree = new(pattern, held, options.Misfit, device);
        using RefinementModel all = new(pattern, zeros_like(held), options.Misfit, device);
        using RefinementJudge judge = new(pattern, held, device);
        int final = judge.HasFreeVoxels ? options.FinalSteps : 0;
        while (state.Verdict is null || (IsUsable(state) && state.Step < state.VerdictStep + final))
        {
            Step(state, state.Verdict is null ? withoutFree : all, judge, progress, cancellation);
        }

        double free = judge.HasFreeVoxels ? state.Judgement : double.NaN;
        return new Reconstruction(
            state.Object.cpu().clone(),
            state.Support.IsAbove(0).cpu(),
            [.. state.ChiHistory],
            free,
            state.Verdict.Value
        )
        {
            CoherenceWidths = state.Coherence?.ReadWidths(),
        };
    }

    private void Step(
        RefinementState state,
        RefinementModel model,
        RefinementJudge judge,
        IProgress<RefinementProgress>? progress,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        double done = (double)state.Step / options.Steps;
        options.Optimiser.Step(state, new RefinementObjective(model, options.Regularisers, done));
        state.Coherence?.Fit();
        if (!double.IsFinite(state.Misfit) || state.Misfit > DivergedMisfit * model.Power)
        {
            Conclude(state, double.IsFinite(state.Misfit) ? StopReason.Diverged : StopReason.NonFinite);
        }
        else if (state.Verdict is null)
        {
            if (options.ShrinkWrap.IsDue(state.Step))
            {
                Redraw(state);
            }

            Judge(state, judge);
        }

        progress?.Report(new(state.Step, MostSteps, options.Optimiser.Name, state.ChiHistory[^1]));
    }

    private static bool IsUsable(RefinementState state) =>
        state.Verdict is StopReason.Converged or StopReason.MaxIterations;

    private static void Conclude(RefinementState state, StopReason reason)
    {
        state.Verdict = reason;
        state.VerdictStep = state.Step;
    }

    private void Redraw(RefinementState state)
    {
        if (state.Misfit > (1 - options.RedrawAfterFall) * state.MisfitAtRedraw)
        {
            return;
        }

        state.MisfitAtRedraw = state.Misfit;
        ShrinkWrap limited = options.ShrinkWrap with
        {
            MaximumFraction = Math.Min(
                options.ShrinkWrap.MaximumFraction,
                options.MostGrowth * state.StartVoxels / state.Support.numel()
            ),
        };
        limited.Redraw(state.Object, state.Support, (double)state.Step / options.Steps);
        state.SupportChanged();
    }

    // Steps whose weights still change lead away from the measurement: judged are those after them.
    private void Judge(RefinementState state, RefinementJudge judge)
    {
        double settled = options.Regularisers.Select(term => term.AnnealFraction).DefaultIfEmpty(0).Max();
        bool isLast = state.Step >= options.Steps + options.ExtraSteps;
        bool isDue = state.Step >= settled * options.Steps && state.Step % options.JudgeEvery == 0;
        if (!isDue && !isLast)
        {
            return;
        }

        double judgement = judge.HasFreeVoxels ? judge.Judge(state.Object, state.Coherence) : state.Misfit;
        if (!double.IsFinite(judgement))
        {
            Conclude(state, StopReason.NonFinite);
            return;
        }

        state.Stale =
            judgement < (1 - options.Tolerance) * state.Judgement || double.IsNaN(state.Judgement)
                ? 0
                : state.Stale + 1;
        if (!(judgement >= state.Judgement))
        {
            state.Judgement = judgement;
            state.KeepBest();
        }

        if (state.Stale >= options.Patience || isLast)
        {
            Conclude(state, state.Stale >= options.Patience ? StopReason.Converged : StopReason.MaxIterations);
            state.Object.copy_(state.Best!);
            state.SupportChanged();
        }
    }
}
