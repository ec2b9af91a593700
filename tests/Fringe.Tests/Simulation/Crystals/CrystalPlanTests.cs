using Fringe.Core.Diffraction;
using Fringe.Simulation.Crystals;

namespace Fringe.Tests.Simulation.Crystals;

public sealed class CrystalPlanTests
{
    private static readonly CrystalRecipe Recipe = new() { SmallestBlockNanometres = 6, LargestBlockNanometres = 10 };

    [Fact]
    public void Draw_SameSeedIndexAndAttempt_IsTheSamePlan()
    {
        CrystalPlan first = CrystalPlan.Draw(Recipe, 5, 12, 0);
        CrystalPlan again = CrystalPlan.Draw(Recipe, 5, 12, 0);

        Assert.Equal(first.Planes, again.Planes);
        Assert.Equal(first.Strain, again.Strain);
        Assert.Equal((first.BlockNanometres, first.Tolerance), (again.BlockNanometres, again.Tolerance));
        Assert.NotEqual(first.Planes, CrystalPlan.Draw(Recipe, 6, 12, 0).Planes);
        Assert.NotEqual(first.Planes, CrystalPlan.Draw(Recipe, 5, 13, 0).Planes);
        Assert.NotEqual(first.Planes, CrystalPlan.Draw(Recipe, 5, 12, 1).Planes);
    }

    [Fact]
    public void Draw_ManyPlans_StayWithinTheRecipeAndFillIt()
    {
        CrystalPlan[] plans = [.. Enumerable.Range(0, 2000).Select(index => CrystalPlan.Draw(Recipe, 1, index, 0))];

        Fills([.. plans.Select(plan => plan.BlockNanometres)], 6, 10);
        Fills([.. plans.Select(plan => (double)plan.Planes.Count)], 4, 20);
        Fills([.. plans.SelectMany(plan => plan.Strain).Where(strain => strain != 0)], -0.01, 0.01);
        Fills([.. plans.Select(plan => Math.Log(plan.Tolerance))], Math.Log(3e-7), Math.Log(3e-5));
        Fills(
            [
                .. plans.SelectMany(plan =>
                    plan.Planes.Select(plane => plane.Distance * 2 * 0.4078 / plan.BlockNanometres)
                ),
            ],
            0.4,
            1.1
        );
        // A mix: about half of the components take part.
        Assert.InRange(plans.SelectMany(plan => plan.Strain).Count(strain => strain == 0) / 12000.0, 0.47, 0.53);
    }

    [Fact]
    public void Draw_NoFamily_NormalsAreUniformOnTheSphere()
    {
        CrystalRecipe recipe = Recipe with { FamilyFraction = 0 };
        ClipPlane[] planes = [.. Planes(recipe)];

        // Archimedes: each component of a uniform normal is uniform from -1 to 1; so its square's mean is 1/3, its fourth 1/5.
        foreach (
            Func<ClipPlane, double> component in new Func<ClipPlane, double>[] { at => at.X, at => at.Y, at => at.Z }
        )
        {
            Assert.Equal(0, planes.Average(component), 0.02);
            Assert.Equal(1.0 / 3, planes.Average(at => Math.Pow(component(at), 2)), 0.01);
            Assert.Equal(1.0 / 5, planes.Average(at => Math.Pow(component(at), 4)), 0.01);
        }

        Assert.All(planes, at => Assert.Equal(1, at.Project(at.X, at.Y, at.Z), 1e-12));
    }

    [Fact]
    public void Draw_OnlyFamilies_NormalsAreTheirMembers()
    {
        CrystalRecipe recipe = Recipe with { FamilyFraction = 1, Families = [new MillerIndices(1, 1, 0)] };
        (double X, double Y, double Z)[] members =
        [
            .. Planes(recipe).Select(at => (Math.Round(at.X, 6), Math.Round(at.Y, 6), Math.Round(at.Z, 6))).Distinct(),
        ];

        Assert.Equal(12, members.Length);
        Assert.All(members, at => Assert.Single(new[] { at.X, at.Y, at.Z }, component => component == 0));
    }

    [Fact]
    public void Draw_Clamped_RelaxesFully()
    {
        CrystalPlan plan = CrystalPlan.Draw(Recipe with { ClampedFraction = 1 }, 1, 0, 0);

        Assert.True(plan.IsClamped);
        Assert.Equal(CrystalRecipe.EquilibriumTolerance, plan.Tolerance);
    }

    private static IEnumerable<ClipPlane> Planes(CrystalRecipe recipe) =>
        Enumerable.Range(0, 1000).SelectMany(index => CrystalPlan.Draw(recipe, 1, index, 0).Planes);

    private static void Fills(double[] values, double least, double most)
    {
        Assert.All(values, value => Assert.InRange(value, least, most));
        double range = most - least;
        Assert.InRange(values.Min(), least, least + (0.02 * range));
        Assert.InRange(values.Max(), most - (0.02 * range), most);
        Assert.Equal(0.5 * (least + most), values.Average(), 0.03 * range);
    }
}
