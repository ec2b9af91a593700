using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class InitialSupportTests
{
    [Fact]
    public void Draw_Box_FillsThatFractionOfEachAxis()
    {
        using var scope = NewDisposeScope();
        using DiffractionPattern pattern = new(ones(20, 24, 32), zeros([20, 24, 32], ScalarType.Bool));
        InitialSupport box = new() { Kind = InitialSupportKind.Box, BoxFraction = 0.5 };

        Tensor support = box.Draw(pattern);

        // Within a quarter of the axis on either side of N/2.
        Assert.Equal(11 * 13 * 17, support.sum().item<float>());
        Assert.Equal(11 * 13 * 17, support[5..16, 6..19, 8..25].sum().item<float>());
    }

    [Fact]
    public void Draw_AutocorrelationOfABox_CoversItButTheCorners()
    {
        using var scope = NewDisposeScope();
        Tensor psi = Box();
        using DiffractionPattern pattern = PatternOf(psi);

        Tensor support = new InitialSupport().Draw(pattern);

        // (1 - u)(1 - v)(1 - w) >= 0.05 with u = |x| / 0.55 n: all of each axis, not the corners; little beyond the box.
        Tensor object01 = psi.abs().gt(0).to(ScalarType.Float32);
        Assert.Equal(11, support[11..22, 16, 16].sum().item<float>());
        Assert.InRange((support * object01).sum().item<float>() / object01.sum().item<float>(), 0.75, 1);
        Assert.InRange(support.sum().item<float>() / object01.sum().item<float>(), 0.75, 1.2);
    }

    [Fact]
    public void Draw_AutocorrelationAtALowThreshold_ContainsTheWholeObject()
    {
        using var scope = NewDisposeScope();
        Tensor psi = Box();
        using DiffractionPattern pattern = PatternOf(psi);

        Tensor support = new InitialSupport { Threshold = 0.001, Shrink = 0.65 }.Draw(pattern);

        // In a corner of the box (1 - 1/1.3)^3 = 0.012 is left.
        Assert.Equal(0, psi.masked_select(support.eq(0)).abs().sum().item<float>());
        Assert.True(support.sum().item<float>() < 0.2 * support.numel());
    }

    [Fact]
    public void Validate_OutOfRange_Says()
    {
        Assert.NotEmpty(new InitialSupport { BoxFraction = 0 }.Validate());
        Assert.NotEmpty(new InitialSupport { Threshold = 1 }.Validate());
        Assert.Empty(new InitialSupport().Validate());
    }

    // Centred and 11 x 9 x 13.
    private static Tensor Box()
    {
        Tensor psi = zeros([32, 32, 32], ScalarType.ComplexFloat32);
        psi[11..22, 12..21, 10..23] = 10;
        return psi;
    }

    private static DiffractionPattern PatternOf(Tensor psi) =>
        new(ForwardModel.Propagate(psi).abs().square(), zeros([32, 32, 32], ScalarType.Bool));
}
