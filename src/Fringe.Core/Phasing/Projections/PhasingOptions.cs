namespace Fringe.Core.Phasing.Projections;

/// <summary>How a pattern is phased by iterative projections. The defaults need no tuning on the data of docs/results.</summary>
public sealed record PhasingOptions
{
    /// <summary>
    /// The seed paper's 620 iterations with the third HIO stretch given to error reduction: docs/results/phasing.md compares.
    /// </summary>
    public const string DefaultRecipe = "2*(20*ER+180*HIO)+220*ER";

    /// <summary>Algorithms in order.</summary>
    public PhasingRecipe Recipe { get; init; } = PhasingRecipe.Parse(DefaultRecipe, DefaultBeta);

    /// <summary>Feedback or relaxation of HIO, RAAR and DM unless an option says otherwise.</summary>
    public const double DefaultBeta = 0.9;

    /// <summary>When and how the support is redrawn.</summary>
    public ShrinkWrap ShrinkWrap { get; init; } = new();

    /// <summary>The support of the first iteration.</summary>
    public InitialSupport InitialSupport { get; init; } = new();

    /// <summary>
    /// Iteration (counted from 1) after which one half of the object is set to zero on the first two axes, once, so that
    /// object and twin do not settle together; 0 = never.
    /// </summary>
    public int TwinBreakIteration { get; init; } = 10;

    /// <summary>
    /// The result is the mean over this many last iterations; 0 = the last one alone, with the free voxels kept out to the end.
    /// </summary>
    public int AverageLast { get; init; } = 20;

    /// <summary>Iterations of error reduction on the mean of several starts.</summary>
    public int PolishIterations { get; init; } = 20;

    /// <summary>Share of the measured voxels kept out of the constraint to judge a start by, 0 to 0.5. They are given back for the
    /// iterations that are averaged.</summary>
    public double FreeFraction { get; init; } = 0.03;

    /// <summary>Independent random starts.</summary>
    public int Starts { get; init; } = 3;

    /// <summary>
    /// Complex correlation with the best start from which a start is kept for the mean: a start below it found something else.
    /// </summary>
    public double LeastAgreement { get; init; } = 0.8;

    /// <summary>
    /// Whether to leave out starts once one explains the free voxels as well as photon noise allows, or two agree.
    /// </summary>
    public bool StopWhenSettled { get; init; }

    /// <summary>Start i draws its numbers from <c>Seed + i</c>; the free voxels come from <c>Seed</c>.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Every problem of these options in words; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (TwinBreakIteration < 0)
        {
            yield return "the twin-breaking iteration must not be negative";
        }

        if (AverageLast < 0)
        {
            yield return "the number of averaged iterations must not be negative";
        }

        if (FreeFraction is not (>= 0 and <= 0.5))
        {
            yield return "the share of free voxels must lie between 0 and 0.5";
        }

        if (Starts is < 1 or > 10_000)
        {
            yield return "--starts must be 1 to 10 000";
        }

        if (LeastAgreement is not (>= 0 and <= 1))
        {
            yield return "the least agreement must lie between 0 and 1";
        }

        foreach (string problem in ShrinkWrap.Validate().Concat(InitialSupport.Validate()))
        {
            yield return problem;
        }
    }
}
