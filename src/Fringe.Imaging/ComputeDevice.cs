namespace Fringe.Imaging;

/// <summary>The processor that computes.</summary>
public enum ComputeDevice
{
    /// <summary>The machine's own processor.</summary>
    Cpu,

    /// <summary>The first NVIDIA card.</summary>
    Cuda,
}
