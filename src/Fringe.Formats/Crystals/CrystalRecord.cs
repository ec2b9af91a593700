using Fringe.Core.Volumes;

namespace Fringe.Formats.Crystals;

/// <summary>
/// One simulated crystal as it stands in a shard: its fields in bytes, and what is known of it. The displacement is kept in
/// steps of 1/127 of its largest value, the density in steps of 1/200.
/// </summary>
public sealed record CrystalRecord
{
    /// <summary>Density steps of a perfect crystal.</summary>
    public const float DensitySteps = 200;

    private const float DisplacementSteps = 127;

    /// <summary>Number of the crystal in its set.</summary>
    public required int Index { get; init; }

    /// <summary>Draws before this one that gave no crystal.</summary>
    public required int Attempt { get; init; }

    public required CrystalSplit Split { get; init; }

    /// <summary>Edge of the block it was cut from, nm.</summary>
    public required double BlockNanometres { get; init; }

    public required int Atoms { get; init; }

    /// <summary>Clip planes: unit normal x, y, z and distance in lattice units, four numbers each.</summary>
    public required IReadOnlyList<double> Planes { get; init; }

    /// <summary>Planes that bound it, faces of the block among them.</summary>
    public required int Facets { get; init; }

    /// <summary>Whether one facet was held on a substrate.</summary>
    public required bool IsClamped { get; init; }

    /// <summary>Strain by which the box was deformed: xx, yy, zz, xy, xz, yz.</summary>
    public required IReadOnlyList<double> AppliedStrain { get; init; }

    /// <summary>Relative energy tolerance at which the second minimisation stopped.</summary>
    public required double Tolerance { get; init; }

    public required int FirstSteps { get; init; }

    public required int SecondSteps { get; init; }

    public required double EnergyPerAtomElectronvolts { get; init; }

    /// <summary>How far it reaches along x, y, z, lattice units.</summary>
    public required IReadOnlyList<double> Extent { get; init; }

    /// <summary>
    /// Strain that is left beside <see cref="MeanGradient"/>: root mean square over its inner voxels of the Frobenius norm of
    /// the strain tensor.
    /// </summary>
    public required double StrainLeft { get; init; }

    /// <summary>Range of the phase 2 pi u.(111), 1st to 99th percentile over the atoms, radians.</summary>
    public required double PhaseRange111Radians { get; init; }

    /// <summary>See <see cref="CrystalFields.MeanGradient"/>.</summary>
    public required IReadOnlyList<double> MeanGradient { get; init; }

    /// <summary>Voxels along each edge of the fields.</summary>
    public required int FieldVoxels { get; init; }

    /// <summary>Edge of a voxel, lattice units.</summary>
    public required double VoxelLatticeUnits { get; init; }

    /// <summary>See <see cref="CrystalFields.BlurLatticeUnits"/>; the unstrained twin has the same.</summary>
    public required double BlurLatticeUnits { get; init; }

    /// <summary><c>[z, y, x]</c>, <see cref="DensitySteps"/> = a perfect crystal.</summary>
    public required byte[] Density { get; init; }

    /// <summary><c>[component, z, y, x]</c>, components x, y, z, in steps of <see cref="DisplacementStep"/>.</summary>
    public required sbyte[] Displacement { get; init; }

    /// <summary>Lattice units a step.</summary>
    public required float DisplacementStep { get; init; }

    /// <summary>The same crystal before it was relaxed and strained: its density; it has no displacement.</summary>
    public required byte[] UnstrainedDensity { get; init; }

    /// <summary>Edge of a voxel of <see cref="UnstrainedDensity"/>, lattice units.</summary>
    public required double UnstrainedVoxelLatticeUnits { get; init; }

    /// <summary>The fields of the strained crystal.</summary>
    public CrystalFields ToFields()
    {
        float[] displacement = new float[Displacement.Length];
        for (int i = 0; i < displacement.Length; i++)
        {
            displacement[i] = Displacement[i] * DisplacementStep;
        }

        return new CrystalFields(Unpack(Density), displacement, FieldVoxels, VoxelLatticeUnits, MeanGradient)
        {
            BlurLatticeUnits = BlurLatticeUnits,
        };
    }

    /// <summary>The fields of its unstrained twin.</summary>
    public CrystalFields ToUnstrainedFields() =>
        new(
            Unpack(UnstrainedDensity),
            new float[Displacement.Length],
            FieldVoxels,
            UnstrainedVoxelLatticeUnits,
            new double[9]
        )
        {
            BlurLatticeUnits = BlurLatticeUnits,
        };

    /// <summary>Density in bytes.</summary>
    public static byte[] PackDensity(float[] density) =>
        [.. density.Select(value => (byte)Math.Clamp(MathF.Round(value * DensitySteps), 0, byte.MaxValue))];

    /// <summary>Displacement in bytes.</summary>
    public static (sbyte[] Values, float Step) PackDisplacement(float[] displacement)
    {
        float largest = displacement.Max(MathF.Abs);
        float step = largest > 0 ? largest / DisplacementSteps : 1;
        return ([.. displacement.Select(value => (sbyte)MathF.Round(value / step))], step);
    }

    private static float[] Unpack(byte[] density) => [.. density.Select(value => value / DensitySteps)];
}
