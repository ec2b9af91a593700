using Fringe.Core.Tensors;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A crystal whose density and phase are known at every place.</summary>
/// <param name="shape">Where it is.</param>
/// <param name="phases">Its phase is their sum.</param>
internal sealed class ModelCrystal(CrystalShape shape, IReadOnlyList<PhaseField> phases)
{
    /// <summary>A part of another density; null = one density throughout.</summary>
    public CrystalShape? Core { get; init; }

    /// <summary>Of that part, the rest's being 1.</summary>
    public double CoreDensity { get; init; } = 1;

    /// <summary>Draws it on a grid finer than the object's over the same field of view.</summary>
    /// <param name="size">Voxels of the object's grid along each edge.</param>
    /// <param name="finer">How many of the fine grid make one of them.</param>
    /// <returns>
    /// complex128 <c>[z, y, x]</c>, <c>finer * size</c> along each edge, centred; 1 inside, an edge of one fine voxel; belongs to the caller.
    /// </returns>
    public Tensor Draw(int size, int finer)
    {
        using var scope = NewDisposeScope();
        int edge = finer * size;
        double[] pairs = new double[2L * edge * edge * edge];
        Parallel.For(0, edge, ThreadLimit.Options(), z => DrawPlane(pairs, edge, z, 1.0 / finer));
        Tensor values = tensor(pairs, dtype: ScalarType.Float64).reshape(edge, edge, edge, 2);
        return view_as_complex(values).MoveToOuterDisposeScope();
    }

    private void DrawPlane(double[] pairs, int edge, int z, double step)
    {
        int half = edge / 2;
        for (int i = 0; i < edge * edge; i++)
        {
            Vector3D place = step * new Vector3D((i % edge) - half, (i / edge) - half, z - half);
            double density = Density(place, step);
            if (density > 0)
            {
                (double sine, double cosine) = Math.SinCos(phases.Sum(field => field.At(place)));
                long at = 2 * (((long)z * edge * edge) + i);
                (pairs[at], pairs[at + 1]) = (density * cosine, density * sine);
            }
        }
    }

    private double Density(Vector3D place, double step)
    {
        double density = Filled(shape, place, step);
        return Core is null || density == 0 ? density : density * (1 + ((CoreDensity - 1) * Filled(Core, place, step)));
    }

    // The share of a voxel about a place that lies inside, by the distance to the surface.
    private static double Filled(CrystalShape body, Vector3D place, double step) =>
        Math.Clamp((body.Depth(place) / step) + 0.5, 0, 1);
}
