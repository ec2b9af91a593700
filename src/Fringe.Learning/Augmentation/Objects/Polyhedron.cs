using System.Numerics;
using System.Runtime.InteropServices;
using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>
/// A convex polyhedron as half-spaces <c>n.r &lt;= d</c> in voxels of the grid, about its centre of mass: a random shape clipped from
/// a block, scaled along each axis to an extent, such as the share of the grid that an oversampling ratio asks for.
/// </summary>
internal sealed class Polyhedron : CrystalShape
{
    private const int Probe = 24;
    private const double Reach = 1.8;

    private readonly float[] normals;
    private readonly float[] distances;

    private Polyhedron(float[] normals, float[] distances)
    {
        this.normals = normals;
        this.distances = distances;
    }

    /// <summary>Number of half-spaces.</summary>
    public int Count => distances.Length;

    /// <summary>Depth below face i, voxels, positive inside.</summary>
    public float Depth(int face, float z, float y, float x) =>
        distances[face] - (normals[3 * face] * z) - (normals[(3 * face) + 1] * y) - (normals[(3 * face) + 2] * x);

    /// <summary>Depths below the nearest face along a row, voxels, negative outside.</summary>
    /// <param name="z">The row's place.</param>
    /// <param name="y">The row's place.</param>
    /// <param name="depths">Receives the depths at x = <c>-Length/2</c> onwards.</param>
    public void RowDepths(float z, float y, Span<float> depths)
    {
        depths.Fill(float.MaxValue);
        Span<Vector<float>> least = MemoryMarshal.Cast<float, Vector<float>>(depths);
        int half = depths.Length / 2;
        for (int face = 0; face < distances.Length; face++)
        {
            float start = Depth(face, z, y, -half);
            float step = -normals[(3 * face) + 2];
            Vector<float> depth = new Vector<float>(start) + (Vector<float>.Indices * step);
            Vector<float> stride = new(step * Vector<float>.Count);
            for (int i = 0; i < least.Length; i++)
            {
                least[i] = Vector.Min(least[i], depth);
                depth += stride;
            }
        }
    }

    public override double Depth(Vector3D place)
    {
        (float z, float y, float x) = ((float)place.Z, (float)place.Y, (float)place.X);
        float least = float.MaxValue;
        for (int face = 0; face < distances.Length; face++)
        {
            least = Math.Min(least, Depth(face, z, y, x));
        }

        return least;
    }

    /// <summary>Draws a shape; one that turns out too small or flat for the grid is drawn again.</summary>
    public static Polyhedron Draw(Random random, int size) =>
        Draw(random, () => [.. Enumerable.Range(0, 3).Select(_ => size / random.OversamplingRatio())]);

    /// <summary>Draws a shape of given extents.</summary>
    /// <param name="random">All that is random about it.</param>
    /// <param name="extent">How far it reaches along each axis, voxels; kept to a voxel, corners of next to no volume not counted.</param>
    public static Polyhedron Draw(Random random, Axes3<double> extent)
    {
        Polyhedron drawn = Draw(random, extent.ToArray);
        // It was measured on a coarse grid.
        double reach = 0.75 * extent.ToArray().Max();
        double[] factors = extent.Zip(drawn.Extent(reach), (wanted, found) => wanted / found).ToArray();
        return Scale([.. drawn.Faces()], [0, 0, 0], factors);
    }

    private IEnumerable<(double[] Normal, double Distance)> Faces() =>
        distances.Select(
            (distance, i) =>
                (new double[] { normals[3 * i], normals[(3 * i) + 1], normals[(3 * i) + 2] }, (double)distance)
        );

    private static Polyhedron Draw(Random random, Func<double[]> drawExtent)
    {
        while (true)
        {
            List<(double[] Normal, double Distance)> faces = [.. DrawFaces(random).OrderBy(face => face.Distance)];
            if (Measure(faces) is not { } box)
            {
                continue;
            }

            double[] scale = [.. drawExtent().Zip(box.Extent, (wanted, found) => wanted / found)];
            return Scale(faces, box.Centre, scale);
        }
    }

