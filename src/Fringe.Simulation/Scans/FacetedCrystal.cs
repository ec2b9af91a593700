using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Simulation.Scans;

/// <summary>
/// A crystal whose shape and displacement are known everywhere: facets along {111} and {100}, one of the {111} square to Q, none as far from
/// the centre as the one across, and a displacement along Q that goes as a sine across the crystal.
/// </summary>
public sealed class FacetedCrystal
{
    private const double LeastFacet = 0.7;
    private readonly IReadOnlyList<(Vector3D Normal, double Distance)> facets;
    private readonly Vector3D alongQ;
    private readonly Vector3D wave;

    private FacetedCrystal(
        IReadOnlyList<(Vector3D, double)> facets,
        Vector3D alongQ,
        Vector3D wave,
        double size,
        double strain
    )
    {
        this.facets = facets;
        this.alongQ = alongQ;
        this.wave = wave;
        SizeNanometres = size;
        Strain = strain;
    }

    /// <summary>The farthest that two opposite facets can be apart.</summary>
    public double SizeNanometres { get; }

    /// <summary>Strain where the sine is steepest along its own direction.</summary>
    public double Strain { get; }

    /// <summary>Draws facets and the sine's direction.</summary>
    /// <param name="scatteringVector">Laboratory frame.</param>
    /// <param name="sizeNanometres">Twice the farthest a facet can be.</param>
    /// <param name="strain">See <see cref="Strain"/>.</param>
    /// <param name="seed">The same gives the same crystal.</param>
    public static FacetedCrystal Draw(Vector3D scatteringVector, double sizeNanometres, double strain, int seed)
    {
        Random random = new(seed);
        Vector3D up = scatteringVector.Unit;
        // Cube axes with [111] along Q, turned about it.
        Vector3D side = (Math.Abs(up.X) < 0.9 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0)).Cross(up).Unit;
        double turn = 2 * Math.PI * random.NextDouble();
        Vector3D first = (Math.Cos(turn) * side) + (Math.Sin(turn) * up.Cross(side));
        Vector3D second = up.Cross(first);
        Vector3D[] axes =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i => 2 * Math.PI * i / 3)
                .Select(angle =>
                    (1 / Math.Sqrt(3) * up)
                    + (Math.Sqrt(2.0 / 3) * ((Math.Cos(angle) * first) + (Math.Sin(angle) * second)))
                ),
        ];
        List<(Vector3D, double)> facets = [];
        for (int i = 0; i < 8; i++)
        {
            Vector3D normal = (Sign(i, 0) * axes[0]) + (Sign(i, 1) * axes[1]) + (Sign(i, 2) * axes[2]);
            facets.Add((normal.Unit, Distance()));
        }

        foreach (Vector3D axis in axes)
        {
            facets.Add((axis, Distance()));
            facets.Add((-1 * axis, Distance()));
        }

        Vector3D wave = ((0.8 * up) + (0.6 * first)).Unit;
        return new(facets, up, wave, sizeNanometres, strain);

        double Distance() => sizeNanometres / 2 * (LeastFacet + ((1 - LeastFacet) * random.NextDouble()));
        static double Sign(int bits, int bit) => (bits >> bit & 1) == 0 ? 1 : -1;
    }

    /// <summary>1 inside, 0 outside, half at a facet.</summary>
    /// <param name="place">Laboratory frame, nm, from the crystal's middle.</param>
    /// <param name="edge">Thickness of the surface, nm.</param>
    public double Density(Vector3D place, double edge) =>
        facets.Min(facet => Math.Clamp(((facet.Distance - facet.Normal.Dot(place)) / edge) + 0.5, 0, 1));

    /// <summary><c>u_G</c>, nm, along Q.</summary>
    public double DisplacementNanometres(Vector3D place) =>
        Strain * SizeNanometres / Math.PI * Math.Sin((Math.PI * wave.Dot(place) / SizeNanometres) + 0.7);

    /// <summary><c>d u_G / d x_G</c>.</summary>
    public double StrainAt(Vector3D place) =>
        Strain * wave.Dot(alongQ) * Math.Cos((Math.PI * wave.Dot(place) / SizeNanometres) + 0.7);

    /// <summary>The object on cubic voxels, laboratory frame: <c>density exp(-i |Q| u_G)</c>.</summary>
    /// <param name="voxels">Along each edge.</param>
    /// <param name="voxelNanometres">Their edge.</param>
    /// <param name="scatteringVectorLength">|Q|, nm^-1.</param>
    /// <param name="turn">Turns the crystal first; null = as it stands.</param>
    public ComplexVolume OnGrid(int voxels, double voxelNanometres, double scatteringVectorLength, Matrix3? turn = null)
    {
        Matrix3 back = turn?.Transposed() ?? Matrix3.Identity;
        float[] pairs = new float[2L * voxels * voxels * voxels];
        Parallel.For(
            0,
            voxels,
            ThreadLimit.Options(),
            z =>
            {
                for (int y = 0; y < voxels; y++)
                {
                    for (int x = 0; x < voxels; x++)
                    {
                        Vector3D place = back.Apply(
                            voxelNanometres * new Vector3D(x - (voxels / 2), y - (voxels / 2), z - (voxels / 2))
                        );
                        double density = Density(place, voxelNanometres);
                        if (density > 0)
                        {
                            (double sine, double cosine) = Math.SinCos(
                                -scatteringVectorLength * DisplacementNanometres(place)
                            );
                            long at = 2 * (((((long)z * voxels) + y) * voxels) + x);
                            (pairs[at], pairs[at + 1]) = ((float)(density * cosine), (float)(density * sine));
                        }
                    }
                }
            }
        );
        return new ComplexVolume(pairs, voxels, voxels, voxels);
    }
}
