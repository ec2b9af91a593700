using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>
/// Total variation in vectorised passes over the box around the support: its gradient, and the two halves of a primal-dual proximal step.
/// All volumes are complex64 <c>[z, y, x]</c>, contiguous, on the CPU; neighbours beyond the volume's faces do not count.
/// </summary>
internal static unsafe class TotalVariationPasses
{
    /// <summary>Adds <c>-1/2 weight grad TV(psi)</c> to a volume, where both volumes' memory is within reach.</summary>
    /// <returns>Whether it was.</returns>
    public static bool TryAddGradient(Tensor psi, Tensor toward, SupportBox box, double weight, double softening)
    {
        bool isReachable = NativeMemory.IsReachable(psi, toward);
        if (isReachable)
        {
            AddGradient(psi, toward, box, weight, softening);
        }

        return isReachable;
    }

    /// <summary>
    /// Adds <c>-1/2 weight grad TV(psi)</c> to <paramref name="toward"/> (see <c>RefinementModel</c>).
    /// </summary>
    /// <returns><c>TV(psi)</c>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double AddGradient(Tensor psi, Tensor toward, SupportBox box, double weight, double softening)
    {
        Strides at = new(psi);
        float* p = NativeMemory.Floats(psi);
        float* t = NativeMemory.Floats(toward);
        float half = (float)(weight / 2);
        float soft = (float)softening;
        double sum = 0;
        // Flows along x of a row, with a 0 in front and behind.
        float[] buffer = new float[(2 * at.Width) + 4];
        fixed (float* flows = buffer)
        {
            float* flow = flows + 2;
            for (int z = Math.Max(0, box.Z0 - 1); z < box.Z1; z++)
            {
                for (int y = Math.Max(0, box.Y0 - 1); y < box.Y1; y++)
                {
                    long row = at.Row(z, y);
                    int from = 2 * Math.Max(0, box.X0 - 1);
                    int to = 2 * box.X1;
                    if (z + 1 < at.Depth)
                    {
                        sum += Flow(p + row, p + row + at.Slab, flow, from, to, half, soft);
                        Add(t + row, flow, from, to);
                        Subtract(t + row + at.Slab, flow, from, to);
                    }

                    if (y + 1 < at.Height)
                    {
                        sum += Flow(p + row, p + row + at.Line, flow, from, to, half, soft);
                        Add(t + row, flow, from, to);
                        Subtract(t + row + at.Line, flow, from, to);
                    }

                    int last = Math.Min(to, at.Line - 2);
                    sum += Flow(p + row, p + row + 2, flow, from, last, half, soft);
                    Add(t + row, flow, from, last);
                    Subtract(t + row + 2, flow, from, last);
                }
            }
        }

        return sum;
    }

