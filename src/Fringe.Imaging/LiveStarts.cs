using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Volumes;
using Fringe.Imaging.Methods;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>
/// The starts of a measurement that grows: those of its method one after another, and once more whenever frames have come since, as what few
/// frames led astray more of them may not.
/// </summary>
/// <param name="imager">Borrowed.</param>
/// <param name="options">Valid.</param>
internal sealed class LiveStarts(Imager imager, ImagingOptions options)
{
    private int number;
    private int left = 1;
    private int frames;

    /// <summary>Whether there is a start that these frames have not seen.</summary>
    /// <param name="now">Frames that are there.</param>
    public bool HasNext(int now) => now > frames || left > 0;

    /// <summary>Begins the next start.</summary>
    /// <param name="problem">Of the frames that are there; borrowed for as long as the run.</param>
    /// <param name="measurement">They; borrowed.</param>
    /// <param name="now">How many they are.</param>
    /// <returns>Belongs to the caller.</returns>
    public PhasingRun Next(PhasingProblem problem, Measurement measurement, int now)
    {
        using var scope = NewDisposeScope();
        DiffractionPattern pattern = problem.Pattern;
        ImagingMethod method = MethodOn(pattern);
        using NetworkStart? network = method.UsesNetwork(pattern.Shape)
            ? imager.Network.Get().Start(pattern, method.Predictions)
            : null;
        IReadOnlyList<Tensor> predicted = network?.Objects ?? [];
        Tensor? given = method is FromObject ? GivenOn(measurement.Initial!, pattern) : null;
        IReadOnlyList<PlannedStart> starts = method.Plan(new KnownBefore(options.Seed, predicted, given)).Starts;
        left = now > frames ? starts.Count - 1 : left - 1;
        frames = now;
        PlannedStart next = starts[number % starts.Count];
        number++;
        return PhasingRun.Begin(problem, next.Method, next.Start);
    }

    // What there is so far may be too small for the network.
    private ImagingMethod MethodOn(DiffractionPattern pattern) =>
        options.Method is FromNetwork quick && pattern.Shape.Any(length => length < NetworkInput.Size)
            ? new FromRandom { Refinement = quick.Refinement, Starts = 1 }
            : options.Method;

    // The object is of the whole measurement's shape: the same field of view in other voxels.
    private static Tensor GivenOn(ComplexVolume given, DiffractionPattern pattern)
    {
        Tensor psi = given.ToTensor();
        return psi.shape.SequenceEqual(pattern.Shape) ? psi : ResolutionChange.Resize(psi, pattern.Shape);
    }
}
