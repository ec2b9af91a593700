using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Values;

namespace Fringe.Simulation.Crystals;

/// <summary>
/// How crystals are drawn and strained; the defaults are those of the paper (Chan et al., Appl. Phys. Rev. 8, 021407, II A).
/// </summary>
public sealed record CrystalRecipe : IOptions
{
    /// <summary>Smallest edge of the cubic block a crystal is cut from, nm.</summary>
    public double SmallestBlockNanometres { get; init; } = 20;

    /// <summary>Largest edge of the block, nm; drawn uniformly between the two.</summary>
    public double LargestBlockNanometres { get; init; } = 20;

    /// <summary>Lattice constant of the FCC crystal, nm.</summary>
    public double LatticeConstantNanometres { get; init; } = 0.4078;

    /// <summary>Fewest clip planes.</summary>
    public int FewestPlanes { get; init; } = 4;

    /// <summary>Most clip planes.</summary>
    public int MostPlanes { get; init; } = 20;

    /// <summary>Families of high symmetry that plane normals are drawn from.</summary>
    public IReadOnlyList<MillerIndices> Families
    {
        get;
        init => field = new ValueList<MillerIndices>(value);
    } = new ValueList<MillerIndices>([new(1, 0, 0), new(1, 1, 0), new(1, 1, 1)]);

    /// <summary>Share of the planes that belong to a family; the others' normals are uniform on the sphere.</summary>
    public double FamilyFraction { get; init; } = 0.5;

    /// <summary>Least distance of a plane from the block's centre, as a fraction of half its edge.</summary>
    public double NearestPlane { get; init; } = 0.4;

    /// <summary>Largest distance of a plane from the centre, as a fraction of half the block's edge.</summary>
    public double FarthestPlane { get; init; } = 1.1;

    /// <summary>Largest strain of each component (three axial, three shear) by which the box is deformed.</summary>
    public double LargestStrain { get; init; } = 0.01;

    /// <summary>Least relative energy tolerance at which the second minimisation stops; drawn log-uniformly.</summary>
    public double SmallestTolerance { get; init; } = 3e-7;

    /// <summary>Largest relative energy tolerance of the second minimisation.</summary>
    public double LargestTolerance { get; init; } = 3e-5;

    /// <summary>
    /// Share of the crystals that sit on a substrate: the atoms behind one facet keep their strained places, and the rest
    /// relaxes fully (<see cref="EquilibriumTolerance"/>).
    /// </summary>
    public double ClampedFraction { get; init; }

    /// <summary>A crystal with fewer atoms is drawn again.</summary>
    public int FewestAtoms { get; init; } = 500;

    /// <summary>Empty space around the crystal on each side, lattice units.</summary>
    public double PaddingLatticeUnits { get; init; } = 5;

    /// <summary>Voxels along each edge of the stored fields.</summary>
    public int FieldVoxels { get; init; } = 40;

    /// <summary>Relative energy tolerance of the first minimisation, which lets the cut surfaces relax.</summary>
    public const double FirstTolerance = 1e-7;

    /// <summary>Relative energy tolerance of the second minimisation of a clamped crystal.</summary>
    public const double EquilibriumTolerance = 1e-8;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        const double smallest = 2;
        const double largest = 100;
        if (!IsRange(SmallestBlockNanometres, LargestBlockNanometres, smallest, largest))
        {
            yield return new(
                nameof(SmallestBlockNanometres),
                $"must be from {smallest} to {largest} nm, the largest not below it"
            );
        }

        if (LatticeConstantNanometres is not (>= 0.2 and <= 1))
        {
            yield return new(nameof(LatticeConstantNanometres), "must be 0.2 to 1 nm");
        }

        if (FewestPlanes < 1 || MostPlanes > MaximumPlanes || FewestPlanes > MostPlanes)
        {
            yield return new(nameof(FewestPlanes), $"must be from 1 to {MaximumPlanes}, the most not below it");
        }

        if (!IsRange(NearestPlane, FarthestPlane, 0.05, 2))
        {
            yield return new(nameof(NearestPlane), "must be a fraction from 0.05 to 2, the farthest not below it");
        }

        if (!IsRange(FamilyFraction, FamilyFraction, 0, 1))
        {
            yield return new(nameof(FamilyFraction), "must be 0 to 1");
        }

        if (FamilyFraction > 0 && (Families.Count == 0 || Families.Contains(new MillerIndices(0, 0, 0))))
        {
            yield return new(nameof(Families), "must name at least one family such as 111, none of them 000");
        }

        if (!IsRange(LargestStrain, LargestStrain, 0, 0.05))
        {
            yield return new(nameof(LargestStrain), "must be 0 to 0.05 (5 %)");
        }

        if (!IsRange(SmallestTolerance, LargestTolerance, 1e-12, 1e-2))
        {
            yield return new(nameof(SmallestTolerance), "must be from 1e-12 to 1e-2, the largest not below it");
        }

        if (!IsRange(ClampedFraction, ClampedFraction, 0, 1))
        {
            yield return new(nameof(ClampedFraction), "must be 0 to 1");
        }

        if (FewestAtoms is < 100 or > 10_000_000)
        {
            yield return new(nameof(FewestAtoms), "must be 100 to 10000000");
        }

        if (!IsRange(PaddingLatticeUnits, PaddingLatticeUnits, 2, 50))
        {
            yield return new(nameof(PaddingLatticeUnits), "must be 2 to 50 lattice units (the potential reaches 1.4)");
        }

        if (FieldVoxels is < 16 or > 256 || FieldVoxels % 2 == 1)
        {
            yield return new(nameof(FieldVoxels), "must be an even number from 16 to 256");
        }
    }

    /// <summary>Most clip planes a crystal can have.</summary>
    public const int MaximumPlanes = 60;

    private static bool IsRange(double least, double most, double lower, double upper) =>
        least >= lower && most <= upper && least <= most;
}
