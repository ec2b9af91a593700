using Fringe.Core.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Fringe.Learning.Networks;

/// <summary><c>x + conv(relu(conv(x)))</c>, the branch small at the start.</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Convolution first;
    private readonly Convolution second;

    /// <param name="weights">Draws the first weights; null leaves them to be set. Borrowed.</param>
    /// <param name="channels">In and out.</param>
    public ResidualBlock(Generator? weights, long channels)
        : base(nameof(ResidualBlock))
    {
        first = new Convolution(weights, channels, channels);
        second = new Convolution(weights, channels, channels, gain: 0.3);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) =>
        relu(input.Plus(second.forward(relu(first.forward(input), inplace: true))), inplace: true);
}
