using Fringe.Core;

namespace Fringe.Simulation.Crystals;

/// <summary>Cuts the crystal of a plan out of an FCC block.</summary>
public static class CrystalBuilder
{
    // Atoms this close behind a plane form its facet: the widest layer spacing of the families is 0.58 lattice units.
    private const double FacetDepth = 0.6;
    private const int FewestFacetAtoms = 12;

    // Three to four layers, more than the potential's cut-off of 1.36 lattice units.
    private const double ClampedDepth = 1.4;

    /// <summary>Builds the crystal.</summary>
    /// <param name="plan">What was drawn.</param>
    /// <param name="recipe">Lattice constant and the fewest atoms.</param>
    /// <returns>null where the planes leave too little.</returns>
    /// <exception cref="InputException">The recipe cannot be used.</exception>
    public static AtomicCrystal? Build(CrystalPlan plan, CrystalRecipe recipe)
    {
        OptionProblem.RequireNone(recipe.Validate());
        double half = 0.5 * plan.BlockNanometres / recipe.LatticeConstantNanometres;
        double[] sites = SitesInside(half, plan.Planes);
        int count = sites.Length / 3;
        if (count < recipe.FewestAtoms)
        {
            return null;
        }

        ClipPlane[] facets = [.. plan.Planes.Concat(BlockFaces(half)).Where(plane => IsFacet(plane, sites))];
        bool[] isClamped = new bool[count];
        if (plan.IsClamped && facets.Length > 0)
        {
            ClipPlane substrate = facets[(int)(plan.ClampedChoice * facets.Length)];
            double surface = Farthest(substrate, sites);
            for (int i = 0; i < count; i++)
            {
                isClamped[i] = Project(substrate, sites, i) > surface - ClampedDepth;
            }
        }

        return new AtomicCrystal(sites, isClamped, facets.Length);
    }

    private static double[] SitesInside(double half, IReadOnlyList<ClipPlane> planes)
    {
        // FCC: whole multiples of half a lattice unit whose sum is even.
        List<double> sites = [];
        int last = (int)Math.Floor(2 * half);
        for (int k = -last; k <= last; k++)
        {
            for (int j = -last; j <= last; j++)
            {
                int first = -last + ((-last + j + k) & 1);
                for (int i = first; i <= last; i += 2)
                {
                    (double x, double y, double z) = (0.5 * i, 0.5 * j, 0.5 * k);
                    if (IsInside(planes, x, y, z))
                    {
                        sites.AddRange([x, y, z]);
                    }
                }
            }
        }

        return [.. sites];
    }

    private static bool IsInside(IReadOnlyList<ClipPlane> planes, double x, double y, double z)
    {
        for (int i = 0; i < planes.Count; i++)
        {
            if (planes[i].Project(x, y, z) > planes[i].Distance)
            {
                return false;
            }
        }

        return true;
    }

    private static ClipPlane[] BlockFaces(double half) =>
        [
            new(1, 0, 0, half),
            new(-1, 0, 0, half),
            new(0, 1, 0, half),
            new(0, -1, 0, half),
            new(0, 0, 1, half),
            new(0, 0, -1, half),
        ];

    private static bool IsFacet(ClipPlane plane, double[] sites)
    {
        int near = 0;
        for (int i = 0; i < sites.Length / 3; i++)
        {
            near += Project(plane, sites, i) > plane.Distance - FacetDepth ? 1 : 0;
        }

        return near >= FewestFacetAtoms;
    }

    private static double Farthest(ClipPlane plane, double[] sites)
    {
        double farthest = double.NegativeInfinity;
        for (int i = 0; i < sites.Length / 3; i++)
        {
            farthest = Math.Max(farthest, Project(plane, sites, i));
        }

        return farthest;
    }

    private static double Project(ClipPlane plane, double[] sites, int atom) =>
        plane.Project(sites[3 * atom], sites[(3 * atom) + 1], sites[(3 * atom) + 2]);
}
