using Fringe.Core.Phasing.Projections;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>How an object is refined. The defaults need no tuning on the data of docs/results/refinement.md.</summary>
public sealed record RefinementOptions
{
    /// <summary>What is minimised.</summary>
    public Misfit Misfit { get; init; } = new AmplitudeMisfit();

    /// <summary>What is expected of the object, with weights that change along the run.</summary>
    public IReadOnlyList<Regulariser> Regularisers { get; init; } =
    [
        new TotalVariation
        {
            Weight = 0.05,
            NoiseShare = 1,
            AnnealFraction = 0.8,
        },
    ];

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

    /// <summary>
    /// When and how the support is redrawn. It may grow, but not beyond <see cref="MostGrowth"/>.
    /// </summary>
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

    /// <summary>Whether <c>RefinedPhasing</c> fits a Gaussian blur of the intensity along each axis.</summary>
    public CoherenceFit Coherence { get; init; } = CoherenceFit.WhereItPays;

    /// <summary>The seed paper's refinement: no regulariser, a constant rate, the support redrawn where the loss fell by 10 %.</summary>
    public static RefinementOptions Paper { get; } =
        new()
        {
            Regularisers = [],
            Coherence = CoherenceFit.Never,
            Optimiser = new Adam
            {
                Rate = 1e-2,
                EndRate = 1e-2,
                Beta2 = 0.999,
            },
            Steps = 1000,
            ExtraSteps = 0,
            JudgeEvery = 50,
            Tolerance = 0,
            Patience = int.MaxValue,
            FinalSteps = 0,
            RedrawAfterFall = 0.1,
            ShrinkWrap = new ShrinkWrap
            {
                First = 50,
                Every = 50,
                Sigma = 1,
                SigmaEnd = 1,
                Threshold = 0.15,
                ThresholdEnd = 0.15,
            },
        };

    /// <summary>Every problem of these options in words; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Steps is < 1 or > 1_000_000 || ExtraSteps is < 0 or > 1_000_000 || FinalSteps is < 0 or > 1_000_000)
        {
            yield return "refinement takes 1 to 1 000 000 steps";
        }

        if (JudgeEvery < 1 || Patience < 1 || !(Tolerance >= 0))
        {
            yield return "refinement must be judged at least every step, with a patience of at least 1 and a tolerance that is not negative";
        }

        if (RedrawAfterFall is not (>= 0 and < 1))
        {
            yield return "the fall of the misfit before the support is redrawn must lie between 0 and 1";
        }

        if (!(MostGrowth >= 1))
        {
            yield return "the support must be allowed at least its first size";
        }

        IEnumerable<string> parts = Optimiser.Validate().Concat(ShrinkWrap.Validate());
        foreach (string problem in parts.Concat(Regularisers.SelectMany(regulariser => regulariser.Validate())))
        {
            yield return problem;
        }
    }
}
