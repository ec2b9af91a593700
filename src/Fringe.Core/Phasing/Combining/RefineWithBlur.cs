using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>
/// Refinement of an object whose beam may have been partly coherent. With a blur that is known, or sure to be there, it is fitted from the
/// first step. Else the object is refined as of a coherent beam until it is judged; where photon noise does not explain what is left, it is
/// refined again from there with a blur, which is kept where the free voxels are explained better.
/// </summary>
public sealed record RefineWithBlur : PhasingMethod
{
    // The fall of the free misfit that says that the beam is partly coherent, against a converged coherent refinement.
    private const double LeastFall = 0.02;

    // The same against one that may fall further.
    private const double CertainFall = 0.2;

    // The chi of photon noise far below what a beam's lack of coherence costs: 1e-3 and more on the measured crystals.
    private const double NegligibleNoise = 2e-4;

    // Judgements of a fit with a blur fall for long, by less and less.
    private const double ToleranceWithBlur = 0.05;

    /// <summary>How the object is refined.</summary>
    public Refine Refine { get; init; } = new();

    /// <summary>Whether a Gaussian blur of the intensity along each axis is fitted.</summary>
    public CoherenceFit Coherence { get; init; } = CoherenceFit.WhereItPays;

    private Refine FromTheFirst
    {
        get
        {
            Refine halved = Refine with { Steps = Math.Max(1, Refine.Steps / 2), Tolerance = ToleranceWithBlur };
            return halved with { Begun = halved.StepsToKeep(Refine.Begun) };
        }
    }

    // Once more from the object that has not seen the free voxels.
    private Refine WithBlur => Refine.Again(extraSteps: Math.Max(1, Refine.Steps / 2));

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        Refine.Validate().Select(problem => problem.Within(nameof(Refine)));

    /// <inheritdoc/>
    public override IEnumerable<string> RecipesFor(IReadOnlyList<long> shape) => [];

    internal override int MostSteps(PhasingProblem problem, Start start) =>
        WidthsFromTheFirst(problem, start) is not null ? FromTheFirst.MostSteps()
        : Coherence == CoherenceFit.Never ? Refine.MostSteps()
        : Refine.MostSteps() + WithBlur.MostSteps();

    internal override PhasingState Begin(PhasingProblem problem, Start start)
    {
        GivenStart given =
            start as GivenStart
            ?? throw new ArgumentException("refinement begins with an object, not with random numbers");
        IReadOnlyList<double>? widths = WidthsFromTheFirst(problem, start);
        Refine method = widths is null ? Refine : FromTheFirst;
        using Tensor support = given.Support?.alias() ?? CrystalOutline.Of(given.Object);
        RefinementState state = method.Begin(problem, given.Object, support, widths);
        return new BlurState(state, MostSteps(problem, start)) { IsBlurKnown = widths is not null };
    }

    internal override void Step(PhasingProblem problem, PhasingState state)
    {
        BlurState at = (BlurState)state;
        if (at.IsBlurKnown)
        {
            FromTheFirst.Step(problem, at.Plain);
            return;
        }

        if (at.Blurred is { } blurred && WithBlur.Ended(blurred) is null)
        {
            WithBlur.Step(problem, blurred);
            return;
        }

        Refine.Step(problem, at.Plain);
        bool isJudged = at.Plain.Stop is not null || !double.IsNaN(at.Plain.FreeMisfit);
        if (isJudged && !at.IsDecided)
        {
            Decide(problem, at);
        }
    }

    internal override StopReason? Ended(PhasingState state)
    {
        BlurState at = (BlurState)state;
        return at.IsBlurKnown ? FromTheFirst.Ended(at.Plain)
            : !at.IsDecided ? null
            : at.Blurred is not { } blurred ? Refine.Ended(at.Plain)
            : WithBlur.Ended(blurred) is not { } stop ? null
            : IsCertain(at) ? stop
            : Refine.Ended(at.Plain);
    }

    internal override Reconstruction Read(PhasingProblem problem, PhasingState state)
    {
        BlurState at = (BlurState)state;
        if (at.IsBlurKnown)
        {
            return FromTheFirst.Read(problem, at.Plain);
        }

        // Only what has converged can say whether a small fall is worth a blur.
        bool isBetter =
            at.Blurred is { } blurred
            && WithBlur.Ended(blurred) is not null
            && (IsCertain(at) || (Refine.Ended(at.Plain) is not null && Explains(at, LeastFall, at.Plain.FreeMisfit)));
        return isBetter
            ? WithBlur.Read(problem, at.Blurred!).After(at.Plain.ChiHistory)
            : Refine.Read(problem, at.Plain);
    }

    internal override PhasingMethod Rest(PhasingState state)
    {
        BlurState at = (BlurState)state;
        Refine running = at.IsBlurKnown ? FromTheFirst : Refine;
        return this with { Refine = Refine with { Begun = running.StepsToKeep(at.Plain.Steps) } };
    }

    private void Decide(PhasingProblem problem, BlurState at)
    {
        at.IsDecided = true;
        at.PlainFreeMisfit = at.Plain.FreeMisfit;
        if (IsBlurWanted(problem, at.Plain))
        {
            at.Blurred = WithBlur.Begin(problem, at.Plain.Object, at.Plain.Support, PartialCoherence.FirstWidths);
        }
    }

    private static bool IsCertain(BlurState state) => Explains(state, CertainFall, state.PlainFreeMisfit);

    private static bool Explains(BlurState state, double fall, double plain) =>
        state.Blurred!.FreeMisfit < (1 - fall) * plain;

    private IReadOnlyList<double>? WidthsFromTheFirst(PhasingProblem problem, Start start)
    {
        if (start is GivenStart { CoherenceWidths: { } known })
        {
            return known;
        }

        bool isSure =
            Coherence == CoherenceFit.Always
            || (Coherence == CoherenceFit.WhereItPays && problem.NoiseChi < NegligibleNoise);
        return isSure ? PartialCoherence.FirstWidths : null;
    }

    private bool IsBlurWanted(PhasingProblem problem, RefinementState state)
    {
        using Tensor psi = state.Object.cpu();
        return Coherence == CoherenceFit.WhereItPays
            && state.FreeMisfit > PhotonNoise.LargestRatio * PhotonNoise.Of(psi, problem.Free, scale: 1);
    }
}
