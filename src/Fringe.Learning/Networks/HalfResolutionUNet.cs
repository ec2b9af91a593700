using Fringe.Core.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Fringe.Learning.Networks;

/// <summary>
/// A U-Net (Ronneberger et al. 2015) whose finest level stands at half the resolution, where convolutions are cheap, with two levels
/// below it, residual blocks and skips that are added; its output is unfolded from channels to the full resolution.
/// </summary>
internal sealed class HalfResolutionUNet : nn.Module<Tensor, Tensor>
{
    private readonly Convolution enter;
    private readonly Sequential encode0;
    private readonly Convolution down1;
    private readonly Sequential encode1;
    private readonly Convolution down2;
    private readonly Sequential bottom;
    private readonly Convolution up1;
    private readonly Sequential decode1;
    private readonly Convolution up0;
    private readonly Sequential decode0;
    private readonly Convolution leave;

    /// <param name="weights">Draws the first weights; null leaves them to be set. Borrowed.</param>
    /// <param name="inputs">Channels in, at full resolution.</param>
    /// <param name="outputs">Channels out, at full resolution.</param>
    /// <param name="widths">Channels and blocks of each level.</param>
    public HalfResolutionUNet(Generator? weights, long inputs, long outputs, UNetWidths widths)
        : base(nameof(HalfResolutionUNet))
    {
        enter = new Convolution(weights, inputs, widths.Fine, kernel: 4, stride: 2);
        encode0 = Blocks(weights, widths.Fine, widths.EncoderBlocks);
        down1 = new Convolution(weights, widths.Fine, widths.Middle, stride: 2);
        encode1 = Blocks(weights, widths.Middle, 1);
        down2 = new Convolution(weights, widths.Middle, widths.Coarse, stride: 2);
        bottom = Blocks(weights, widths.Coarse, widths.CoarseBlocks);
        up1 = new Convolution(weights, widths.Coarse, widths.Middle, kernel: 1);
        decode1 = Blocks(weights, widths.Middle, 1);
        up0 = new Convolution(weights, widths.Middle, widths.Fine, kernel: 1);
        decode0 = Blocks(weights, widths.Fine, 1);
        leave = new Convolution(weights, widths.Fine, 8 * outputs, gain: 0.3);
        RegisterComponents();
    }

    /// <param name="input"><c>[b, inputs, z, y, x]</c>, edges multiples of 8; fastest with the channels last in memory.</param>
    /// <returns><c>[b, outputs, z, y, x]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        Tensor fine = encode0.forward(relu(enter.forward(input), inplace: true));
        Tensor middle = encode1.forward(relu(down1.forward(fine), inplace: true));
        Tensor coarse = bottom.forward(relu(down2.forward(middle), inplace: true));
        middle = decode1.forward(relu(middle.Plus(Enlarge(up1.forward(coarse))), inplace: true));
        fine = decode0.forward(relu(fine.Plus(Enlarge(up0.forward(middle))), inplace: true));
        return Unfold(leave.forward(fine));
    }

    private static Tensor Enlarge(Tensor coarse) =>
        interpolate(coarse, scale_factor: [2, 2, 2], mode: InterpolationMode.Nearest);

    // Each block of 8 channels becomes 2^3 voxels: [b, 8c, d, h, w] to [b, c, 2d, 2h, 2w].
    private static Tensor Unfold(Tensor folded)
    {
        long[] s = folded.shape;
        return folded
            .reshape(s[0], s[1] / 8, 2, 2, 2, s[2], s[3], s[4])
            .permute(0, 1, 5, 2, 6, 3, 7, 4)
            .reshape(s[0], s[1] / 8, 2 * s[2], 2 * s[3], 2 * s[4]);
    }

    private static Sequential Blocks(Generator? weights, long channels, int count) =>
        nn.Sequential([
            .. Enumerable.Range(0, count).Select(_ => (nn.Module<Tensor, Tensor>)new ResidualBlock(weights, channels)),
        ]);
}