    /// <summary>
    /// <c>x = S (x + 2 step (T - x) - step D* y)</c>: a gradient step on the misfit, whose gradient is <c>2 (x - T)</c>, and on the dual form of
    /// the total variation; D takes differences of neighbours.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StepPrimal(
        Tensor psi,
        Tensor toward,
        Tensor support,
        IReadOnlyList<Tensor> dual,
        SupportBox box,
        double step
    )
    {
        Strides at = new(psi);
        float* p = NativeMemory.Floats(psi);
        float* t = NativeMemory.Floats(toward);
        float* s = NativeMemory.Floats(support);
        float* alongZ = NativeMemory.Floats(dual[0]);
        float* alongY = NativeMemory.Floats(dual[1]);
        float* alongX = NativeMemory.Floats(dual[2]);
        float[] empty = new float[at.Line];
        float[] shifted = new float[at.Line + 2];
        fixed (float* none = empty)
        fixed (float* before = shifted)
        {
            for (int z = box.Z0; z < box.Z1; z++)
            {
                for (int y = box.Y0; y < box.Y1; y++)
                {
                    long row = at.Row(z, y);
                    // before[i] = alongX[i - 1], 0 at the face.
                    new ReadOnlySpan<float>(alongX + row, at.Line).CopyTo(shifted.AsSpan(2));
                    DualRow z0 = new(z > 0 ? alongZ + row - at.Slab : none, alongZ + row);
                    DualRow y0 = new(y > 0 ? alongY + row - at.Line : none, alongY + row);
                    DualRow x0 = new(before, alongX + row);
                    MovePrimal(p + row, t + row, s + (row / 2), z0, y0, x0, box.X0, box.X1, (float)step);
                }
            }
        }
    }

    /// <summary>
    /// <c>y = P(y + step D x)</c>, P shortening every element to at most <paramref name="weight"/>: the ascent on the dual form.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StepDual(Tensor psi, IReadOnlyList<Tensor> dual, SupportBox box, double weight, double step)
    {
        Strides at = new(psi);
        float* p = NativeMemory.Floats(psi);
        float* alongZ = NativeMemory.Floats(dual[0]);
        float* alongY = NativeMemory.Floats(dual[1]);
        float* alongX = NativeMemory.Floats(dual[2]);
        int from = 2 * Math.Max(0, box.X0 - 1);
        int to = 2 * box.X1;
        for (int z = Math.Max(0, box.Z0 - 1); z < box.Z1; z++)
        {
            for (int y = Math.Max(0, box.Y0 - 1); y < box.Y1; y++)
            {
                long row = at.Row(z, y);
                float* x = p + row;
                if (z + 1 < at.Depth)
                {
                    MoveDual(x, x + at.Slab, alongZ + row, from, to, (float)step, (float)weight);
                }

                if (y + 1 < at.Height)
                {
                    MoveDual(x, x + at.Line, alongY + row, from, to, (float)step, (float)weight);
                }

                MoveDual(x, x + 2, alongX + row, from, Math.Min(to, at.Line - 2), (float)step, (float)weight);
            }
        }
    }

    // flow = factor (next - here) / sqrt(|next - here|^2 + soft^2); gives sum of the roots less soft.
    private static double Flow(float* here, float* next, float* flow, int from, int to, float factor, float soft)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        int i = from;
        for (; i + 8 <= to; i += 8)
        {
            Vector256<float> difference = Vector256.Load(next + i) - Vector256.Load(here + i);
            Vector256<float> root = Vector256.Sqrt(Square(difference) + Vector256.Create(soft * soft));
            sum += root - Vector256.Create(soft);
            (difference * (Vector256.Create(factor) / root)).Store(flow + i);
        }

        // Every root stands twice, once for each of the pair.
        double total = Vector256.Sum(sum) / 2;
        for (; i < to; i += 2)
        {
            float re = next[i] - here[i];
            float im = next[i + 1] - here[i + 1];
            float root = MathF.Sqrt((re * re) + (im * im) + (soft * soft));
            total += root - soft;
            flow[i] = factor * re / root;
            flow[i + 1] = factor * im / root;
        }

        return total;
    }

    private static void MoveDual(float* here, float* next, float* y, int from, int to, float step, float weight)
    {
        int i = from;
        Vector256<float> most = Vector256.Create(weight);
        for (; i + 8 <= to; i += 8)
        {
            Vector256<float> difference = Vector256.Load(next + i) - Vector256.Load(here + i);
            Vector256<float> moved = Vector256.Load(y + i) + (difference * step);
            Vector256<float> length = Vector256.Sqrt(Square(moved));
            (moved * (most / Vector256.Max(length, most))).Store(y + i);
        }

        for (; i < to; i += 2)
        {
            float re = y[i] + (step * (next[i] - here[i]));
            float im = y[i + 1] + (step * (next[i + 1] - here[i + 1]));
            float length = MathF.Sqrt((re * re) + (im * im));
            float ratio = weight / MathF.Max(length, weight);
            y[i] = re * ratio;
            y[i + 1] = im * ratio;
        }
    }

    private static void MovePrimal(
        float* x,
        float* t,
        float* s,
        DualRow z,
        DualRow y,
        DualRow along,
        int from,
        int to,
        float step
    )
    {
        Vector256<int> spread = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
        int i = from;
        for (; i + 4 <= to; i += 4)
        {
            Vector128<float> four = Vector128.Load(s + i);
            Vector256<float> inside = Vector256.Shuffle(Vector256.Create(four, four), spread);
            Vector256<float> value = Vector256.Load(x + (2 * i));
            Vector256<float> adjoint = z.Adjoint(2 * i) + y.Adjoint(2 * i) + along.Adjoint(2 * i);
            Vector256<float> slope = ((Vector256.Load(t + (2 * i)) - value) * 2) - adjoint;
            (inside * (value + (slope * step))).Store(x + (2 * i));
        }

        for (; i < to; i++)
        {
            for (int k = 2 * i; k < (2 * i) + 2; k++)
            {
                float adjoint = z.AdjointAt(k) + y.AdjointAt(k) + along.AdjointAt(k);
                x[k] = s[i] * (x[k] + (step * ((2 * (t[k] - x[k])) - adjoint)));
            }
        }
    }

    // The squared length of each complex number, at both of its places.
    private static Vector256<float> Square(Vector256<float> pairs)
    {
        Vector256<float> square = pairs * pairs;
        return square + Vector256.Shuffle(square, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));
    }

    private static void Add(float* sum, float* values, int from, int to)
    {
        int i = from;
        for (; i + 8 <= to; i += 8)
        {
            (Vector256.Load(sum + i) + Vector256.Load(values + i)).Store(sum + i);
        }

        for (; i < to; i++)
        {
            sum[i] += values[i];
        }
    }

    private static void Subtract(float* sum, float* values, int from, int to)
    {
        int i = from;
        for (; i + 8 <= to; i += 8)
        {
            (Vector256.Load(sum + i) - Vector256.Load(values + i)).Store(sum + i);
        }

        for (; i < to; i++)
        {
            sum[i] -= values[i];
        }
    }

    /// <summary>Floats from one place of a complex volume to the next along each axis.</summary>
    private readonly struct Strides(Tensor volume)
    {
        public int Depth { get; } = (int)volume.shape[0];

        public int Height { get; } = (int)volume.shape[1];

        public int Width { get; } = (int)volume.shape[2];

        public int Line => 2 * Width;

        public long Slab => 2L * Width * Height;

        public long Row(int z, int y) => (z * Slab) + (y * Line);
    }

    /// <summary>A row of a dual volume and the row before it along the volume's axis.</summary>
    private readonly struct DualRow(float* before, float* here)
    {
        public Vector256<float> Adjoint(int i) => Vector256.Load(before + i) - Vector256.Load(here + i);

        public float AdjointAt(int i) => before[i] - here[i];
    }
}
