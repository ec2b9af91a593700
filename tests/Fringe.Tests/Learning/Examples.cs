using Fringe.Learning.Augmentation;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning;

/// <summary>Examples that tests learn from and judge by.</summary>
internal static class Examples
{
    /// <summary>Made-up crystals, cleanly measured; belongs to the caller.</summary>
    public static ExampleBatch Clean(int count, double photons = 1e8, long seed = 11) =>
        new ExampleMaker(new ProceduralCrystals(), MeasurementOptions.Clean(photons), 32, seed).Make(0, count);

    /// <summary>Under all conditions of training; belongs to the caller.</summary>
    public static ExampleBatch Noisy(int count, long seed = 11) =>
        new ExampleMaker(new ProceduralCrystals(), new MeasurementOptions(), 32, seed).Make(0, count);

    /// <summary>|F|^2 of a batch of objects, centred, with no noise.</summary>
    public static Tensor Pattern(Tensor psi)
    {
        long[] axes = [-3, -2, -1];
        return fft.fftshift(fft.fftn(psi, dim: axes).abs().square(), axes);
    }
}
