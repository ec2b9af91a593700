namespace Fringe.Core.Phasing.Combining;

/// <summary>Where a <see cref="CoarseToFine"/> stands. Owns the state and the problem of its grid.</summary>
/// <param name="shapes">From coarse to fine.</param>
internal sealed class GridState(IReadOnlyList<IReadOnlyList<long>> shapes) : PhasingState
{
    private PhasingProblem? part;
    private int stepsBefore;
    private int mostBefore;

    /// <summary>The grids' shapes, from coarse to the pattern's own.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Shapes { get; } = shapes;

    /// <summary>Which of them it is at.</summary>
    public int Grid { get; private set; } = -1;

    /// <summary>Whether that is the pattern's own.</summary>
    public bool IsFinest => Grid == Shapes.Count - 1;

    /// <summary>Of the method on this grid.</summary>
    public PhasingState Inner { get; private set; } = null!;

    /// <summary>Of the start.</summary>
    public required string Origin { get; init; }

    /// <summary>Of the start's blur, voxels; null = not known.</summary>
    public required IReadOnlyList<double>? CoherenceWidths { get; init; }

    /// <summary>The most steps on a grid that has not begun.</summary>
    public required int MostOfFiner { get; init; }

    /// <inheritdoc/>
    public override int Steps => stepsBefore + Inner.Steps;

    /// <inheritdoc/>
    public override int MostSteps => mostBefore + Inner.MostSteps + ((Shapes.Count - 1 - Grid) * MostOfFiner);

    /// <inheritdoc/>
    public override string Algorithm => Inner.Algorithm;

    /// <inheritdoc/>
    public override double LastChi => Inner.LastChi;

    /// <summary>The problem on this grid.</summary>
    /// <param name="whole">The problem on the finest.</param>
    public PhasingProblem ProblemOf(PhasingProblem whole) => part ?? whole;

    /// <summary>Goes on to the next grid.</summary>
    /// <param name="problem">Its problem, taken over; null = the whole one.</param>
    /// <param name="state">Of its method; taken over.</param>
    public void Enter(PhasingProblem? problem, PhasingState state)
    {
        if (Grid >= 0)
        {
            stepsBefore += Inner.Steps;
            mostBefore += Inner.Steps;
            Inner.Dispose();
            part?.Dispose();
        }

        (part, Inner) = (problem, state);
        Grid++;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Inner.Dispose();
        part?.Dispose();
    }
}
