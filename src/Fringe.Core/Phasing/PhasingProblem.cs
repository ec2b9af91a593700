using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>
/// A measurement to be explained: a pattern and its free voxels, on one device. What the algorithms need of it (constraints, the meter of
/// the free misfit, the photon noise) is made once, when it is first asked for, and shared by all starts and stages. Owns what it makes;
/// pattern and free voxels are borrowed for as long as it lives.
/// </summary>
public sealed class PhasingProblem : IDisposable
{
    // Larger volumes keep more than one core busy by themselves.
    private const long MostVoxelsSideBySide = 4_000_000;

    // Of all runs at a time: each wants a hundred bytes and more for a voxel.
    private const long MostVoxelsAtATime = 4 * MostVoxelsSideBySide;

    private readonly Lazy<ModulusConstraint> withoutFree;
    private readonly Lazy<ModulusConstraint> all;
    private readonly Lazy<FreeMisfitMeter> freeMisfit;
    private readonly Lazy<DiffractionPattern> seen;
    private readonly Lazy<double> noise;
    private readonly List<IDisposable> owned = [];

    /// <param name="pattern">On the CPU; borrowed.</param>
    /// <param name="free">bool <c>[z, y, x]</c>, centred, on the CPU: measured voxels kept out of the fit until a start is judged; borrowed.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentException">The free voxels are not bool of the pattern's shape.</exception>
    public PhasingProblem(DiffractionPattern pattern, Tensor free, Device device)
    {
        if (free.dtype != ScalarType.Bool || !free.shape.SequenceEqual(pattern.Shape))
        {
            throw new ArgumentException("free voxels are bool of the pattern's shape");
        }

        Pattern = pattern;
        Free = free;
        Device = device;
        withoutFree = Own(() => new ModulusConstraint(pattern, free, device));
        all = Own(() => new ModulusConstraint(pattern, null, device));
        freeMisfit = Own(() => new FreeMisfitMeter(pattern, free, device));
        seen = Own(() => Seen(pattern, free, device));
        noise = new(() => PhotonNoise.ChiOf(pattern));
    }

    /// <summary>Photons and mask, on the CPU.</summary>
    public DiffractionPattern Pattern { get; }

    /// <summary>bool <c>[z, y, x]</c>, centred, on the CPU: the free voxels.</summary>
    public Tensor Free { get; }

    /// <summary>Where it is computed.</summary>
    public Device Device { get; }

    /// <summary>
    /// Whether the last steps of a method see the free voxels, once these have judged. Not where they will judge again: an object that was
    /// fitted to them is no start of a further run.
    /// </summary>
    public bool AreFreeGivenBack { get; init; } = true;

    /// <summary>The axes' lengths <c>[z, y, x]</c>.</summary>
    public IReadOnlyList<long> Shape => Pattern.Shape;

    /// <summary>The chi that photon noise alone leaves of a perfect object.</summary>
    public double NoiseChi => noise.Value;

    /// <summary>How many runs are worth having at the same time: one for each of torch's threads, where the pattern is small and on the CPU.</summary>
    internal int RunsAtATime
    {
        get
        {
            long voxels = Shape.Aggregate((product, length) => product * length);
            return Device.type != DeviceType.CPU || voxels > MostVoxelsSideBySide
                ? 1
                : (int)Math.Clamp(MostVoxelsAtATime / voxels, 1, Math.Max(1, get_num_threads()));
        }
    }

    /// <summary>The measured modulus but for the free voxels, which float.</summary>
    internal ModulusConstraint WithoutFree => withoutFree.Value;

    /// <summary>The measured modulus with the free voxels, if they are given back.</summary>
    internal ModulusConstraint All => AreFreeGivenBack ? all.Value : withoutFree.Value;

    /// <summary>How well an object predicts the free voxels.</summary>
    internal FreeMisfitMeter FreeMisfit => freeMisfit.Value;

    /// <summary>The pattern on the device, with the free voxels among the masked.</summary>
    internal DiffractionPattern SeenPattern => seen.Value;

