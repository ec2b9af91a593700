using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>An object that is known, and what is known with it. Borrows its tensors.</summary>
public sealed class GivenStart : Start
{
    internal GivenStart(Tensor psi, string origin, Tensor? support, IReadOnlyList<double>? coherenceWidths)
        : base(origin)
    {
        bool isGood =
            psi.dtype == ScalarType.ComplexFloat32
            && psi.dim() == 3
            && (support is null || support.shape.SequenceEqual(psi.shape));
        if (!isGood)
        {
            throw new ArgumentException("a start is a complex64 object [z, y, x] with a support of its shape");
        }

        Object = psi;
        Support = support;
        CoherenceWidths = coherenceWidths;
    }

    /// <summary>complex64 <c>[z, y, x]</c>, centred, of any scale.</summary>
    public Tensor Object { get; }

    /// <summary>bool or float32, the object's shape, not 0 inside; null = not known.</summary>
    public Tensor? Support { get; }

    /// <summary>Standard deviations of the blur of the intensity along z, y, x, voxels; null = not known.</summary>
    public IReadOnlyList<double>? CoherenceWidths { get; }
}
