using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>
/// A crystal without atoms: a block cut by 4 to 20 random planes, with a smooth phase of up to several radians and a displacement near the
/// facets. Drawn twice as fine as needed and cropped in the far field, as a detector does.
/// </summary>
internal sealed class ProceduralCrystal
{
    private const double SurfaceDepth = 0.12;
    private readonly Random random;
    private readonly List<double[]> planes = [];
    private readonly List<double[]> modes = [];
    private readonly double strength;
    private readonly double surface;
    private readonly double[] along;

    private ProceduralCrystal(int seed)
    {
        random = new Random(seed);
        foreach (double[] axis in Axes())
        {
            planes.Add([.. axis, 0.75 + (0.25 * random.NextDouble())]);
            planes.Add([-axis[0], -axis[1], -axis[2], 0.75 + (0.25 * random.NextDouble())]);
        }

        int cuts = 4 + random.Next(17);
        for (int i = 0; i < cuts; i++)
        {
            planes.Add([.. Unit(Normals()), 0.45 + (0.5 * random.NextDouble())]);
        }

        strength = 0.5 + (2.5 * random.NextDouble());
        surface = 1.5 * random.NextDouble();
        along = Normals();
        for (int i = 0; i < 8; i++)
        {
            double[] wave = [.. Normals().Select(value => 1.5 * value)];
            modes.Add([.. wave, 2 * Math.PI * random.NextDouble(), Normal() / Math.Sqrt(8)]);
        }
    }

    /// <summary>Draws a crystal.</summary>
    /// <param name="size">Even edge of the volume, voxels.</param>
    /// <param name="seed">Everything follows from it.</param>
    /// <returns>complex64 <c>[z, y, x]</c>, centred, its peak in the centre; belongs to the caller. The oversampling ratio along its
    /// longest axis is 1.3 to 4.</returns>
    public static Tensor Draw(int size, int seed)
    {
        using var scope = NewDisposeScope();
        ProceduralCrystal crystal = new(seed);
        double oversampling = 1.3 * Math.Pow(4 / 1.3, crystal.random.NextDouble());
        int fine = 2 * size;
        double voxel = crystal.Reach() * oversampling / size;
        float[] pairs = new float[2 * fine * fine * fine];
        for (int i = 0; i < pairs.Length / 2; i++)
        {
            double z = ((i / (fine * fine)) - (fine / 2)) * voxel;
            double y = ((i / fine % fine) - (fine / 2)) * voxel;
            double x = ((i % fine) - (fine / 2)) * voxel;
            (pairs[2 * i], pairs[(2 * i) + 1]) = crystal.At(z, y, x, voxel);
        }

        Tensor field = ForwardModel.Propagate(new ComplexVolume(pairs, fine, fine, fine).ToTensor());
        long peak = field.abs().argmax().item<long>();
        long[] shift =
        [
            (fine / 2) - (peak / fine / fine),
            (fine / 2) - (peak / fine % fine),
            (fine / 2) - (peak % fine),
        ];
        Tensor centred = field.roll(shift, new long[] { 0, 1, 2 });
        for (int axis = 0; axis < 3; axis++)
        {
            centred = centred.narrow(axis, size / 2, size);
        }

        return ForwardModel.PropagateBack(centred.contiguous()).contiguous().MoveToOuterDisposeScope();
    }

    private (float Re, float Im) At(double z, double y, double x, double voxel)
    {
        double depth = double.MaxValue;
        double[] nearest = planes[0];
        foreach (double[] plane in planes)
        {
            double distance = plane[3] - ((plane[0] * z) + (plane[1] * y) + (plane[2] * x));
            if (distance < -4 * voxel)
            {
                return (0, 0);
            }

            (depth, nearest) = distance < depth ? (distance, plane) : (depth, nearest);
        }

        double phase = strength * modes.Sum(m => m[4] * Math.Cos((m[0] * z) + (m[1] * y) + (m[2] * x) + m[3]));
        double facet = (nearest[0] * along[0]) + (nearest[1] * along[1]) + (nearest[2] * along[2]);
        phase += surface * facet * Math.Exp(-Math.Max(depth, 0) / SurfaceDepth);
        double amplitude = 1 / (1 + Math.Exp(-3 * depth / voxel));
        return ((float)(amplitude * Math.Cos(phase)), (float)(amplitude * Math.Sin(phase)));
    }

    // Half the largest extent along the axes.
    private double Reach()
    {
        const int Steps = 24;
        const double Most = 1.8;
        double reach = 0;
        for (int i = 0; i < (2 * Steps) * (2 * Steps) * (2 * Steps); i++)
        {
            double z = Most * ((i / (4 * Steps * Steps)) - Steps) / Steps;
            double y = Most * ((i / (2 * Steps) % (2 * Steps)) - Steps) / Steps;
            double x = Most * ((i % (2 * Steps)) - Steps) / Steps;
            if (planes.All(plane => (plane[0] * z) + (plane[1] * y) + (plane[2] * x) <= plane[3]))
            {
                reach = Math.Max(reach, Math.Max(Math.Abs(z), Math.Max(Math.Abs(y), Math.Abs(x))));
            }
        }

        return reach;
    }

    // Three perpendicular directions at random (Gram-Schmidt).
    private List<double[]> Axes()
    {
        List<double[]> axes = [];
        for (int i = 0; i < 3; i++)
        {
            double[] axis = Normals();
            foreach (double[] other in axes)
            {
                double overlap = axis.Zip(other, (a, b) => a * b).Sum();
                axis = [.. axis.Zip(other, (a, b) => a - (overlap * b))];
            }

            axes.Add(Unit(axis));
        }

        return axes;
    }

    private double[] Normals() => [Normal(), Normal(), Normal()];

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Unit(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }
}
