using System.Globalization;
using System.Text.Json;
using Fringe.Core;
using Fringe.Simulation.Crystals;

namespace Fringe.Simulation.TrainingSet;

/// <summary>A recipe as a person reads it.</summary>
public static class RecipeWords
{
    /// <summary>What a recipe decides, and how; the JSON itself where another version wrote it.</summary>
    /// <param name="json">From the provenance of a set.</param>
    public static IReadOnlyList<(string What, string How)> Describe(string json)
    {
        try
        {
            return Describe(RecipeJson.Read(json));
        }
        catch (Exception error) when (error is JsonException or InputException or NullReferenceException)
        {
            return [("recipe", json)];
        }
    }

    private static (string What, string How)[] Describe(CrystalRecipe recipe)
    {
        string lattice = Number(recipe.LatticeConstantNanometres);
        string families = string.Join(", ", recipe.Families.Select(family => $"{{{family}}}"));
        string normals = recipe.FamilyFraction switch
        {
            0 => "normals uniform on the sphere",
            1 => $"normals from the families {families}",
            double share =>
                $"{Percent(share)} of the normals from the families {families}, the others uniform on the sphere",
        };
        return
        [
            (
                "block",
                $"edge {Range(recipe.SmallestBlockNanometres, recipe.LargestBlockNanometres)} nm, FCC, lattice constant {lattice} nm"
            ),
            (
                "clip planes",
                $"{Range(recipe.FewestPlanes, recipe.MostPlanes)} a crystal, {normals}; distance from the centre "
                    + $"{Range(recipe.NearestPlane, recipe.FarthestPlane)} of half the block's edge"
            ),
            (
                "strain of the box",
                $"three axial and three shear components up to ±{Percent(recipe.LargestStrain)}, each with probability one half"
            ),
            (
                "minimisations",
                $"the first to a relative energy tolerance of {Number(CrystalRecipe.EquilibriumTolerance)}, the second "
                    + $"(strained) to {Range(recipe.SmallestTolerance, recipe.LargestTolerance)}, drawn log-uniformly"
            ),
            (
                "substrate",
                recipe.ClampedFraction == 0
                    ? "no crystal clamped"
                    : $"{Percent(recipe.ClampedFraction)} of the crystals clamped by one facet, then relaxed to "
                        + Number(CrystalRecipe.EquilibriumTolerance)
            ),
            ("drawn again", $"below {recipe.FewestAtoms} atoms"),
            (
                "kept",
                $"density and displacement on {recipe.FieldVoxels} × {recipe.FieldVoxels} × {recipe.FieldVoxels} voxels; "
                    + $"{Number(recipe.PaddingLatticeUnits)} lattice units of padding during the simulation"
            ),
        ];
    }

    private static string Range(double least, double most) =>
        least == most ? Number(least) : $"{Number(least)} to {Number(most)}";

    private static string Percent(double share) => $"{Number(100 * share)} %";

    private static string Number(double value) =>
        value != 0 && Math.Abs(value) < 1e-3
            ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
            : value.ToString("0.####", CultureInfo.InvariantCulture);
}