    /// <summary>How well an object explains the measurement, in one transform on the CPU.</summary>
    /// <param name="psi">complex64 <c>[z, y, x]</c>, centred, in the pattern's frame, of any scale, on the CPU; borrowed.</param>
    /// <param name="coherence">Widths of the blur of the intensity, voxels; null = fully coherent.</param>
    public ObjectFit Judge(Tensor psi, IReadOnlyList<double>? coherence)
    {
        using var scope = NewDisposeScope();
        Tensor intensity = PartialCoherence.Blur(ForwardModel.Propagate(psi).abs().Squared(), coherence);
        (double chi, double scale) = AmplitudeMisfits.ChiOf(intensity.sqrt(), Pattern);
        if (!double.IsFinite(chi) || !(scale > 0))
        {
            return new ObjectFit { Chi = chi, Scale = 0 };
        }

        Tensor predicted = intensity.Times(scale * scale);
        Tensor free = predicted.masked_select(Free);
        Tensor lit = predicted.IsAbove(1).logical_and(Pattern.Mask.logical_not());
        Tensor bright = predicted.masked_select(lit);
        double misfit = FreeLogLikelihood.Of(bright, Pattern.Intensity.masked_select(lit));
        double all = predicted.sum(ScalarType.Float64).item<double>();
        double hidden = (predicted * Pattern.Mask).sum(ScalarType.Float64).item<double>();
        return new ObjectFit
        {
            Chi = chi,
            Scale = scale,
            FreeLogLikelihood = FreeLogLikelihood.Of(free, Pattern.Intensity.masked_select(Free)),
            FreeNoise = PhotonNoise.MeanOf(free),
            MisfitRatio = misfit / PhotonNoise.MeanOf(bright),
            HiddenFraction = hidden / all,
        };
    }

    /// <summary>Whether photon noise explains what is left of both misfits, in a pattern of photons enough to say so.</summary>
    /// <param name="noiseRatio">Free misfit over what photon noise alone would leave of it.</param>
    /// <param name="misfitRatio">That of the voxels in which more than one photon is predicted.</param>
    public bool ReachesNoise(double noiseRatio, double misfitRatio) =>
        noiseRatio <= PhotonNoise.LargestRatio
        && misfitRatio <= PhotonNoise.LargestMisfitRatio
        && NoiseChi <= PhotonNoise.ChiOfFewPhotons;

    /// <summary>The part of the problem about the pattern's centre: the object with larger voxels over the field of view that it has.</summary>
    /// <param name="shape">No longer than the pattern along any axis.</param>
    /// <returns>Belongs to the caller; owns its pattern and free voxels.</returns>
    public PhasingProblem Centre(IReadOnlyList<long> shape)
    {
        DiffractionPattern part = ResolutionChange.Centre(Pattern, shape);
        Tensor free = ResolutionChange.Centre(Free, shape).DetachFromDisposeScope();
        return Owner(part, free);
    }

    /// <summary>The problem with other photons in its measured voxels: a bootstrap's.</summary>
    /// <param name="counts">float32 <c>[z, y, x]</c>, centred, photons; taken over.</param>
    /// <returns>Belongs to the caller; borrows the free voxels.</returns>
    public PhasingProblem WithPhotons(Tensor counts)
    {
        DiffractionPattern other = new(counts, Pattern.Mask.clone()) { Origin = Pattern.Origin };
        PhasingProblem problem = new(other, Free, Device) { AreFreeGivenBack = AreFreeGivenBack };
        problem.owned.Add(other);
        return problem;
    }

    /// <summary>The problem with no voxel kept out of the fit.</summary>
    /// <returns>Belongs to the caller; borrows the pattern.</returns>
    public PhasingProblem WithoutFreeVoxels()
    {
        Tensor none = zeros_like(Free).DetachFromDisposeScope();
        PhasingProblem problem = new(Pattern, none, Device);
        problem.owned.Add(none);
        return problem;
    }

    public void Dispose()
    {
        foreach (IDisposable part in owned)
        {
            part.Dispose();
        }

        owned.Clear();
    }

    private PhasingProblem Owner(DiffractionPattern pattern, Tensor free)
    {
        PhasingProblem problem = new(pattern, free, Device) { AreFreeGivenBack = AreFreeGivenBack };
        problem.owned.Add(pattern);
        problem.owned.Add(free);
        return problem;
    }

    private Lazy<T> Own<T>(Func<T> make)
        where T : class, IDisposable =>
        new(() =>
        {
            T part = make();
            // Runs side by side may be the first to ask for different ones.
            lock (owned)
            {
                owned.Add(part);
            }

            return part;
        });

    private static DiffractionPattern Seen(DiffractionPattern pattern, Tensor free, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor mask = pattern.Mask.logical_or(free);
        return new DiffractionPattern(pattern.Intensity.to(device).clone(), mask.to(device));
    }
}
