using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>The pattern that is timed: a strained ellipsoid at an oversampling ratio of about 3.</summary>
internal static class TestPattern
{
    /// <returns>Belongs to the caller.</returns>
    public static DiffractionPattern Create(int length)
    {
        using var scope = NewDisposeScope();
        Tensor index = arange(length, ScalarType.Float32) - (length / 2);
        Tensor z = index.reshape(length, 1, 1) / (0.14 * length);
        Tensor y = index.reshape(1, length, 1) / (0.17 * length);
        Tensor x = index.reshape(1, 1, length) / (0.16 * length);
        Tensor inside = ((z * z) + (y * y) + (x * x)).le(1).to(ScalarType.Float32);
        Tensor psi = polar(inside, inside * 0.8 * (x + (y * z)).sin());
        Tensor intensity = ForwardModel.Propagate(psi).abs().Squared();
        Tensor photons = (intensity * (1e7 / intensity.sum())).round();
        return new DiffractionPattern(photons, zeros_like(photons, ScalarType.Bool));
    }
}
