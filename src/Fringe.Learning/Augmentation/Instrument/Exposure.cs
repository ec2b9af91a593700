using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>The conditions under which a detector counts a crystal's pattern.</summary>
internal sealed record Exposure
{
    /// <summary>Expected of the crystal on the whole detector, beam stop or not.</summary>
    public double Photons { get; init; } = 1e7;

    /// <summary>Of the beam; null = full.</summary>
    public BeamCoherence? Coherence { get; init; }

    /// <summary>What is counted beside.</summary>
    public IReadOnlyList<StraySignal> Stray { get; init; } = [];

    /// <summary>Hides the middle; null = none.</summary>
    public BeamStop? Stop { get; init; }

    /// <summary>The object whose far field the detector sees: what phasing should find.</summary>
    /// <param name="field">Of the crystal; borrowed.</param>
    /// <returns>complex128 <c>[z, y, x]</c>, centred; |psi|^2 sums to the photons; belongs to the caller.</returns>
    public Tensor TruthOf(FarField field)
    {
        using var scope = NewDisposeScope();
        Tensor seen = field.Cut(new Axes3<int>(0, 0, 0));
        Tensor psi = ForwardModel.PropagateBack(seen);
        double power = psi.abs().Squared().sum().item<double>();
        return psi.Times(Math.Sqrt(Photons / power)).MoveToOuterDisposeScope();
    }

    /// <summary>The photons expected in each voxel, as if there were no beam stop.</summary>
    /// <param name="field">Of the crystal; borrowed.</param>
    /// <returns>float64 <c>[rocking, row, column]</c>; belongs to the caller.</returns>
    public Tensor Expect(FarField field)
    {
        using var scope = NewDisposeScope();
        Tensor seen = field.Intensity(Coherence);
        Tensor expected = seen.Times(Photons / seen.sum().item<double>());
        foreach (StraySignal stray in Stray)
        {
            expected = expected.Plus(stray.Expect(field.Size));
        }

        return expected.MoveToOuterDisposeScope();
    }

    /// <summary>Counts, with Poisson noise. In float64 up to the counts, so that all processors count the same photons but for rare ties.</summary>
    /// <param name="field">Of the crystal; borrowed.</param>
    /// <param name="seed">Of the noise.</param>
    /// <returns>Belongs to the caller.</returns>
    public DiffractionPattern Count(FarField field, long seed)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new((ulong)seed);
        Tensor counts = poisson(Expect(field), generator).to(ScalarType.Float32);
        Tensor mask = Stop is null ? zeros(counts.shape, ScalarType.Bool) : Stop.Mask(field.Size);
        return new DiffractionPattern(counts.Masked(mask, 0), mask);
    }
}
