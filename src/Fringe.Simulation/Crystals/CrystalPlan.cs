using Fringe.Core;
using Fringe.Core.Diffraction;

namespace Fringe.Simulation.Crystals;

/// <summary>Everything that is drawn at random for one crystal; the rest of its simulation follows from it.</summary>
public sealed record CrystalPlan
{
    /// <summary>The crystal's number in the set.</summary>
    public required int Index { get; init; }

    /// <summary>0, or how many draws before it gave no crystal.</summary>
    public required int Attempt { get; init; }

    /// <summary>Edge of the block, nm.</summary>
    public required double BlockNanometres { get; init; }

    /// <summary>The planes that cut the block.</summary>
    public required IReadOnlyList<ClipPlane> Planes { get; init; }

    /// <summary>
    /// Deformation of the box: axial strains xx, yy, zz, then shears xy, xz, yz (x moves along y, x along z, y along z).
    /// </summary>
    public required IReadOnlyList<double> Strain { get; init; }

    /// <summary>Relative energy tolerance of the second minimisation.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Whether one facet is held on a substrate.</summary>
    public required bool IsClamped { get; init; }

    /// <summary>Chooses the clamped facet among those that bound the crystal: uniform in [0, 1).</summary>
    public required double ClampedChoice { get; init; }

    /// <summary>Draws a plan; the same arguments give the same plan.</summary>
    /// <param name="recipe">Ranges.</param>
    /// <param name="seed">The set's seed.</param>
    /// <param name="index">The crystal's number in the set.</param>
    /// <param name="attempt">Which draw for that number.</param>
    /// <exception cref="InputException">The recipe cannot be used.</exception>
    public static CrystalPlan Draw(CrystalRecipe recipe, long seed, int index, int attempt)
    {
        OptionProblem.RequireNone(recipe.Validate());
        SeededRandom random = new(seed, index, attempt);
        double block = random.Between(recipe.SmallestBlockNanometres, recipe.LargestBlockNanometres);
        double half = 0.5 * block / recipe.LatticeConstantNanometres;
        var planes = new ClipPlane[random.Whole(recipe.FewestPlanes, recipe.MostPlanes)];
        for (int i = 0; i < planes.Length; i++)
        {
            double[] normal =
                random.Unit() < recipe.FamilyFraction ? FamilyMember(recipe.Families, random) : OnSphere(random);
            double distance = half * random.Between(recipe.NearestPlane, recipe.FarthestPlane);
            planes[i] = new ClipPlane(normal[0], normal[1], normal[2], distance);
        }

        double[] strain = new double[6];
        for (int i = 0; i < strain.Length; i++)
        {
            double value = random.Between(-recipe.LargestStrain, recipe.LargestStrain);
            // A mix: each component takes part or not.
            strain[i] = random.Unit() < 0.5 ? value : 0;
        }

        double exponent = random.Between(Math.Log(recipe.SmallestTolerance), Math.Log(recipe.LargestTolerance));
        bool isClamped = random.Unit() < recipe.ClampedFraction;
        return new CrystalPlan
        {
            Index = index,
            Attempt = attempt,
            BlockNanometres = block,
            Planes = planes,
            Strain = strain,
            Tolerance = isClamped ? CrystalRecipe.EquilibriumTolerance : Math.Exp(exponent),
            IsClamped = isClamped,
            ClampedChoice = random.Unit(),
        };
    }

    // Hypersphere point picking: a normal deviate an axis, over the length.
    private static double[] OnSphere(SeededRandom random) =>
        Normalised([random.Normal(), random.Normal(), random.Normal()]);

    private static double[] FamilyMember(IReadOnlyList<MillerIndices> families, SeededRandom random)
    {
        MillerIndices family = families[random.Whole(0, families.Count - 1)];
        double[] member = [family.H, family.K, family.L];
        // One of the permutations (Fisher and Yates), then the signs.
        for (int i = 2; i > 0; i--)
        {
            int other = random.Whole(0, i);
            (member[i], member[other]) = (member[other], member[i]);
        }

        return Normalised([.. member.Select(value => random.Unit() < 0.5 ? -value : value)]);
    }

    private static double[] Normalised(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => value * value));
        return length > 0 ? [.. vector.Select(value => value / length)] : [1, 0, 0];
    }
}
