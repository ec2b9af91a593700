using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>
/// The product: makes crystals of measurements. Warm and shared: it keeps the network, the device and a thread on which all its work is
/// done in turn. May be called from any thread. Owns these.
/// </summary>
public sealed class Imager : IDisposable
{
    private readonly ComputeThread compute;

    private Imager(ImagerOptions options, Device device)
    {
        Options = options;
        Device = device;
        Threads = options.Threads ?? Environment.ProcessorCount;
        compute = new ComputeThread(Threads);
        Network = new WarmNetwork(options.WeightsPath, device);
    }

    /// <summary>As it was made with.</summary>
    public ImagerOptions Options { get; }

    /// <summary>Threads that it computes with.</summary>
    public int Threads { get; }

    internal WarmNetwork Network { get; }

    internal Device Device { get; }

    /// <summary>Makes an imager; the network is loaded when a measurement first wants it.</summary>
    /// <param name="options">Where to compute.</param>
    /// <exception cref="InputException">The options cannot be used; all problems in one line.</exception>
    public static Imager Create(ImagerOptions options)
    {
        OptionProblem.RequireNone(options.Validate());
        return new Imager(options, options.Device == ComputeDevice.Cuda ? CUDA : CPU);
    }

    /// <summary>Makes an imager on a device that options have no name for.</summary>
    /// <param name="options">Valid; their device is not looked at.</param>
    /// <param name="device">Where to compute.</param>
    internal static Imager On(ImagerOptions options, Device device) => new(options, device);

    /// <summary>Waits for the network, which is loaded at the latest when a measurement first wants it.</summary>
    /// <exception cref="InputException">Its weights are missing, damaged or not Fringe's.</exception>
    public void LoadNetwork() => Compute(Network.Get);

    /// <summary>A whole measurement.</summary>
    /// <param name="measurement">As read; borrowed.</param>
    /// <param name="options">What the answer depends on.</param>
    /// <param name="watch">Told after every step, from a thread that computes, one at a time; may be null.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">
    /// The options or the measurement cannot be used, or no start gave finite numbers; one line says why.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ImagingResult Image(
        Measurement measurement,
        ImagingOptions options,
        IProgress<ImagingUpdate>? watch = null,
        CancellationToken cancellation = default
    )
    {
        OptionProblem.RequireNone(options.Validate());
        return Compute(() => new ImagingRun(this, options, watch, cancellation).Of(measurement));
    }

    /// <summary>A pattern that is prepared already, as simulated ones are.</summary>
    /// <param name="pattern">On the CPU; borrowed.</param>
    /// <param name="options">What the answer depends on; how to prepare is not looked at.</param>
    /// <param name="watch">Told after every step, from a thread that computes, one at a time; may be null.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">The options cannot be used, or no start gave finite numbers.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ImagingResult Image(
        DiffractionPattern pattern,
        ImagingOptions options,
        IProgress<ImagingUpdate>? watch = null,
        CancellationToken cancellation = default
    )
    {
        OptionProblem.RequireNone(options.Validate());
        return Compute(() => new ImagingRun(this, options, watch, cancellation).Of(pattern));
    }

    /// <summary>A measurement that will come frame by frame.</summary>
    /// <param name="header">What is known of it before.</param>
    /// <param name="options">What the answer depends on.</param>
    /// <returns>Belongs to the caller, who disposes it before this.</returns>
    /// <exception cref="InputException">Header or options cannot be used; all problems in one line.</exception>
    public ImagingSession Open(ScanHeader header, ImagingOptions options)
    {
        OptionProblem.RequireNone(
            header.Validate().Concat(options.Validate()).Concat(header.ProblemsFor(options.Method))
        );
        return new ImagingSession(this, header, options);
    }

    /// <summary>What the network alone makes of a measurement.</summary>
    /// <param name="measurement">As read; borrowed.</param>
    /// <param name="preparation">How the stack becomes a pattern.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">The options or the measurement cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PredictedMeasurement Predict(
        Measurement measurement,
        PreparationOptions preparation,
        CancellationToken cancellation = default
    )
    {
        OptionProblem.RequireNone(preparation.Validate());
        return Compute(() =>
        {
            Network.Begin();
            using PreparedPattern prepared = measurement.Prepare(preparation, cancellation);
            return PredictedMeasurement.Of(measurement, prepared, Network, TimeProvider.System);
        });
    }

    /// <summary>Does work on the thread that computes.</summary>
    internal T Compute<T>(Func<T> work) => compute.Run(work);

    public void Dispose()
    {
        Compute(() =>
        {
            Network.Dispose();
            return true;
        });
        compute.Dispose();
    }
}
