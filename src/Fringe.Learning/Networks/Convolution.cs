using Fringe.Core.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>
/// A 3D convolution that computes in its input's type: bfloat16 activations use a rounded copy of the float32 weights, through which
/// gradients reach the float32 ones.
/// </summary>
internal sealed class Convolution : nn.Module<Tensor, Tensor>
{
    // Other numbers of output channels take a slow path through the library: 24 in place of 32 made it six times as slow.
    private const long FastOutputs = 16;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long stride;
    private readonly long padding;
    private Packed? packed;

    /// <param name="weights">Draws the first weights; null leaves them to be set. Borrowed.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Edge of the kernel: odd, or even with a stride of 2.</param>
    /// <param name="stride">Step.</param>
    /// <param name="gain">Factor on He's standard deviation; below 1 for a branch that should start small.</param>
    /// <param name="offset">What the bias starts at.</param>
    public Convolution(
        Generator? weights,
        long inputs,
        long outputs,
        long kernel = 3,
        long stride = 1,
        double gain = 1,
        double offset = 0
    )
        : base(nameof(Convolution))
    {
        this.stride = stride;
        padding = (kernel - stride + 1) / 2;
        // A parameter made in a dispose scope would die with it.
        double deviation = gain * Math.Sqrt(2.0 / (inputs * kernel * kernel * kernel));
        long[] shape = [outputs, inputs, kernel, kernel, kernel];
        using Tensor start = weights is null
            ? zeros(shape, ScalarType.Float32)
            : randn(shape, ScalarType.Float32, generator: weights);
        start.TimesInPlace(deviation);
        using Tensor level = TensorArithmetic.Filled([outputs], offset, ScalarType.Float32);
        weight = new Parameter(start);
        bias = new Parameter(level);
        weight.DetachFromDisposeScope();
        bias.DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>Keeps a copy of the weights as convolutions like them best, for predictions: what is learnt later does not reach it.</summary>
    public void Pack(ScalarType compute)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        Tensor channelsLast = Widened(weight).to(compute).permute(0, 2, 3, 4, 1).contiguous().permute(0, 4, 1, 2, 3);
        packed?.Dispose();
        packed = new Packed(
            channelsLast.DetachFromDisposeScope(),
            Widened(bias).to(compute).clone().DetachFromDisposeScope()
        );
    }

    public override Tensor forward(Tensor input)
    {
        Tensor found = nn.functional.conv3d(
            input,
            packed?.Weight ?? Widened(weight).to(input.dtype),
            packed?.Bias ?? Widened(bias).to(input.dtype),
            strides: [stride, stride, stride],
            padding: [padding, padding, padding]
        );
        return found.shape[1] == weight.shape[0] ? found : found.narrow(1, 0, weight.shape[0]);
    }

    // With zeros for further channels; a single one is as fast as it is.
    private static Tensor Widened(Tensor values)
    {
        long[] shape = values.shape;
        long missing = shape[0] == 1 ? 0 : (FastOutputs - (shape[0] % FastOutputs)) % FastOutputs;
        shape[0] = missing;
        return missing == 0 ? values : cat([values, zeros(shape, values.dtype, values.device)]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            packed?.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class Packed(Tensor weight, Tensor bias) : IDisposable
    {
        public Tensor Weight { get; } = weight;

        public Tensor Bias { get; } = bias;

        public void Dispose()
        {
            Weight.Dispose();
            Bias.Dispose();
        }
    }
}
