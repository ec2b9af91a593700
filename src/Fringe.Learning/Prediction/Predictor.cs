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
    /// The object of one pattern in one pass, on its own grid: a start for phasing. A flipped pattern gives the flipped object: the network
    /// sees both the same way round.
    /// </summary>
    /// <param name="pattern">Borrowed.</param>
    /// <returns>complex64 of the pattern's shape, centred, any scale; belongs to the caller.</returns>
    /// <exception cref="InputException">The pattern is smaller than the network's grid.</exception>
    public Tensor Predict(DiffractionPattern pattern)
    {
        using var scope = NewDisposeScope();
        using NetworkInput input = NetworkInput.Of(pattern);
        int flip = PassOf(input);
        Tensor psi = Mirror(Predict(Mirror(input.Intensity, flip), Mirror(input.Mask, flip)), flip)[0].contiguous();
        return input.ToPatternGrid(psi).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The start of <see cref="Predict(DiffractionPattern)"/> with the other passes that say what it is worth, in one call of the network.
    /// </summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="oversamplingRatio">Of the pattern along z, y, x, as preparation found it; null = not known.</param>
    /// <returns>Belongs to the caller.</returns>
    /// <exception cref="InputException">The pattern is smaller than the network's grid.</exception>
    public NetworkStart Start(DiffractionPattern pattern, IReadOnlyList<double>? oversamplingRatio = null)
    {
        using var scope = NewDisposeScope();
        NetworkInput input = NetworkInput.Of(pattern, oversamplingRatio);
        try
        {
            Tensor[] objects = Mirrored(input.Intensity, input.Mask);
            return new NetworkStart(input, objects, input.ToPatternGrid(objects[PassOf(input)]));
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
        using DiffractionPattern pattern = new(intensity[0].clone(), mask[0].clone());
        return Compare(Mirrored(intensity, mask), pattern).Spread;
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
    /// <param name="passes">Their objects, mirrored back: complex64 <c>[32, 32, 32]</c>; borrowed.</param>
    /// <param name="input">The pattern; borrowed.</param>
    /// <returns>Belongs to the caller.</returns>
    internal static PredictedObject Judge(IReadOnlyList<Tensor> passes, NetworkInput input)
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = new(input.Intensity[0].clone(), input.Mask[0].clone());
        Comparison found = Compare(passes, pattern);
        return new PredictedObject(
            found.Best.Times(found.Scale),
            found.Best.abs().IsAbove(0),
            found.Deviation,
            found.Spread,
            found.Chi,
            PhotonNoise.ChiOf(pattern)
        );
    }

    public void Dispose() => network.Dispose();

    // Objects of the mirrored patterns, mirrored back.
    private Tensor[] Mirrored(Tensor intensity, Tensor mask)
    {
        int[] passes = [.. Enumerable.Range(0, Passes)];
        Tensor objects = Predict(
            cat([.. passes.Select(pass => Mirror(intensity, pass))]),
            cat([.. passes.Select(pass => Mirror(mask, pass))])
        );
        return [.. passes.Select(pass => Mirror(objects.narrow(0, pass, 1), pass)[0].clone())];
    }

    // The pass that explains the pattern best, how far the others are from it, voxel by voxel and as a whole.
    private static Comparison Compare(IReadOnlyList<Tensor> objects, DiffractionPattern pattern)
    {
        (double Chi, double Scale)[] fits = [.. objects.Select(psi => AmplitudeMisfits.Chi(psi, pattern))];
        double[] chi = [.. fits.Select(fit => fit.Chi)];
        int first = Array.IndexOf(chi, chi.Min());
        Tensor best = objects[first];
        Tensor[] others = [.. objects.Where(other => !ReferenceEquals(other, best))];
        (double Error, Tensor Square)[] found = SideBySide.Run(others.Length, i => Deviation(best, others[i]));
        Tensor square = zeros_like(best.abs());
        foreach ((_, Tensor one) in found)
        {
            square = square.Plus(one);
            one.Dispose();
        }

        double largest = Math.Max(best.abs().max().item<float>(), 1e-12);
        Tensor deviation = square.Over(Passes - 1).sqrt().Over(largest);
        return new Comparison(best, deviation, found.Average(one => one.Error), fits[first]);
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

    // The pass that sees a pattern and the flipped one the same way round.
    private static int PassOf(NetworkInput input) => IsFlipped(input.Intensity) ? Passes - 1 : 0;

    // Which way round a pattern is, by a moment that changes its sign when it is flipped; the planes at index 0 have no counterpart.
    private static bool IsFlipped(Tensor intensity)
    {
        using var scope = NewDisposeScope();
        using var without = inference_mode();
        Tensor moment = intensity.sqrt();
        Tensor place = zeros([], ScalarType.Float32, intensity.device);
        foreach (long axis in Axes)
        {
            long length = intensity.shape[axis];
            long[] along = [1, 1, 1, 1];
            along[axis] = length - 1;
            moment = moment.narrow(axis, 1, length - 1);
            Tensor steps = TensorArithmetic
                .Indices(length, ScalarType.Float32, intensity.device)
                .narrow(0, 1, length - 1);
            place = place.Plus(steps.Minus(length / 2).Times((double)axis / length).reshape(along));
        }

        return (moment * place.ToPower(3)).sum(ScalarType.Float64).item<double>() < 0;
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

    private readonly struct Comparison(Tensor best, Tensor deviation, double spread, (double Chi, double Scale) fit)
    {
        public Tensor Best { get; } = best;

        public Tensor Deviation { get; } = deviation;

        public double Spread { get; } = spread;

        public double Chi { get; } = fit.Chi;

        public double Scale { get; } = fit.Scale;
    }
}
