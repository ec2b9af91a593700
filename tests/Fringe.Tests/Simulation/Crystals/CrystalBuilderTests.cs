using Fringe.App.Reports;
using Fringe.Simulation.Crystals;

namespace Fringe.Tests.Simulation.Crystals;

public sealed class CrystalBuilderTests
{
    private static readonly CrystalRecipe Recipe = new();

    [Fact]
    public void Build_PapersBlock_HasAboutHalfAMillionAtoms()
    {
        AtomicCrystal block = CrystalBuilder.Build(SimulatedCrystals.Plan([], 20), Recipe)!;

        // 4 atoms a cell of 0.4078 nm in (20 nm)^3 are 472 000; the closed surfaces add some.
        Assert.InRange(block.Count, 450_000, 500_000);
        Assert.Equal(6, block.Facets);
    }

    [Fact]
    public void Build_Block_IsFaceCentredCubic()
    {
        AtomicCrystal block = CrystalBuilder.Build(SimulatedCrystals.Plan([]), Recipe)!;
        HashSet<(double, double, double)> sites =
        [
            .. Enumerable
                .Range(0, block.Count)
                .Select(i => (block.Sites[3 * i], block.Sites[(3 * i) + 1], block.Sites[(3 * i) + 2])),
        ];

        Assert.Equal(block.Count, sites.Count);
        // The twelve nearest neighbours of the central atom.
        int neighbours = sites.Count(at =>
            Math.Abs((at.Item1 * at.Item1) + (at.Item2 * at.Item2) + (at.Item3 * at.Item3) - 0.5) < 1e-9
        );
        Assert.Equal(12, neighbours);
        Assert.DoesNotContain((0.5, 0, 0), sites);
    }

    [Fact]
    public void Build_Planes_CutWhatIsBeyondThem()
    {
        ClipPlane plane = SimulatedCrystals.Plane(1, 2, -1, 3);
        AtomicCrystal crystal = CrystalBuilder.Build(SimulatedCrystals.Plan([plane]), Recipe)!;

        double[] distances =
        [
            .. Enumerable
                .Range(0, crystal.Count)
                .Select(i =>
                    plane.Project(crystal.Sites[3 * i], crystal.Sites[(3 * i) + 1], crystal.Sites[(3 * i) + 2])
                ),
        ];
        Assert.InRange(distances.Max(), 2.5, 3);
        Assert.Equal(7, crystal.Facets);
    }

    [Fact]
    public void Build_PlanesLeaveTooLittle_GivesNone() =>
        Assert.Null(CrystalBuilder.Build(SimulatedCrystals.Plan([SimulatedCrystals.Plane(1, 0, 0, -5.4)]), Recipe));

    [Fact]
    public void Build_Clamped_HoldsTheLayersBehindOneFacet()
    {
        AtomicCrystal crystal = SimulatedCrystals.Facetted(isClamped: true);

        Assert.InRange(crystal.IsClamped.Count(held => held), 20, crystal.Count / 2);
        Assert.DoesNotContain(true, SimulatedCrystals.Facetted().IsClamped);
    }

    [Fact]
    public void Validate_PapersValues_AreGood() => Assert.Empty(Recipe.Validate());

    [Fact]
    public void Validate_BadValues_AreAllNamed()
    {
        CrystalRecipe bad = new()
        {
            SmallestBlockNanometres = 30,
            LargestBlockNanometres = 20,
            LatticeConstantNanometres = double.NaN,
            FewestPlanes = 0,
            FamilyFraction = 2,
            NearestPlane = -1,
            LargestStrain = 0.2,
            SmallestTolerance = 0,
            ClampedFraction = -0.1,
            FewestAtoms = 3,
            PaddingLatticeUnits = 0,
            FieldVoxels = 17,
        };

        string all = string.Join('\n', FlagNames.Explain("Set.Recipe", bad.Validate()));
        string[] wanted =
        [
            "--size-nm",
            "--lattice-constant",
            "--planes",
            "--plane-distance",
            "--family-fraction",
            "--strain",
            "--tolerance",
            "--clamped",
            "--fewest-atoms",
            "--padding",
            "--field-voxels",
        ];
        Assert.All(wanted, option => Assert.Contains(option, all));
    }
}
