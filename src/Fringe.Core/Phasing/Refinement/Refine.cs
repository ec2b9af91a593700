using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// Refinement: moves an object through the differentiable forward model until it predicts the free voxels no better, then gives these back
/// for the last steps. Begins with a known object, better in a support too loose than too tight. The defaults need no tuning on the data of
/// docs/results/refinement.md.
/// </summary>
public sealed record Refine : PhasingMethod
{
    // Far more misfit than an empty object has: the steps have run away.
    private const double DivergedMisfit = 4;

    /// <summary>What is minimised.</summary>
    public Misfit Misfit { get; init; } = new AmplitudeMisfit();

    /// <summary>What is expected of the object, with weights that change along the run.</summary>
    public IReadOnlyList<Regulariser> Regularisers
    {
        get;
        init => field = new ValueList<Regulariser>(value);
    } =
        new ValueList<Regulariser>([
            new TotalVariation
            {
                Weight = 0.05,
                NoiseShare = 1,
                AnnealFraction = 0.8,
            },
        ]);

    /// <summary>How the object is moved.</summary>
    public Optimiser Optimiser { get; init; } = new ProximalGradient();

    /// <summary>Steps over which rates and weights change.</summary>
    public int Steps { get; init; } = 80;

    /// <summary>Steps allowed beyond <see cref="Steps"/> until the judgement settles.</summary>
    public int ExtraSteps { get; init; } = 80;

    /// <summary>
    /// Steps between judgements by the free log-likelihood (by the misfit without free voxels), which begin when no weight changes any
    /// more. The object of the best judgement is the result.
    /// </summary>
    public int JudgeEvery { get; init; } = 5;

    /// <summary>Relative fall of the judgement that counts as progress.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>Judgements without progress after which the search has converged.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>Last steps, with the free voxels given back.</summary>
    public int FinalSteps { get; init; } = 10;

    /// <summary>When and how the support is redrawn. It may grow, but not beyond <see cref="MostGrowth"/>.</summary>
    public ShrinkWrap ShrinkWrap { get; init; } =
        new()
        {
            First = 20,
            Every = 20,
            Last = 60,
            Sigma = 1,
            SigmaEnd = 1,
            Threshold = 0.1,
            ThresholdEnd = 0.1,
        };

    /// <summary>
    /// Share by which the misfit must have fallen since the last redrawing for the support to be redrawn again; 0 = always.
    /// </summary>
    public double RedrawAfterFall { get; init; }

    /// <summary>Largest support over the start's.</summary>
    public double MostGrowth { get; init; } = 3;

    /// <summary>Steps that count as done: of a run that goes on where one before it stood.</summary>
    internal int Begun { get; init; }

