using Fringe.Core;
using Fringe.Simulation.Crystals;

namespace Fringe.Simulation.TrainingSet;

/// <summary>A run that makes crystals.</summary>
public sealed record TrainingSetOptions : IOptions
{
    /// <summary>How crystals are drawn.</summary>
    public CrystalRecipe Recipe { get; init; } = new();

    /// <summary>Crystals of the whole set, over all jobs.</summary>
    public int Count { get; init; } = 100;

    /// <summary>LAMMPS processes at a time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Crystals follow from it and their index.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>This job's number, from 1.</summary>
    public int Job { get; init; } = 1;

    /// <summary>Jobs that share the set: job i makes the crystals whose index leaves i - 1 over jobs.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>A LAMMPS run that takes longer counts as hung.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Crystals a file.</summary>
    public int CrystalsPerShard { get; init; } = DefaultCrystalsPerShard;

    /// <summary>Crystals a file, unless asked otherwise.</summary>
    public const int DefaultCrystalsPerShard = 100;

    /// <summary>Also keep, for every crystal, a pattern and its object computed from the atoms; null: do not.</summary>
    public ExampleOptions? Examples { get; init; }

    /// <summary>The indices this job makes, ascending.</summary>
    public IEnumerable<int> Indices() => Enumerable.Range(0, Count).Where(index => index % Jobs == Job - 1);

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        foreach (OptionProblem problem in Recipe.Validate())
        {
            yield return problem.Within(nameof(Recipe));
        }

        if (Count is < 1 or > 10_000_000)
        {
            yield return new(nameof(Count), "must be 1 to 10000000");
        }

        if (Workers is < 1 or > 1024)
        {
            yield return new(nameof(Workers), "must be 1 to 1024");
        }

        if (Jobs < 1 || Job < 1 || Job > Jobs)
        {
            yield return new(nameof(Job), "must be i/n with i from 1 to n, such as 3/100");
        }
        else if (Job > Count)
        {
            yield return new(nameof(Job), $"{Job}/{Jobs} has no crystal to make: the set has only {Count}");
        }

        if (Limit <= TimeSpan.Zero)
        {
            yield return new(nameof(Limit), "must be more than 0 s");
        }

        if (CrystalsPerShard < 1)
        {
            yield return new(nameof(CrystalsPerShard), "must be 1 or more");
        }

        if (Examples is not null)
        {
            foreach (OptionProblem problem in Examples.Validate())
            {
                yield return problem.Within(nameof(Examples));
            }
        }
    }
}
