using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>
/// A short run of iterative phasing, from a random start or a given object, then refinement: the first finds the neighbourhood of the
/// solution, the second the solution.
/// </summary>
public sealed class RefinedPhasing : IPhasingMethod
{
    /// <summary>
    /// The iterations before refinement. A hundred are enough for most simulated crystals, but not for measured ones
    /// (docs/results/refinement.md).
    /// </summary>
    public const string DefaultRecipe = "2*(20*ER+180*HIO)+20*ER";

    /// <summary>The same from a given object.</summary>
    public const string RecipeFromGiven = "25*HIO+5*ER";

    // The fall of the free misfit that says that the beam is partly coherent, against a converged coherent refinement.
    private const double LeastFall = 0.02;

    // The same against one that may fall further.
    private const double CertainFall = 0.2;

    // The chi of photon noise far below what a beam's lack of coherence costs: 1e-3 and more on the measured crystals.
    private const double NegligibleNoise = 2e-4;

    // Judgements of a fit with a blur fall for long, by less and less.
    private const double ToleranceWithBlur = 0.05;

    // A given object may be blurred and incomplete: its support loose, so that the iterations can find what is missing.
    private static readonly ShrinkWrap Loose = new()
    {
        Sigma = 2,
        SigmaEnd = 2,
        Threshold = 0.06,
        ThresholdEnd = 0.06,
    };

    private readonly PhaseRetriever retriever;
    private readonly AutodiffRefiner refiner;
    private readonly AutodiffRefiner refinerWithBlur;
    private readonly AutodiffRefiner blurred;
    private readonly RefinementOptions refinement;
    private readonly PhasingOptions phasing;
    private readonly Device device;
    private readonly Tensor? given;
    private readonly IReadOnlyList<double>? widths;

    /// <summary>Options of the iterations before refinement.</summary>
    public static PhasingOptions DefaultOptions { get; } =
        new()
        {
            Recipe = PhasingRecipe.Parse(DefaultRecipe, PhasingOptions.DefaultBeta),
            // A refined start is either at the solution or elsewhere; a mean of the two would be worse than the first.
            LeastAgreement = 0.98,
            AverageLast = 0,
        };

    /// <summary>Options of the iterations between a given object and its refinement.</summary>
    public static PhasingOptions OptionsFromGiven { get; } =
        DefaultOptions with
        {
            Recipe = PhasingRecipe.Parse(RecipeFromGiven, PhasingOptions.DefaultBeta),
            Starts = 1,
            TwinBreakIteration = 0,
            ShrinkWrap = new ShrinkWrap
            {
                First = 8,
                Every = 8,
                Sigma = 2,
                SigmaEnd = 1.5,
                Threshold = 0.12,
                ThresholdEnd = 0.12,
            },
        };

    /// <param name="phasing">Valid options of the iterations before refinement.</param>
    /// <param name="refinement">Valid options.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="given">complex64 <c>[z, y, x]</c>, centred: every start begins with it; null = random starts; borrowed.</param>
    /// <param name="widths">Of a blur of the intensity that is known to be there, voxels: it is fitted from the first step; null = unknown.</param>
    public RefinedPhasing(
        PhasingOptions phasing,
        RefinementOptions refinement,
        Device device,
        Tensor? given = null,
        IReadOnlyList<double>? widths = null
    )
    {
        // Refinement judges, and gives the free voxels back.
        this.phasing = phasing with
        {
            AverageLast = 0,
        };
        this.device = device;
        this.given = given;
        retriever = new PhaseRetriever(this.phasing, device);
        refiner = new AutodiffRefiner(refinement, device);
        this.refinement = refinement;
        this.widths = widths;
        refinerWithBlur = new AutodiffRefiner(
            refinement with
            {
                Steps = Half(refinement),
                Tolerance = ToleranceWithBlur,
            },
            device
        );
        blurred = OnFixedSupport(refinement, extraSteps: Half(refinement));
    }

