using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation;

/// <summary>Patterns and the objects they came from. Owns its tensors.</summary>
public sealed class ExampleBatch : IDisposable
{
    /// <param name="intensity">Taken over.</param>
    /// <param name="mask">Taken over.</param>
    /// <param name="target">Taken over.</param>
    /// <param name="photons">One value an example.</param>
    internal ExampleBatch(Tensor intensity, Tensor mask, Tensor target, IReadOnlyList<double> photons)
    {
        Intensity = intensity.DetachFromDisposeScope();
        Mask = mask.DetachFromDisposeScope();
        Target = target.DetachFromDisposeScope();
        Photons = photons;
    }

    /// <summary>float32 <c>[batch, z, y, x]</c>, centred (brightest voxel at N/2), photons; 0 where masked.</summary>
    public Tensor Intensity { get; }

    /// <summary>bool, same shape; true = not measured.</summary>
    public Tensor Mask { get; }

    /// <summary>
    /// The true objects in the pattern's frame: complex64, same shape, centre of mass at N/2 to a fraction of a voxel.
    /// </summary>
    public Tensor Target { get; }

    /// <summary>Photons expected in each pattern.</summary>
    public IReadOnlyList<double> Photons { get; }

    public void Dispose()
    {
        Intensity.Dispose();
        Mask.Dispose();
        Target.Dispose();
    }
}
