namespace Fringe.Core.Volumes;

/// <summary>
/// A complex volume in managed memory, the form in which objects are written and drawn: complex64 <c>[z, y, x]</c> in
/// C order, stored as interleaved pairs (real, imaginary), centred (the object at index N/2).
/// </summary>
public sealed class ComplexVolume
{
    /// <param name="interleaved">float32 pairs, C order, <c>2 * depth * height * width</c> values; not copied.</param>
    /// <param name="depth">Length of axis z.</param>
    /// <param name="height">Length of axis y.</param>
    /// <param name="width">Length of axis x.</param>
    /// <exception cref="ArgumentException">The number of values is not twice the product of the axes.</exception>
    public ComplexVolume(float[] interleaved, int depth, int height, int width)
    {
        if (interleaved.LongLength != 2L * depth * height * width)
        {
            throw new ArgumentException(
                $"{interleaved.LongLength} values do not fill 2 x {depth} x {height} x {width}"
            );
        }

        Interleaved = interleaved;
        Depth = depth;
        Height = height;
        Width = width;
    }

    /// <summary>Pairs (real, imaginary) in C order.</summary>
    public float[] Interleaved { get; }

    public int Depth { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>The modulus, C order.</summary>
    public float[] Amplitudes() => Each((real, imaginary) => MathF.Sqrt((real * real) + (imaginary * imaginary)));

    /// <summary>The argument, radians, -pi to pi, C order.</summary>
    public float[] Phases() => Each((real, imaginary) => MathF.Atan2(imaginary, real));

    private float[] Each(Func<float, float, float> of)
    {
        float[] values = new float[Interleaved.Length / 2];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = of(Interleaved[2 * i], Interleaved[(2 * i) + 1]);
        }

        return values;
    }
}
