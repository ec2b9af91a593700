namespace Fringe.Formats.Crystals;

/// <summary>Names within a shard.</summary>
internal static class CrystalShardLayout
{
    public const string FormatAttribute = "format";
    public const string Format = "fringe-crystals";
    public const string VersionAttribute = "format_version";
    public const int Version = 1;

    public const string Density = "density";
    public const string Displacement = "displacement";
    public const string UnstrainedDensity = "unstrained_density";
    public const string Planes = "planes";

    /// <summary>One dataset each.</summary>
    public static IReadOnlyList<CrystalColumn> Columns { get; } =
    [
        CrystalColumn.Whole("index", "", "number of the crystal in its set", c => c.Index),
        CrystalColumn.Whole("attempt", "", "draws before this one that gave no crystal", c => c.Attempt),
        CrystalColumn.Whole("split", "", "0 = train, 1 = validation, 2 = test", c => (int)c.Split),
        CrystalColumn.Whole("atoms", "", "atoms", c => c.Atoms),
        CrystalColumn.Whole(
            "facets",
            "",
            "planes that bound the crystal, faces of the block among them",
            c => c.Facets
        ),
        CrystalColumn.Whole("is_clamped", "", "1 = one facet held on a substrate", c => c.IsClamped ? 1 : 0),
        CrystalColumn.Whole("first_steps", "", "steps of the first minimisation", c => c.FirstSteps),
        CrystalColumn.Whole("second_steps", "", "steps of the second minimisation", c => c.SecondSteps),
        CrystalColumn.Number("block", "nm", "edge of the block it was cut from", c => c.BlockNanometres),
        CrystalColumn.Number("tolerance", "", "relative energy tolerance of the second minimisation", c => c.Tolerance),
        CrystalColumn.Number("energy_per_atom", "eV", "potential energy", c => c.EnergyPerAtomElectronvolts),
        CrystalColumn.Number("strain_left", "", "rms of the strain beside mean_gradient", c => c.StrainLeft),
        CrystalColumn.Number(
            "phase_range_111",
            "rad",
            "1st to 99th percentile of 2 pi u.(111)",
            c => c.PhaseRange111Radians
        ),
        CrystalColumn.Number("voxel", "lattice unit", "edge of a voxel", c => c.VoxelLatticeUnits),
        CrystalColumn.Number("blur", "lattice unit", "sigma of the fields' Gaussian blur", c => c.BlurLatticeUnits),
        CrystalColumn.Number(
            "unstrained_voxel",
            "lattice unit",
            "edge of a voxel of unstrained_density",
            c => c.UnstrainedVoxelLatticeUnits
        ),
        CrystalColumn.Number("displacement_step", "lattice unit", "a step of displacement", c => c.DisplacementStep),
        CrystalColumn.Vector("extent", "lattice unit", "along x, y, z", 3, c => c.Extent),
        CrystalColumn.Vector("applied_strain", "", "xx, yy, zz, xy, xz, yz of the box", 6, c => c.AppliedStrain),
        CrystalColumn.Vector(
            "mean_gradient",
            "",
            "du_i/dx_j of the whole crystal, element 3 i + j",
            9,
            c => c.MeanGradient
        ),
    ];
}
