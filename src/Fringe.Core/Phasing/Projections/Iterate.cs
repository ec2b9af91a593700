using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Projections;

/// <summary>Iterative projections: a recipe from one start. The defaults need no tuning on the data of docs/results.</summary>
public sealed record Iterate : PhasingMethod
{
    /// <summary>
    /// The seed paper's 620 iterations with the third HIO stretch given to error reduction: docs/results/phasing.md compares.
    /// </summary>
    public const string DefaultRecipe = "2*(20*ER+180*HIO)+220*ER";

    /// <summary>Feedback or relaxation of HIO, RAAR and DM unless an option says otherwise.</summary>
    public const double DefaultBeta = 0.9;

    private const double MostBeta = 2;

    // An object that is given may be blurred and incomplete: its support loose, so that the iterations can find what is missing.
    private static readonly ShrinkWrap Loose = new()
    {
        Sigma = 2,
        SigmaEnd = 2,
        Threshold = 0.06,
        ThresholdEnd = 0.06,
    };

    /// <summary>Algorithms in order.</summary>
    public PhasingRecipe Recipe { get; init; } = PhasingRecipe.Parse(DefaultRecipe, DefaultBeta);

    /// <summary>When and how the support is redrawn.</summary>
    public ShrinkWrap ShrinkWrap { get; init; } = new();

    /// <summary>The support of a random start.</summary>
    public InitialSupport InitialSupport { get; init; } = new();

    /// <summary>
    /// Iteration (counted from 1) after which one half of the object is set to zero on the first two axes, once, so that
    /// object and twin do not settle together; 0 = never.
    /// </summary>
    public int TwinBreakIteration { get; init; } = 10;

