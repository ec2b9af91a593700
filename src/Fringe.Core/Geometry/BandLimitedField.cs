using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Geometry;

/// <summary>
/// An object between its voxels: band-limited to voxels of half the size by a Fourier transform, and from those by a Lanczos kernel of
/// three lobes whose weights add up to 1. Along an axis that is within 0.71 % of the sum over the Fourier terms for waves up to half the
/// grid's highest frequency and within 2.7 % for all. Holds the part about the support.
/// </summary>
internal sealed class BandLimitedField
{
    /// <summary>How many weights a look-up needs.</summary>
    public const int Weights = 3 * 2 * Lobes;

    private const int Lobes = 3;

    // Voxels kept beyond the support: the object is 0 there, and its Fourier terms have room to be so.
    private const int Room = 8;

    private readonly Axes3<(int First, int Length)> box;
    private readonly ComplexVolume halves;

    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred; borrowed.</param>
    /// <param name="inside">Its support, in C order; not empty.</param>
    public BandLimitedField(Tensor psi, bool[] inside)
    {
        box = Box(inside, Shape3.FromList(psi.shape));
        using Tensor halved = Halved(psi, box);
        halves = halved.ToComplexVolume();
    }

    /// <summary>The field at a place.</summary>
    /// <param name="place">Indices of the grid; outside it the field is 0.</param>
    /// <param name="weights">Room for <see cref="Weights"/> numbers.</param>
    public (float Real, float Imaginary) At(Axes3<double> place, double[] weights)
    {
        Axes3<double> at = InHalves(place);
        int z = Weigh(at.Z, weights.AsSpan(0, 2 * Lobes));
        int y = Weigh(at.Y, weights.AsSpan(2 * Lobes, 2 * Lobes));
        int x = Weigh(at.X, weights.AsSpan(4 * Lobes, 2 * Lobes));
        (double real, double imaginary) = (0, 0);
        for (int k = Math.Max(0, -z); k < Math.Min(2 * Lobes, halves.Depth - z); k++)
        {
            for (int j = Math.Max(0, -y); j < Math.Min(2 * Lobes, halves.Height - y); j++)
            {
                double across = weights[k] * weights[(2 * Lobes) + j];
                long row = (((long)(z + k) * halves.Height) + y + j) * halves.Width;
                for (int i = Math.Max(0, -x); i < Math.Min(2 * Lobes, halves.Width - x); i++)
                {
                    double weight = across * weights[(4 * Lobes) + i];
                    long element = 2 * (row + x + i);
                    real += weight * halves.Interleaved[element];
                    imaginary += weight * halves.Interleaved[element + 1];
                }
            }
        }

        return ((float)real, (float)imaginary);
    }

    // The part of the grid that holds the support.
    private static Axes3<(int First, int Length)> Box(bool[] inside, Shape3 shape)
    {
        VoxelExtent extent = VoxelExtent.Of(inside, shape.ToArray());
        return new(Side(0), Side(1), Side(2));

        (int First, int Length) Side(int axis)
        {
            int from = Math.Max(0, extent.First[axis] - Room);
            int wanted = extent.Last[axis] + Room + 1 - from;
            return (from, Math.Min(FastFftSize.AtLeast(wanted), shape[axis] - from));
        }
    }

    // The field within the box on voxels of half the size, exactly: its Fourier terms with zeros round them.
    private static Tensor Halved(Tensor psi, Axes3<(int First, int Length)> box)
    {
        using var scope = NewDisposeScope();
        Tensor part = psi;
        for (int axis = 0; axis < 3; axis++)
        {
            part = part.narrow(axis, box[axis].First, box[axis].Length);
        }

        // Eight times the voxels share the photons of one.
        return ResolutionChange
            .Resize(part, box.Select(side => 2L * side.Length).ToArray())
            .Times(Math.Sqrt(8))
            .MoveToOuterDisposeScope();
    }

    private Axes3<double> InHalves(Axes3<double> place)
    {
        return new(Half(place.Z, box.Z), Half(place.Y, box.Y), Half(place.X, box.X));

        static double Half(double at, (int First, int Length) side) =>
            (2 * (at - side.First - (side.Length / 2))) + side.Length;
    }

    // The kernel's weights on the neighbours of a place; gives the index of the first.
    private static int Weigh(double at, Span<double> weights)
    {
        int first = (int)Math.Floor(at) - Lobes + 1;
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double away = Math.PI * (at - (first + i));
            weights[i] =
                Math.Abs(away) < 1e-9 ? 1
                : Math.Abs(away) >= Math.PI * Lobes ? 0
                : Math.Sin(away) / away * Math.Sin(away / Lobes) / (away / Lobes);
            sum += weights[i];
        }

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }

        return first;
    }
}
