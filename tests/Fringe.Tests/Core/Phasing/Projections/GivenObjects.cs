using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

/// <summary>Finds given objects whatever the pattern, the last of them from all further starts; they are borrowed.</summary>
internal sealed class GivenObjects(params Tensor[] objects) : IPhasingMethod
{
    private readonly List<float[]> repeated = [];

    /// <summary>How many starts were run.</summary>
    public int Runs { get; private set; }

    /// <summary>The photons of each pattern that it was to find something known in.</summary>
    public IReadOnlyList<float[]> Repeated => repeated;

    /// <summary>The masks of these patterns.</summary>
    public List<bool[]> Masks { get; } = [];

    /// <summary>The free voxels that it was to leave out of them, how many.</summary>
    public List<long> FreeVoxels { get; } = [];

    /// <summary>What it was to begin with: |psi|^2 in all.</summary>
    public List<double> Power { get; } = [];

    /// <summary>What it finds there, one after another and from the first again; empty = what is known.</summary>
    public IReadOnlyList<Tensor> Again { get; init; } = [];

    public Reconstruction Run(
        DiffractionPattern pattern,
        Tensor held,
        int start,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        Runs++;
        Tensor psi = objects[Math.Min(start, objects.Length) - 1];
        double free = FreeLogLikelihood.Of(psi, pattern, held, AmplitudeMisfits.Chi(psi, pattern).Scale);
        using Tensor modulus = psi.abs();
        return new Reconstruction(psi.clone(), modulus.IsAbove(0), [0.5], free, StopReason.MaxIterations);
    }

    public Tensor Polish(
        DiffractionPattern pattern,
        Tensor psi,
        Tensor support,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        return psi.clone();
    }

    public Reconstruction Repeat(
        DiffractionPattern pattern,
        Tensor held,
        PhasedObject known,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        Tensor psi = Again.Count == 0 ? known.Object : Again[repeated.Count % Again.Count];
        repeated.Add(pattern.Intensity.ToRealVolume().Values);
        Masks.Add(pattern.Mask.ToBooleans());
        using (var scope = NewDisposeScope())
        {
            FreeVoxels.Add(held.sum().item<long>());
            Power.Add(known.Object.abs().square().sum().item<float>());
        }

        double free = FreeLogLikelihood.Of(psi, pattern, held, AmplitudeMisfits.Chi(psi, pattern).Scale);
        return new Reconstruction(psi.clone(), known.Support.clone(), [0.5], free, StopReason.MaxIterations);
    }
}
