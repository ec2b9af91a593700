using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Diffraction;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ResolutionChangeTests
{
    private static readonly long[] Coarse = [16, 12, 17];
    private static readonly long[] Fine = [32, 30, 36];

    [Fact]
    public void Resize_FinerAndBack_GivesTheObject()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(3, Coarse);

        Tensor fine = ResolutionChange.Resize(psi, Fine);
        Tensor back = ResolutionChange.Resize(fine, Coarse);

        Assert.Equal(Fine, fine.shape);
        Assert.True(back.allclose(psi, 1e-4, 1e-5));
        Assert.Equal(TestTensors.Norm(psi), TestTensors.Norm(fine), 1e-3);
    }

    [Fact]
    public void Resize_Gaussian_KeepsPlaceAndExtentInTheFieldOfView()
    {
        using var scope = NewDisposeScope();

        Tensor fine = ResolutionChange.Resize(Gaussian(32), [64, 64, 64]);

        // Centred at an eighth of the field of view from its middle, a sixteenth wide.
        // Rounding may leave less than nothing.
        Assert.InRange(RealSpaceError.Of(fine, Gaussian(64)), -1e-6, 1e-5);
        Assert.Equal(32 + 8, fine.abs().amax(1, 2).argmax().item<long>());
    }

    [Fact]
    public void Centre_Volume_KeepsIndexHalfAtIndexHalf()
    {
        using var scope = NewDisposeScope();
        Tensor volume = zeros(9, 10, 12);
        volume[4, 5, 6] = ones(1)[0];

        Tensor part = ResolutionChange.Centre(volume, [5, 4, 6]);

        Assert.Equal(1, part[2, 2, 3].item<float>());
    }

    private static Tensor Gaussian(long size)
    {
        Tensor place = (arange(size).to(ScalarType.Float32) / (double)size) - 0.5;
        Tensor along = exp(-(place - 0.125).square() / (2 * 0.0625 * 0.0625));
        Tensor across = exp(-place.square() / (2 * 0.0625 * 0.0625));
        Tensor volume = along.view(-1, 1, 1) * across.view(1, -1, 1) * across.view(1, 1, -1);
        return volume.to(ScalarType.ComplexFloat32);
    }
}
