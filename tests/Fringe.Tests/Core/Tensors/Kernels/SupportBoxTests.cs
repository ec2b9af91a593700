using Fringe.Core.Tensors.Kernels;
using Fringe.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Tensors.Kernels;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class SupportBoxTests
{
    // The last is beyond the caches, the one before it fills its volume along an axis.
    public static TheoryData<long[], int[]> Boxes =>
        new()
        {
            { [8, 8, 8], [2, 5, 3, 6, 1, 7] },
            { [9, 10, 14], [0, 4, 5, 10, 3, 4] },
            { [9, 10, 14], [0, 9, 2, 8, 0, 14] },
            { [128, 64, 144], [40, 70, 10, 50, 33, 100] },
        };

    [Theory]
    [MemberData(nameof(Boxes))]
    public void Transform_OfWhatLiesInTheBox_HasTheModulusOfTheWhole(long[] shape, int[] ends)
    {
        using var scope = NewDisposeScope();
        (SupportBox box, Tensor psi) = Filled(shape, ends);

        Tensor found = box.Transform(psi);

        Assert.True(found.is_contiguous());
        Assert.InRange(TestTensors.Difference(found.abs(), fft.fftn(psi, norm: FFTNormType.Ortho).abs()), 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Boxes))]
    public void TransformBack_OfAChangedField_IsThatOfTheWholeWithinTheBox(long[] shape, int[] ends)
    {
        using var scope = NewDisposeScope();
        (SupportBox box, Tensor psi) = Filled(shape, ends);
        Tensor factor = TestTensors.RandomReal(7, shape);
        Tensor wanted = fft.ifftn(fft.fftn(psi, norm: FFTNormType.Ortho) * factor, norm: FFTNormType.Ortho);

        Tensor found = box.TransformBack(box.Transform(psi) * factor);

        Assert.True(found.is_contiguous());
        Assert.InRange(TestTensors.Difference(found, wanted * Inside(shape, ends)), 0, 1e-5);
    }

    [Fact]
    public void Transform_OfNothing_IsNothing()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(3, 4, 5, 6);

        Assert.Equal(0, default(SupportBox).Transform(psi).abs().sum().item<float>());
        Assert.Equal(0, default(SupportBox).TransformBack(psi).abs().sum().item<float>());
    }

    private static (SupportBox, Tensor) Filled(long[] shape, int[] ends)
    {
        Tensor inside = Inside(shape, ends);
        SupportBox box = SupportBox.Of(inside);
        Assert.Equal(new SupportBox(ends[0], ends[1], ends[2], ends[3], ends[4], ends[5]), box);
        return (box, TestTensors.RandomComplex(4, shape) * inside);
    }

    private static Tensor Inside(long[] shape, int[] ends)
    {
        Tensor inside = zeros(shape);
        inside
            .narrow(0, ends[0], ends[1] - ends[0])
            .narrow(1, ends[2], ends[3] - ends[2])
            .narrow(2, ends[4], ends[5] - ends[4])
            .fill_(1);
        return inside;
    }
}
