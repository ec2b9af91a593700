namespace Fringe.Simulation.Crystals;

/// <summary>The atoms of a crystal on their ideal lattice sites, before anything moves.</summary>
public sealed class AtomicCrystal
{
    /// <param name="sites">x, y, z of each atom, lattice units, multiples of one half; not copied.</param>
    /// <param name="isClamped">Whether an atom is held by the substrate; not copied.</param>
    /// <param name="facets">How many planes bound the crystal.</param>
    internal AtomicCrystal(double[] sites, bool[] isClamped, int facets)
    {
        Sites = sites;
        IsClamped = isClamped;
        Facets = facets;
    }

    /// <summary>x, y, z of each atom in turn, lattice units. Multiples of one half, so that <c>G.R</c> is a whole turn.</summary>
    public double[] Sites { get; }

    /// <summary>Atoms that the substrate holds in place.</summary>
    public bool[] IsClamped { get; }

    /// <summary>Planes that bound the crystal, clip planes and faces of the block together.</summary>
    public int Facets { get; }

    /// <summary>Atoms.</summary>
    public int Count => IsClamped.Length;
}
