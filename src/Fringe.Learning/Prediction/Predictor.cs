using Fringe.Core;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Learning.Prediction;

/// <summary>
/// A network ready to predict: weights as the convolutions like them, the steps of phase retrieval that its objects allow after it. Not
/// for several threads at a time. Owns the network.
/// </summary>
public sealed class Predictor : IDisposable
{
    /// <summary>Passes of <see cref="PredictWithSpread"/>: a pattern mirrored along any of three axes.</summary>
    public const int Passes = 8;

    private const double MostNoise = 2e-3;
    private static readonly long[] Axes = [1, 2, 3];
    private readonly PhasingNetwork network;
    private readonly ScalarType compute;
    private readonly Device device;

    /// <param name="network">Taken over, and moved to the device.</param>
    /// <param name="compute">Float32 or BFloat16.</param>
    /// <param name="device">Where to compute; null = on the CPU.</param>
    public Predictor(PhasingNetwork network, ScalarType compute = ScalarType.BFloat16, Device? device = null)
    {
        this.network = network;
        this.compute = compute;
        this.device = device ?? CPU;
        network.to(this.device);
        network.PrepareToPredict(compute);
    }

    /// <summary>Objects of a batch of patterns, the quick way.</summary>
    /// <param name="intensity">float32 <c>[batch, 32, 32, 32]</c>, centred, photons; borrowed.</param>
    /// <param name="mask">bool, same shape; borrowed.</param>
    /// <returns>complex64, same shape, centred, 0 outside their supports, where the patterns are; belongs to the caller.</returns>
    public Tensor Predict(Tensor intensity, Tensor mask)
    {
        using var scope = NewDisposeScope();
        using var without = inference_mode();
        PatternInput pattern = PatternInput.Of(intensity.to(device), mask.to(device));
        Tensor psi = network.Predict(pattern, compute)[^1];
        Tensor support = ModulusSteps.Support(psi);
        if (network.FinalSteps == 0)
        {
            return (psi * support).to(intensity.device).MoveToOuterDisposeScope();
        }

        (_, Tensor projected) = ModulusSteps.Run(psi, support, pattern, network.FinalSteps);
        // The amplitudes of few photons say less than the network knows (docs/results/network.md).
        Tensor isNoisy = PhotonNoise.ChiOf(intensity).IsAtLeast(MostNoise).to(device);
        return (where(isNoisy, psi, projected) * support).to(intensity.device).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Starts for phasing from passes over the pattern's mirror images, which say together what they are worth, in one call of the network.
    /// </summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="count">How many starts, 1 to <see cref="Passes"/>.</param>
    /// <param name="oversamplingRatio">Of the pattern along z, y, x, as preparation found it; null = not known.</param>
    /// <returns>Belongs to the caller.</returns>
    /// <exception cref="InputException">The pattern is smaller than the network's grid.</exception>
    public NetworkStart Start(
        DiffractionPattern pattern,
        int count = 1,
        IReadOnlyList<double>? oversamplingRatio = null
    )
    {
        using var scope = NewDisposeScope();
        NetworkInput input = NetworkInput.Of(pattern, oversamplingRatio);
        try
        {
            return new NetworkStart(input, Mirrored(input.Intensity, input.Mask), count);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>What the network itself gives, before the last steps; as <see cref="Predict(Tensor, Tensor)"/>.</summary>
    public Tensor PredictRaw(Tensor intensity, Tensor mask)
    {
        using var scope = NewDisposeScope();
        using var without = inference_mode();
        PatternInput pattern = PatternInput.Of(intensity.to(device), mask.to(device));
        return network.Predict(pattern, compute)[^1].to(intensity.device).MoveToOuterDisposeScope();
    }

    /// <summary>The <see cref="PredictedObject.Spread"/> of one pattern.</summary>
    /// <param name="intensity">float32 <c>[1, 32, 32, 32]</c>, centred, photons; borrowed.</param>
    /// <param name="mask">bool, same shape; borrowed.</param>
    public double Spread(Tensor intensity, Tensor mask)
    {
        using var scope = NewDisposeScope();
        return Compare(Mirrored(intensity, mask)).Spread;
    }

    /// <summary>The object of one pattern, and how sure the network is: from passes over the pattern's mirror images.</summary>
    /// <param name="input">Borrowed.</param>
    /// <returns>Belongs to the caller.</returns>
    public PredictedObject PredictWithSpread(NetworkInput input)
    {
        using var scope = NewDisposeScope();
        return Judge(Mirrored(input.Intensity, input.Mask), input);
    }

    /// <summary>What the passes over a pattern's mirror images are worth.</summary>
    /// <param name="passes">Best first; borrowed.</param>
    /// <param name="input">The pattern; borrowed.</param>
    /// <returns>Belongs to the caller.</returns>
    internal static PredictedObject Judge(IReadOnlyList<NetworkPass> passes, NetworkInput input)
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = PatternOf(input.Intensity, input.Mask);
        NetworkPass best = passes[0];
        (Tensor deviation, double spread) = Compare(passes);
        return new PredictedObject(
            best.Object.Times(best.Scale),
            best.Object.abs().IsAbove(0),
            deviation,
            spread,
            best.Chi,
            PhotonNoise.ChiOf(pattern)
        );
    }

    public void Dispose() => network.Dispose();

    // The passes over the mirrored patterns, the one that explains the pattern best first; their tensors belong to the caller's scope.
    private NetworkPass[] Mirrored(Tensor intensity, Tensor mask)
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = PatternOf(intensity, mask);
        int[] passes = [.. Enumerable.Range(0, Passes)];
        Tensor objects = Predict(
            cat([.. passes.Select(pass => Mirror(intensity, pass))]),
            cat([.. passes.Select(pass => Mirror(mask, pass))])
        );
        return [.. passes.Select(Pass).OrderBy(pass => pass.Chi)];

        NetworkPass Pass(int number)
        {
            Tensor psi = Mirror(objects.narrow(0, number, 1), number)[0].clone();
            (double chi, double scale) = AmplitudeMisfits.Chi(psi, pattern);
            return new NetworkPass(psi.MoveToOuterDisposeScope(), chi, scale);
        }
    }

    private static DiffractionPattern PatternOf(Tensor intensity, Tensor mask) =>
        new(intensity[0].clone(), mask[0].clone());

    // How far the others are from the best pass, voxel by voxel and as a whole.
    private static (Tensor Deviation, double Spread) Compare(IReadOnlyList<NetworkPass> passes)
    {
        Tensor best = passes[0].Object;
        (double Error, Tensor Square)[] found = SideBySide.Run(
            passes.Count - 1,
            i => Deviation(best, passes[i + 1].Object)
        );
        Tensor square = zeros_like(best.abs());
        foreach ((_, Tensor one) in found)
        {
            square = square.Plus(one);
            one.Dispose();
        }

        double largest = Math.Max(best.abs().max().item<float>(), 1e-12);
        Tensor deviation = square.Over(Passes - 1).sqrt().Over(largest);
        return (deviation, found.Average(one => one.Error));
    }

    // How far a pass is from the best: its real-space error, and its squared distance in each voxel, which belongs to the caller.
    private static (double Error, Tensor Square) Deviation(Tensor best, Tensor other)
    {
        using var scope = NewDisposeScope();
        using AlignedObject aligned = Alignment.Align(best, other, removeRamp: true);
        double error = 1 - (aligned.Correlation * aligned.Correlation);
        double scale = Norm(best) / Math.Max(Norm(aligned.Object), 1e-12);
        Tensor square = (aligned.Object.Times(scale) - best).abs().Squared();
        return (error, square.DetachFromDisposeScope());
    }

    // Bit i of the number mirrors axis i about index N/2.
    private static Tensor Mirror(Tensor volumes, int number)
    {
        foreach (long axis in Axes.Where((_, i) => (number & (1 << i)) != 0))
        {
            volumes = volumes.flip(axis).roll(1, axis);
        }

        return volumes;
    }

    private static double Norm(Tensor psi) => psi.abs().Squared().sum().sqrt().item<float>();
}