    /// <summary>
    /// The outcome is the mean over this many last iterations, for which the free voxels are given back; 0 = the last iterate alone, with the
    /// free voxels kept out to the end.
    /// </summary>
    public int AverageLast { get; init; } = 20;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate()
    {
        if (Recipe.Beta is not (> 0 and <= MostBeta))
        {
            yield return new($"{nameof(Recipe)}.{nameof(Recipe.Beta)}", $"must be above 0 and at most {MostBeta}");
        }

        if (TwinBreakIteration < 0)
        {
            yield return new(nameof(TwinBreakIteration), "must not be negative");
        }

        if (AverageLast < 0)
        {
            yield return new(nameof(AverageLast), "must not be negative");
        }

        foreach (OptionProblem problem in ShrinkWrap.Validate())
        {
            yield return problem.Within(nameof(ShrinkWrap));
        }

        foreach (OptionProblem problem in InitialSupport.Validate())
        {
            yield return problem.Within(nameof(InitialSupport));
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> RecipesFor(IReadOnlyList<long> shape) => [Recipe.Text];

    internal override int MostSteps(PhasingProblem problem, Start start) => Recipe.Iterations;

    internal override PhasingState Begin(PhasingProblem problem, Start start)
    {
        using var scope = NewDisposeScope();
        (Tensor psi, Tensor support) = start is RandomStart random
            ? Draw(problem, random.Seed)
            : Take((GivenStart)start, problem);
        Tensor iterate = psi * support;
        double norm = iterate.abs().Squared().sum(ScalarType.Float64).item<double>();
        Tensor scaled = iterate.Times(Math.Sqrt(problem.WithoutFree.Power / Math.Max(norm, 1e-30)));
        ProjectionState state = new(
            problem.WithoutFree,
            scaled.to(ScalarType.ComplexFloat32).to(problem.Device).contiguous(),
            support.to(problem.Device).contiguous().clone()
        )
        {
            Iterations = Recipe.Iterations,
        };
        RunRedrawings(state);
        state.Stop = state.Place.Step == Recipe.Steps.Count ? StopReason.MaxIterations : null;
        return state;
    }

    internal override void Step(PhasingProblem problem, PhasingState state)
    {
        ProjectionState at = (ProjectionState)state;
        PhasingAlgorithm algorithm = Recipe.Steps[at.Place.Step].Algorithm!;
        algorithm.Step(at);
        at.Record();
        at.LastAlgorithm = algorithm.Name;
        if (!double.IsFinite(at.Chi))
        {
            at.Stop = StopReason.NonFinite;
            return;
        }

        if (ShrinkWrap.IsDue(at.Steps))
        {
            Redraw(at);
        }

        if (at.Steps == TwinBreakIteration)
        {
            BreakTwin(at.Iterate);
        }

        Average(problem, at);
        at.Place = (at.Place.Step, at.Place.Done + 1);
        RunRedrawings(at);
        if (at.Place.Step == Recipe.Steps.Count)
        {
            // Without averaged iterations the free voxels were never given back, and nobody has judged yet.
            at.FreeLogLikelihood = Averaged == 0 ? Judge(problem, at) : at.FreeLogLikelihood;
            at.Stop = StopReason.MaxIterations;
        }
    }

    internal override StopReason? Ended(PhasingState state) => ((ProjectionState)state).Stop;

    internal override Reconstruction Read(PhasingProblem problem, PhasingState state)
    {
        using var scope = NewDisposeScope();
        ProjectionState at = (ProjectionState)state;
        bool isMean = at.Stop == StopReason.MaxIterations;
        Tensor psi = (isMean ? at.Mean() : null) ?? at.Iterate;
        return new Reconstruction(
            psi * at.Support,
            at.Support.IsAbove(0),
            [.. at.ChiHistory],
            at.FreeLogLikelihood,
            at.Stop ?? StopReason.MaxIterations
        );
    }

    internal override PhasingMethod Rest(PhasingState state)
    {
        ProjectionState at = (ProjectionState)state;
        return this with
        {
            Recipe = Recipe.After(at.Place.Step, at.Place.Done),
            ShrinkWrap = ShrinkWrap.After(at.Steps, (double)at.Steps / Recipe.Iterations),
            TwinBreakIteration = Math.Max(0, TwinBreakIteration - at.Steps),
        };
    }

    private int Averaged => Math.Min(AverageLast, Recipe.Iterations / 2);

    private (Tensor Psi, Tensor Support) Draw(PhasingProblem problem, int seed)
    {
        Tensor support = InitialSupport.Draw(problem.Pattern);
        // .NET's seeded generator: the same numbers on every device and with every thread count.
        Random random = new(seed);
        float[] amplitude = new float[support.numel()];
        float[] phase = new float[support.numel()];
        for (int i = 0; i < amplitude.Length; i++)
        {
            amplitude[i] = (float)random.NextDouble();
            phase[i] = (float)(Math.PI * ((2 * random.NextDouble()) - 1));
        }

        return (polar(tensor(amplitude).reshape(support.shape), tensor(phase).reshape(support.shape)), support);
    }

    private static (Tensor Psi, Tensor Support) Take(GivenStart start, PhasingProblem problem)
    {
        if (!start.Object.shape.SequenceEqual(problem.Shape))
        {
            throw new ArgumentException("an object to start from has the pattern's shape");
        }

        if (start.Support is { } known)
        {
            return (start.Object, known.to(ScalarType.Float32).to(start.Object.device));
        }

        Tensor support = zeros(start.Object.shape, ScalarType.Float32, start.Object.device);
        Loose.Redraw(start.Object, support, progress: 1);
        return (start.Object, support);
    }

    private void Average(PhasingProblem problem, ProjectionState state)
    {
        int last = Recipe.Iterations - Averaged;
        if (Averaged > 0 && state.Steps == last)
        {
            // The free voxels have judged; the averaged iterations use all that was measured.
            state.FreeLogLikelihood = Judge(problem, state);
            state.Constrain(problem.All);
        }
        else if (state.Steps > last)
        {
            state.AddToMean();
        }
    }

    // Past steps that are done, and past those that are no iterations.
    private void RunRedrawings(ProjectionState state)
    {
        (int step, int done) = state.Place;
        while (step < Recipe.Steps.Count && done >= Recipe.Steps[step].Iterations)
        {
            if (Recipe.Steps[step].Algorithm is null)
            {
                Redraw(state);
            }

            (step, done) = (step + 1, 0);
        }

        state.Place = (step, done);
    }

    private void Redraw(ProjectionState state) =>
        ShrinkWrap.Redraw(state.Projected ?? state.Iterate, state.Support, (double)state.Steps / Recipe.Iterations);

    // Fienup and Wackerman, J. Opt. Soc. Am. A 3, 1897 (1986): a temporarily reduced, asymmetric support.
    private static void BreakTwin(Tensor psi)
    {
        long depth = psi.shape[0];
        long height = psi.shape[1];
        psi.narrow(0, depth / 2, depth - (depth / 2)).zero_();
        psi.narrow(1, height / 2, height - (height / 2)).zero_();
    }

    private static double Judge(PhasingProblem problem, ProjectionState state)
    {
        using var scope = NewDisposeScope();
        Tensor within = (state.Iterate * state.Support).cpu();
        double scale = AmplitudeMisfits.Chi(within, problem.Pattern).Scale;
        return FreeLogLikelihood.Of(within, problem.Pattern, problem.Free, scale);
    }
}