    private static Polyhedron Scale(List<(double[] Normal, double Distance)> faces, double[] centre, double[] scale)
    {
        float[] normals = new float[3 * faces.Count];
        float[] distances = new float[faces.Count];
        for (int i = 0; i < faces.Count; i++)
        {
            (double[] n, double d) = faces[i];
            double[] scaled = [n[0] / scale[0], n[1] / scale[1], n[2] / scale[2]];
            double length = Math.Sqrt(scaled.Sum(value => value * value));
            double shifted = d - ((n[0] * centre[0]) + (n[1] * centre[1]) + (n[2] * centre[2]));
            distances[i] = (float)(shifted / length);
            for (int axis = 0; axis < 3; axis++)
            {
                normals[(3 * i) + axis] = (float)(scaled[axis] / length);
            }
        }

        return new Polyhedron(normals, distances);
    }

    // In units of half the block's edge.
    private static IEnumerable<(double[] Normal, double Distance)> DrawFaces(Random random)
    {
        foreach (double[] axis in Frame(random))
        {
            // The block; its edges may be unequal.
            yield return (axis, random.Uniform(0.75, 1));
            yield return ([-axis[0], -axis[1], -axis[2]], random.Uniform(0.75, 1));
        }

        int count = random.Next(4, 21);
        // Few faces cut deep, many only round the shape.
        double nearest = random.Uniform(0.3, 0.7);
        for (int i = 0; i < count; i++)
        {
            yield return (random.Direction(), random.Uniform(nearest, 1.1));
        }
    }

    // Three directions, orthogonal up to the shear of a detector's frame.
    private static double[][] Frame(Random random)
    {
        double[] a = random.Direction();
        double[] b = random.Direction();
        double along = (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);
        double[] c = [b[0] - (along * a[0]), b[1] - (along * a[1]), b[2] - (along * a[2])];
        double norm = Math.Sqrt((c[0] * c[0]) + (c[1] * c[1]) + (c[2] * c[2]));
        c = [c[0] / norm, c[1] / norm, c[2] / norm];
        double[] d = [(a[1] * c[2]) - (a[2] * c[1]), (a[2] * c[0]) - (a[0] * c[2]), (a[0] * c[1]) - (a[1] * c[0])];
        foreach (double[] axis in new[] { a, c, d })
        {
            for (int i = 0; i < 3; i++)
            {
                axis[i] += 0.12 * random.Normal();
            }
        }

        return [a, c, d];
    }

    // On a coarse grid; null when there is next to nothing.
    private static (double[] Extent, double[] Centre)? Measure(List<(double[] Normal, double Distance)> faces)
    {
        float[] planes = [.. faces.SelectMany(face => face.Normal.Append(face.Distance)).Select(value => (float)value)];
        float step = (float)(2 * Reach / Probe);
        float[] axis = [.. Enumerable.Range(0, Probe).Select(i => (float)(((i + 0.5) * step) - Reach))];
        double[] least = [Reach, Reach, Reach];
        double[] most = [-Reach, -Reach, -Reach];
        double[] sum = [0, 0, 0];
        int inside = 0;
        for (int i = 0; i < Probe * Probe * Probe; i++)
        {
            (float z, float y, float x) = (axis[i / (Probe * Probe)], axis[i / Probe % Probe], axis[i % Probe]);
            if (!Contains(planes, z, y, x))
            {
                continue;
            }

            inside++;
            foreach ((int d, float place) in new[] { (0, z), (1, y), (2, x) })
            {
                least[d] = Math.Min(least[d], place);
                most[d] = Math.Max(most[d], place);
                sum[d] += place;
            }
        }

        double[] extent = [.. least.Zip(most, (low, high) => high - low + step)];
        return inside < 40 || extent.Min() < 4 * step ? null : (extent, [.. sum.Select(value => value / inside)]);
    }

    // The nearest faces come first: most places outside are found out at once.
    private static bool Contains(float[] planes, float z, float y, float x)
    {
        for (int i = 0; i < planes.Length; i += 4)
        {
            if ((planes[i] * z) + (planes[i + 1] * y) + (planes[i + 2] * x) > planes[i + 3])
            {
                return false;
            }
        }

        return true;
    }
}
