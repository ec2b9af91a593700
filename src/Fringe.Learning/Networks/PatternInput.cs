using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>
/// What networks see of patterns, in units in which crystals have an amplitude of about 1. Its tensors live in the caller's dispose
/// scope.
/// </summary>
public sealed class PatternInput
{
    /// <summary>Channels of <see cref="Features"/>.</summary>
    public const int Channels = 6;

    /// <summary>What stands for the amplitude of a voxel that was not measured.</summary>
    internal const float Floating = -1;

    // Share of the grid that a crystal of amplitude 1 fills.
    private const double FilledShare = 0.1;
    private static readonly long[] Axes = [-3, -2, -1];

    private PatternInput(Tensor amplitude, Tensor power, Tensor relative, Tensor features)
    {
        Relative = relative;
        Amplitude = amplitude;
        Power = power;
        Features = features;
    }

    /// <summary>
    /// float32 <c>[batch, z, y, x]</c> in FFT order: sqrt of the intensity, scaled so that <c>sum A^2</c> (orthonormal transform) is
    /// that of a crystal of amplitude 1 which fills a tenth of the grid; <see cref="Floating"/> where it was not measured.
    /// </summary>
    public Tensor Amplitude { get; }

    /// <summary>float32 <c>[batch, 1, 1, 1]</c>: <c>sum A^2</c> of the measured voxels.</summary>
    public Tensor Power { get; }

    /// <summary>float32 <c>[batch, z, y, x]</c>, centred: the amplitude over its maximum; 0 where it was not measured.</summary>
    public Tensor Relative { get; }

    /// <summary>
    /// float32 <c>[batch, 6, z, y, x]</c>, centred: log amplitude; mask; autocorrelation and zero-phase transform (inverse
    /// transforms of the intensity and of the amplitude), each as real and imaginary part.
    /// </summary>
    public Tensor Features { get; }

    /// <summary>Prepares patterns.</summary>
    /// <param name="intensity">
    /// float32 <c>[batch, z, y, x]</c>, each edge a multiple of 8 (networks halve them three times), centred, photons, not all 0; borrowed.
    /// </param>
    /// <param name="mask">bool, same shape; borrowed.</param>
    /// <exception cref="ArgumentException">Wrong dtypes or shapes.</exception>
    public static PatternInput Of(Tensor intensity, Tensor mask)
    {
        long[] shape = intensity.shape;
        bool fits = shape.Length == 4 && shape.Skip(1).All(edge => edge % 8 == 0) && mask.shape.SequenceEqual(shape);
        if (!fits || intensity.dtype != ScalarType.Float32 || mask.dtype != ScalarType.Bool)
        {
            throw new ArgumentException(
                $"patterns are float32 [batch, z, y, x] with edges that are multiples of 8, masks bool of their shape; given {intensity.dtype} "
                    + $"{string.Join(" x ", shape)} and {mask.dtype} {string.Join(" x ", mask.shape)}"
            );
        }

        using var scope = NewDisposeScope();
        using var without = no_grad();
        Tensor sums = intensity.sum(Axes, keepdim: true).AtLeast(1e-30);
        long voxels = intensity.shape[^1] * intensity.shape[^2] * intensity.shape[^3];
        Tensor root = (intensity * sums.reciprocal().Times(FilledShare * voxels)).sqrt();
        Tensor largest = root.amax(Axes, keepdim: true).AtLeast(1e-30);
        Tensor relative = root / largest;
        Tensor logarithm = relative.AtLeast(1e-4).log10().Over(4).Plus(1);
        Tensor amplitude = ForwardModel.ToFftOrder(root);
        Tensor square = amplitude.Squared();
        Tensor features = StackChannels([
            logarithm,
            mask.to(ScalarType.Float32),
            .. Parts(square / square.sum(Axes, keepdim: true), voxels),
            .. Parts(amplitude / amplitude.sum(Axes, keepdim: true), voxels),
        ]);
        Tensor power = square.sum(Axes, keepdim: true);
        Tensor constrained = amplitude.Masked(ForwardModel.ToFftOrder(mask), Floating).contiguous();
        return new PatternInput(
            constrained.MoveToOuterDisposeScope(),
            power.MoveToOuterDisposeScope(),
            relative.MoveToOuterDisposeScope(),
            features.MoveToOuterDisposeScope()
        );
    }

    /// <summary><c>[batch, channel, z, y, x]</c> from one volume a channel, channels last in memory, as convolutions like best.</summary>
    internal static Tensor StackChannels(Tensor[] channels) => stack(channels, dim: -1).permute(0, 4, 1, 2, 3);

    // Of the inverse transform, 1 at the centre.
    private static Tensor[] Parts(Tensor spectrum, long voxels)
    {
        Tensor transform = ForwardModel.ToCentred(fft.ifftn(spectrum, dim: Axes)).Times(voxels);
        return [transform.real, transform.imag];
    }
}