    /// <summary>The seed paper's refinement: no regulariser, a constant rate, the support redrawn where the loss fell by 10 %.</summary>
    public static Refine Paper => PaperRefinement.Options;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate()
    {
        if (Steps is < 1 or > 1_000_000 || ExtraSteps is < 0 or > 1_000_000 || FinalSteps is < 0 or > 1_000_000)
        {
            yield return new(nameof(Steps), "must be 1 to 1 000 000, and as many extra and final ones at most");
        }

        if (JudgeEvery < 1 || Patience < 1 || !(Tolerance >= 0 && double.IsFinite(Tolerance)))
        {
            yield return new(nameof(JudgeEvery), "must be at least 1, as the patience, the tolerance not negative");
        }

        if (RedrawAfterFall is not (>= 0 and < 1))
        {
            yield return new(nameof(RedrawAfterFall), "must be from 0 and below 1");
        }

        if (!(MostGrowth >= 1 && double.IsFinite(MostGrowth)))
        {
            yield return new(nameof(MostGrowth), "must be at least 1");
        }

        OptionProblem[] ofParts =
        [
            .. Misfit.Validate().Select(problem => problem.Within(nameof(Misfit))),
            .. Optimiser.Validate().Select(problem => problem.Within(nameof(Optimiser))),
            .. ShrinkWrap.Validate().Select(problem => problem.Within(nameof(ShrinkWrap))),
            .. Regularisers.SelectMany(term => term.Validate()).Select(problem => problem.Within(nameof(Regularisers))),
        ];
        foreach (OptionProblem problem in ofParts)
        {
            yield return problem;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> RecipesFor(IReadOnlyList<long> shape) => [];

    /// <summary>As many steps, with the support redrawn in their first three quarters and as many again until the judgement settles.</summary>
    /// <param name="steps">Over which rates and weights change.</param>
    public Refine WithSteps(int steps) =>
        this with
        {
            Steps = steps,
            ExtraSteps = Math.Max(1, steps),
            ShrinkWrap = ShrinkWrap with { Last = Math.Max(ShrinkWrap.First, steps * 3 / 4) },
        };

    /// <summary>Half as many steps from a refined object, on its own support.</summary>
    /// <param name="extraSteps">Steps allowed beyond these until the judgement settles.</param>
    public Refine Again(int extraSteps = 0) =>
        this with
        {
            Steps = Math.Max(1, Steps / 2),
            ExtraSteps = extraSteps,
            Begun = 0,
            ShrinkWrap = ShrinkWrap with { Every = 0 },
        };

    internal int MostSteps() => Steps + ExtraSteps + FinalSteps;

    internal override PhasingMethod Rest(PhasingState state) => this with { Begun = StepsToKeep(state.Steps) };

    /// <summary>Steps of a run that need not be done again when the measurement has grown: up to before the last redrawing of the support.</summary>
    /// <param name="done">Steps that it has done.</param>
    internal int StepsToKeep(int done)
    {
        int last = Math.Min(Steps, ShrinkWrap.Last ?? Steps);
        return Math.Min(done, Math.Max(0, ShrinkWrap.Every == 0 ? last : last - (ShrinkWrap.Every / 2)));
    }

    internal override int MostSteps(PhasingProblem problem, Start start) => MostSteps();

    internal override PhasingState Begin(PhasingProblem problem, Start start) =>
        start is GivenStart given
            ? Begin(problem, given.Object, given.Support, given.CoherenceWidths)
            : throw new ArgumentException("refinement begins with an object, not with random numbers");

    /// <summary>Makes an object and its support the state of a run.</summary>
    /// <param name="problem">Borrowed.</param>
    /// <param name="psi">complex64 of the pattern's shape, of any scale; borrowed.</param>
    /// <param name="support">bool or float; borrowed; null = everywhere.</param>
    /// <param name="coherence">Widths from which a blur of the intensity is fitted, voxels; null = fully coherent.</param>
    /// <exception cref="ArgumentException">The object has another shape than the pattern.</exception>
    internal RefinementState Begin(
        PhasingProblem problem,
        Tensor psi,
        Tensor? support,
        IReadOnlyList<double>? coherence
    )
    {
        if (!psi.shape.SequenceEqual(problem.Shape))
        {
            throw new ArgumentException("refinement begins with an object of the pattern's shape");
        }

        using var scope = NewDisposeScope();
        Tensor here = psi.to(problem.Device);
        Tensor inside =
            support?.to(problem.Device).to(ScalarType.Float32) ?? ones(psi.shape, ScalarType.Float32, problem.Device);
        Tensor within = here * inside;
        DiffractionPattern seen = problem.SeenPattern;
        Tensor scaled = within.Times(AmplitudeMisfits.Chi(within, seen, coherence).Scale);
        // The amplitude inside the crystal, however loose the support: the root of the mean of |psi|^2 weighted by itself.
        Tensor power = scaled.abs().Squared().to(ScalarType.Float64);
        double unit = Math.Sqrt((power.Squared().sum() / power.sum()).item<double>());
        return new RefinementState(scaled.contiguous(), inside.contiguous().clone(), Optimiser.Name)
        {
            Unit = unit,
            Noise = PhotonNoise.ChiOf(seen),
            Begun = Begun,
            Most = MostSteps(),
            FinalSteps = problem.FreeMisfit.HasFreeVoxels ? FinalSteps : 0,
            WithoutFree = new RefinementModel(problem.WithoutFree, Misfit),
            All = new RefinementModel(problem.All, Misfit),
            Deblurring = coherence is null ? null : new Deblurring(new PartialCoherence(coherence, problem.Device)),
        };
    }

    internal override void Step(PhasingProblem problem, PhasingState state)
    {
        RefinementState at = (RefinementState)state;
        double done = (double)at.Steps / Steps;
        RefinementModel model = at.Stop is null ? at.WithoutFree : at.All;
        Optimiser.Step(at, new RefinementObjective(model, Regularisers, done));
        at.Coherence?.Fit();
        if (!double.IsFinite(at.Misfit) || at.Misfit > DivergedMisfit * model.Power)
        {
            at.Conclude(double.IsFinite(at.Misfit) ? StopReason.Diverged : StopReason.NonFinite);
        }
        else if (at.Stop is null)
        {
            if (ShrinkWrap.IsDue(at.Steps))
            {
                at.Redraw(this);
            }

            Judge(at, problem.FreeMisfit);
        }
    }

    internal override StopReason? Ended(PhasingState state)
    {
        RefinementState at = (RefinementState)state;
        bool isUsable = at.Stop is StopReason.Converged or StopReason.MaxIterations;
        return isUsable && at.Steps < at.StopStep + at.FinalSteps ? null : at.Stop;
    }

    internal override Reconstruction Read(PhasingProblem problem, PhasingState state)
    {
        RefinementState at = (RefinementState)state;
        double free = problem.FreeMisfit.HasFreeVoxels ? at.FreeMisfit : double.NaN;
        return new Reconstruction(
            at.Object.clone(),
            at.Support.IsAbove(0),
            [.. at.ChiHistory],
            free,
            at.Stop ?? StopReason.MaxIterations
        )
        {
            CoherenceWidths = at.Coherence?.ReadWidths(),
        };
    }

    // Steps whose weights still change lead away from the measurement: judged are those after them.
    private void Judge(RefinementState state, FreeMisfitMeter meter)
    {
        double settled = Regularisers.Select(term => term.AnnealFraction).DefaultIfEmpty(0).Max();
        bool isLast = state.Steps >= Steps + ExtraSteps;
        bool isDue = state.Steps >= settled * Steps && state.Steps % JudgeEvery == 0;
        if (!isDue && !isLast)
        {
            return;
        }

        double judgement = meter.HasFreeVoxels ? meter.Measure(state.Object, state.Coherence) : state.Misfit;
        if (!double.IsFinite(judgement))
        {
            state.Conclude(StopReason.NonFinite);
            return;
        }

        state.Stale =
            judgement < (1 - Tolerance) * state.FreeMisfit || double.IsNaN(state.FreeMisfit) ? 0 : state.Stale + 1;
        if (!(judgement >= state.FreeMisfit))
        {
            state.FreeMisfit = judgement;
            state.KeepBest();
        }

        if (state.Stale >= Patience || isLast)
        {
            state.Conclude(state.Stale >= Patience ? StopReason.Converged : StopReason.MaxIterations);
            state.Object.copy_(state.Best!);
            state.SupportChanged();
        }
    }
}