    /// <inheritdoc/>
    public Reconstruction Run(
        DiffractionPattern pattern,
        Tensor held,
        int start,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        int before = phasing.Recipe.Iterations;
        IReadOnlyList<double>? first = WidthsFromTheFirst(pattern);
        int all =
            first is not null ? before + refinerWithBlur.MostSteps
            : refinement.Coherence == CoherenceFit.Never ? before + refiner.MostSteps
            : before + refiner.MostSteps + blurred.MostSteps;
        Relay iterations = new(progress, report => report with { Starts = phasing.Starts, Iterations = all });
        using Reconstruction begun = given is null
            ? retriever.Run(pattern, held, start, iterations, cancellation)
            : retriever.RunFrom(given, DrawSupport(given), pattern, held, start, iterations, cancellation);
        if (begun.Stop == StopReason.NonFinite)
        {
            return new Reconstruction(
                begun.Object.clone(),
                begun.Support.clone(),
                begun.ChiHistory,
                double.NaN,
                StopReason.NonFinite
            );
        }

        if (first is not null)
        {
            using RefinementState begin = refinerWithBlur.Begin(pattern, held, begun.Object, begun.Support, first);
            return refinerWithBlur.Run(begin, pattern, held, StepsAfter(before), cancellation).After(begun.ChiHistory);
        }

        using RefinementState state = refiner.Begin(pattern, held, begun.Object, begun.Support);
        refiner.RunToFirstJudgement(state, pattern, held, StepsAfter(before), cancellation);
        Reconstruction? withBlur = IsBlurWanted(state, held)
            ? FitBlur(state, pattern, held, StepsAfter(before + state.Step), cancellation)
            : null;
        if (withBlur is not null && Explains(withBlur, CertainFall, state.Judgement))
        {
            return withBlur.After([.. begun.ChiHistory, .. state.ChiHistory]);
        }

        // Only what has converged can say whether the blur is worth having.
        int spent = withBlur?.ChiHistory.Count ?? 0;
        Reconstruction coherent = refiner.Run(state, pattern, held, StepsAfter(before + spent), cancellation);
        if (withBlur is not null && Explains(withBlur, LeastFall, coherent.FreeLogLikelihood))
        {
            coherent.Dispose();
            return withBlur.After([.. begun.ChiHistory, .. state.ChiHistory]);
        }

        withBlur?.Dispose();
        return coherent.After(begun.ChiHistory);

        Steps StepsAfter(int done) =>
            new(progress, step => new(start, phasing.Starts, done + step.Step, all, step.Optimiser, step.Chi));
    }

    private IReadOnlyList<double>? WidthsFromTheFirst(DiffractionPattern pattern)
    {
        bool isSure =
            refinement.Coherence == CoherenceFit.Always
            || (refinement.Coherence == CoherenceFit.WhereItPays && PhotonNoise.ChiOf(pattern) < NegligibleNoise);
        return widths ?? (isSure ? PartialCoherence.FirstWidths : null);
    }

    private bool IsBlurWanted(RefinementState state, Tensor held)
    {
        using Tensor psi = state.Object.cpu();
        return refinement.Coherence == CoherenceFit.WhereItPays
            && state.Judgement > PhotonNoise.LargestRatio * PhotonNoise.Of(psi, held, scale: 1);
    }

    private static bool Explains(Reconstruction withBlur, double fall, double coherent) =>
        withBlur.FreeLogLikelihood < (1 - fall) * coherent;

    // Once more from the object that has not seen the free voxels.
    private Reconstruction FitBlur(
        RefinementState state,
        DiffractionPattern pattern,
        Tensor held,
        IProgress<RefinementProgress> steps,
        CancellationToken cancellation
    )
    {
        using RefinementState again = blurred.Begin(
            pattern,
            held,
            state.Object,
            state.Support,
            PartialCoherence.FirstWidths
        );
        return blurred.Run(again, pattern, held, steps, cancellation);
    }

    /// <summary>Half of the refinement's steps from the mean, with a fixed support and all that was measured.</summary>
    /// <inheritdoc/>
    public Tensor Polish(
        DiffractionPattern pattern,
        Tensor psi,
        Tensor support,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    )
    {
        using Tensor none = zeros_like(pattern.Mask);
        using Reconstruction polished = RefineAgain(pattern, none, psi, support, coherence, cancellation);
        return polished.Object.clone();
    }

    /// <summary>Half of the refinement's steps from the object, with a fixed support.</summary>
    /// <inheritdoc/>
    public Reconstruction Repeat(
        DiffractionPattern pattern,
        Tensor held,
        PhasedObject known,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    ) => RefineAgain(pattern, held, known.Object, known.Support, coherence, cancellation);

    private Reconstruction RefineAgain(
        DiffractionPattern pattern,
        Tensor held,
        Tensor psi,
        Tensor support,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    )
    {
        AutodiffRefiner again = OnFixedSupport(refinement, extraSteps: 0);
        using RefinementState state = again.Begin(pattern, held, psi, support, coherence);
        return again.Run(state, pattern, held, null, cancellation);
    }

    // From a refined object.
    private AutodiffRefiner OnFixedSupport(RefinementOptions options, int extraSteps) =>
        new(
            options with
            {
                Steps = Half(options),
                ExtraSteps = extraSteps,
                ShrinkWrap = options.ShrinkWrap with { Every = 0 },
            },
            device
        );

    private static int Half(RefinementOptions options) => Math.Max(1, options.Steps / 2);

    private Tensor DrawSupport(Tensor psi)
    {
        Tensor support = zeros(psi.shape, ScalarType.Float32);
        Loose.Redraw(psi.cpu(), support, progress: 1);
        return support.to(device);
    }

    private sealed class Relay(IProgress<PhasingProgress>? target, Func<PhasingProgress, PhasingProgress> translate)
        : IProgress<PhasingProgress>
    {
        public void Report(PhasingProgress value) => target?.Report(translate(value));
    }

    private sealed class Steps(IProgress<PhasingProgress>? target, Func<RefinementProgress, PhasingProgress> translate)
        : IProgress<RefinementProgress>
    {
        public void Report(RefinementProgress value) => target?.Report(translate(value));
    }
}
