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

    /// <summary>Marks a voxel as not measured.</summary>
    public void MaskOut(int index)
    {
        Mask[index] = true;
        Intensity[index] = 0;
    }
}
