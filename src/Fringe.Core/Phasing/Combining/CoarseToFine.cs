using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>
/// Large patterns from coarse to fine: first their centre alone, whose object has the same extent with larger voxels, then more and more of
/// them, each time from the object before. A pattern of ordinary size is phased at once.
/// </summary>
/// <param name="Coarsest">On the coarsest grid, from the start.</param>
/// <param name="Finer">On every finer grid, from the object of the grid before.</param>
public sealed record CoarseToFine(PhasingMethod Coarsest, PhasingMethod Finer) : PhasingMethod
{
    private const int LeastLength = 64;

    // A coarser grid that saves less than this is not worth its own run.
    private const double LeastSaving = 3;

    /// <summary>At most so many grids, the finest; null = all.</summary>
    internal int? Grids { get; init; }

    /// <summary>The shapes that a pattern is phased at, from coarse to its own.</summary>
    /// <param name="shape"><c>[z, y, x]</c>.</param>
    public static IReadOnlyList<IReadOnlyList<long>> Shapes(IReadOnlyList<long> shape)
    {
        List<IReadOnlyList<long>> shapes =
        [
            [.. shape],
        ];
        while (true)
        {
            IReadOnlyList<long> finer = shapes[0];
            long[] coarser =
            [
                .. finer.Select(length =>
                    Math.Min(length, Math.Max(LeastLength, FastFftSize.AtLeast((int)(length / 2))))
                ),
            ];
            if (Product(finer) < LeastSaving * Product(coarser))
            {
                return shapes;
            }

            shapes.Insert(0, coarser);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() =>
        Coarsest
            .Validate()
            .Select(problem => problem.Within(nameof(Coarsest)))
            .Concat(Finer.Validate().Select(problem => problem.Within(nameof(Finer))));

    /// <inheritdoc/>
    public override IEnumerable<string> RecipesFor(IReadOnlyList<long> shape) =>
        ShapesOf(shape).SelectMany((part, i) => (i == 0 ? Coarsest : Finer).RecipesFor(part));

    internal override int MostSteps(PhasingProblem problem, Start start) =>
        Coarsest.MostSteps(problem, start) + ((ShapesOf(problem.Shape).Count - 1) * Finer.MostSteps(problem, start));

    internal override PhasingState Begin(PhasingProblem problem, Start start)
    {
        // Resized, it would hide what it is.
        if (start is GivenStart { Object: var whole } && !whole.shape.SequenceEqual(problem.Shape))
        {
            throw new ArgumentException("an object to start from has the pattern's shape");
        }

        IReadOnlyList<IReadOnlyList<long>> shapes = ShapesOf(problem.Shape);
        GridState state = new(shapes)
        {
            Origin = start.Origin,
            CoherenceWidths = (start as GivenStart)?.CoherenceWidths,
            MostOfFiner = Finer.MostSteps(problem, start),
        };
        if (shapes.Count == 1)
        {
            state.Enter(null, Coarsest.Begin(problem, start));
            return state;
        }

        using var scope = NewDisposeScope();
        PhasingProblem coarse = problem.Centre(shapes[0]);
        Start first = start is GivenStart given ? Resized(given, shapes[0]) : start;
        try
        {
            state.Enter(coarse, Coarsest.Begin(coarse, first));
            return state;
        }
        catch
        {
            coarse.Dispose();
            throw;
        }
    }

    internal override void Step(PhasingProblem problem, PhasingState state)
    {
        GridState at = (GridState)state;
        PhasingMethod method = MethodOf(at);
        if (method.Ended(at.Inner) is null)
        {
            method.Step(at.ProblemOf(problem), at.Inner);
            return;
        }

        Refine(problem, at);
        Finer.Step(at.ProblemOf(problem), at.Inner);
    }

    internal override StopReason? Ended(PhasingState state)
    {
        GridState at = (GridState)state;
        StopReason? stop = MethodOf(at).Ended(at.Inner);
        return at.IsFinest || stop is StopReason.NonFinite ? stop : null;
    }

    internal override Reconstruction Read(PhasingProblem problem, PhasingState state)
    {
        GridState at = (GridState)state;
        Reconstruction found = MethodOf(at).Read(at.ProblemOf(problem), at.Inner);
        if (at.IsFinest)
        {
            return found;
        }

        using var scope = NewDisposeScope();
        using Reconstruction coarse = found;
        Tensor psi = ResolutionChange.Resize(coarse.Object, problem.Shape);
        // The coarse support cannot be moved to the finer grid voxel by voxel.
        Tensor support = CrystalOutline.Of(psi);
        return new Reconstruction(psi * support, support, coarse.ChiHistory, double.NaN, coarse.Stop)
        {
            CoherenceWidths = coarse.CoherenceWidths,
        };
    }

    internal override PhasingMethod Rest(PhasingState state)
    {
        GridState at = (GridState)state;
        return this with { Coarsest = MethodOf(at).Rest(at.Inner), Grids = at.Shapes.Count - at.Grid };
    }

    private IReadOnlyList<IReadOnlyList<long>> ShapesOf(IReadOnlyList<long> shape) =>
        [.. Shapes(shape).TakeLast(Grids ?? int.MaxValue)];

    // A support that is known is drawn anew on the other grid.
    private static Start Resized(GivenStart start, IReadOnlyList<long> shape)
    {
        Tensor psi = ResolutionChange.Resize(start.Object, shape);
        Tensor? support = start.Support is null ? null : CrystalOutline.Of(psi);
        return Start.From(psi, start.Origin, support, start.CoherenceWidths);
    }

    // From the object of this grid on the next.
    private void Refine(PhasingProblem problem, GridState at)
    {
        using var scope = NewDisposeScope();
        using Reconstruction found = MethodOf(at).Read(at.ProblemOf(problem), at.Inner);
        IReadOnlyList<long> shape = at.Shapes[at.Grid + 1];
        bool isFinest = at.Grid + 2 == at.Shapes.Count;
        PhasingProblem? finer = isFinest ? null : problem.Centre(shape);
        // The voxels of all grids are as large in reciprocal space, and so is the blur.
        Start start = Start.From(
            ResolutionChange.Resize(found.Object, shape),
            at.Origin,
            coherenceWidths: found.CoherenceWidths ?? at.CoherenceWidths
        );
        at.Enter(finer, Finer.Begin(finer ?? problem, start));
    }

    private PhasingMethod MethodOf(GridState state) => state.Grid == 0 ? Coarsest : Finer;

    private static double Product(IReadOnlyList<long> shape) =>
        shape.Aggregate(1.0, (product, length) => product * length);
}
