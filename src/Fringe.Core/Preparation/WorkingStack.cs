namespace Fringe.Core.Preparation;

/// <summary>
/// A stack under preparation: intensities and mask, changed step by step. float32 and bool <c>[rocking, row, column]</c>.
/// </summary>
internal sealed class WorkingStack
{
    public WorkingStack(float[] intensity, bool[] mask, int depth, int height, int width)
    {
        Intensity = intensity;
        Mask = mask;
        Depth = depth;
        Height = height;
        Width = width;
    }

    /// <summary>Photons; 0 where masked.</summary>
    public float[] Intensity { get; }

    /// <summary>true = not measured.</summary>
    public bool[] Mask { get; }

    public int Depth { get; }

    public int Height { get; }

    public int Width { get; }

    public int[] Shape => [Depth, Height, Width];

    /// <summary>Whether any voxel holds a photon.</summary>
    public bool HasSignal => Intensity.AsSpan().ContainsAnyExceptInRange(float.NegativeInfinity, 0f);

    /// <summary>Which pixels of a frame were not measured.</summary>
    /// <param name="frame">Index along the rocking curve.</param>
    public ReadOnlyMemory<bool> MaskOf(int frame) => Mask.AsMemory(frame * Height * Width, Height * Width);

    /// <summary>Photons of each frame.</summary>
    public double[] PhotonsOfFrames()
    {
        int pixels = Height * Width;
        return FrameLoop.Of(Depth, frame => SumOf(Intensity.AsSpan(frame * pixels, pixels)));

        static double SumOf(ReadOnlySpan<float> values)
        {
            double sum = 0;
            foreach (float value in values)
            {
                sum += value;
            }

            return sum;
        }
    }

    /// <summary>Marks a voxel as not measured.</summary>
    public void MaskOut(int index)
    {
        Mask[index] = true;
        Intensity[index] = 0;
    }
}
