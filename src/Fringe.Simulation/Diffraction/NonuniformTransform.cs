using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Fringe.Simulation.Diffraction;

/// <summary>
/// Fourier sums over scattered points, <c>F[k] = sum_j c_j exp(-2 pi i k.x_j)</c>, by a non-uniform FFT of type 1: points are
/// spread on a grid twice as fine with a kernel whose transform is known, and the sum is divided by it. The kernel is the
/// exponential of a semicircle (Barnett, Magland and af Klinteberg, SIAM J. Sci. Comput. 41, C479, 2019, eq. 1.8). Errors of
/// about 1e-6, so that a lattice of points leaves no moire.
/// </summary>
public sealed class NonuniformTransform
{
    private const int Refinement = 2;
    private const int Width = 7;

    // Cells of a row that are added at a time: the width, rounded up to whole vectors.
    private const int Lanes = 8;
    private const double Beta = 2.3 * Width;

    private readonly int size;
    private readonly int fine;
    private readonly double[] correction;

    /// <param name="size">Even number of frequencies along each axis: k = -size/2 .. size/2 - 1.</param>
    public NonuniformTransform(int size)
    {
        if (size < 8 || size % 2 == 1)
        {
            throw new ArgumentException($"{size} frequencies: an even number from 8 is needed");
        }

        this.size = size;
        fine = Refinement * size;
        correction = [.. Enumerable.Range(0, size).Select(index => 1 / KernelTransform(index - (size / 2)))];
    }

    /// <summary>Transforms.</summary>
    /// <param name="points">x, y, z of each point in turn, in periods of the grid; any real number.</param>
    /// <param name="strengths">Real and imaginary part of each point's strength in turn.</param>
    /// <returns>complex128 <c>[z, y, x]</c> of frequencies, centred; belongs to the caller.</returns>
    public Tensor Apply(ReadOnlySpan<double> points, ReadOnlySpan<double> strengths)
    {
        if (3L * strengths.Length != 2L * points.Length)
        {
            throw new ArgumentException(
                $"{strengths.Length} parts of strengths do not fit {points.Length} coordinates"
            );
        }

        using var scope = NewDisposeScope();
        Tensor spread = Spread(points, strengths);
        Tensor transform = fft.fftshift(fft.fftn(spread), [0, 1, 2]);
        long first = (fine - size) / 2;
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = size;
            Tensor factor = tensor(correction, dtype: ScalarType.Float64).reshape(along);
            transform = transform.narrow(axis, first, size) * factor;
        }

        return transform.contiguous().MoveToOuterDisposeScope();
    }

    private Tensor Spread(ReadOnlySpan<double> points, ReadOnlySpan<double> strengths)
    {
        // Rows are longer than the grid, so that the cells along x always follow each other; what lies beyond is folded back.
        int row = 2 * (fine + Lanes);
        double[] grid = new double[(long)fine * fine * row];
        Span<double> alongX = stackalloc double[Lanes];
        Span<double> alongY = stackalloc double[Width];
        Span<double> alongZ = stackalloc double[Width];
        Span<double> line = stackalloc double[2 * Lanes];
        alongX.Clear();
        for (int point = 0; point < points.Length / 3; point++)
        {
            int firstX = Weigh(points[3 * point], alongX);
            int firstY = Weigh(points[(3 * point) + 1], alongY);
            int firstZ = Weigh(points[(3 * point) + 2], alongZ);
            for (int i = 0; i < Lanes; i++)
            {
                line[2 * i] = alongX[i] * strengths[2 * point];
                line[(2 * i) + 1] = alongX[i] * strengths[(2 * point) + 1];
            }

            for (int k = 0; k < Width; k++)
            {
                int plane = (firstZ + k) % fine * fine;
                for (int j = 0; j < Width; j++)
                {
                    int start = ((plane + ((firstY + j) % fine)) * row) + (2 * firstX);
                    AddMultiple(grid.AsSpan(start, 2 * Lanes), alongZ[k] * alongY[j], line);
                }
            }
        }

        Tensor pairs = tensor(Folded(grid, row), dtype: ScalarType.Float64).reshape(fine, fine, fine, 2);
        return view_as_complex(pairs);
    }

    private static void AddMultiple(Span<double> target, double weight, ReadOnlySpan<double> line)
    {
        for (int i = 0; i < target.Length; i += Vector256<double>.Count)
        {
            Vector256<double> sum = Vector256.Create<double>(target[i..]);
            Vector256<double> more = Vector256.Create<double>(line[i..]);
            Vector256.Add(sum, Vector256.Multiply(more, weight)).CopyTo(target[i..]);
        }
    }

    private double[] Folded(double[] grid, int row)
    {
        double[] folded = new double[2L * fine * fine * fine];
        for (int line = 0; line < fine * fine; line++)
        {
            ReadOnlySpan<double> source = grid.AsSpan(line * row, row);
            Span<double> target = folded.AsSpan(2 * fine * line, 2 * fine);
            source[..target.Length].CopyTo(target);
            for (int i = target.Length; i < row; i++)
            {
                target[i - target.Length] += source[i];
            }
        }

        return folded;
    }

    // The kernel at the Width cells around a coordinate, and the first of them.
    private int Weigh(double coordinate, Span<double> weights)
    {
        double place = (coordinate - Math.Floor(coordinate)) * fine;
        int first = (int)Math.Ceiling(place - (0.5 * Width));
        for (int i = 0; i < Width; i++)
        {
            weights[i] = Kernel((first + i - place) / (0.5 * Width));
        }

        return (first + fine) % fine;
    }

    private static double Kernel(double z)
    {
        double inside = 1 - (z * z);
        return inside > 0 ? Math.Exp(Beta * (Math.Sqrt(inside) - 1)) : 0;
    }

    // The kernel's Fourier integral at a whole frequency, in cells of the fine grid; Simpson's rule.
    private double KernelTransform(int frequency)
    {
        const int intervals = 2000;
        double turn = 2 * Math.PI * frequency / fine * 0.5 * Width;
        double sum = 0;
        for (int i = 0; i <= intervals; i++)
        {
            double z = -1 + (2.0 * i / intervals);
            double weight =
                i is 0 or intervals ? 1
                : i % 2 == 1 ? 4
                : 2;
            sum += weight * Kernel(z) * Math.Cos(turn * z);
        }

        return sum * (2.0 / intervals / 3) * 0.5 * Width;
    }
}
