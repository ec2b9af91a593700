using Fringe.Core.Tensors;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation.Instrument;

/// <summary>Pixels that count in every frame what was not there, each at a rate of its own.</summary>
/// <param name="seed">Of their places and rates.</param>
/// <param name="count">How many.</param>
/// <param name="least">Lowest rate, counts a frame.</param>
/// <param name="most">Highest rate, counts a frame.</param>
internal sealed class BrightPixels(int seed, int count, double least, double most) : StraySignal
{
    public override Tensor Expect(int size)
    {
        using var scope = NewDisposeScope();
        Random random = new(seed);
        double[] frame = new double[size * size];
        int[] pixels = [.. Enumerable.Range(0, frame.Length)];
        random.Shuffle(pixels);
        foreach (int pixel in pixels.Take(count))
        {
            frame[pixel] = random.LogUniform(least, most);
        }

        Tensor rates = tensor(frame, dtype: ScalarType.Float64).reshape(1, size, size);
        return (TensorArithmetic.Filled([size, 1, 1], 1, ScalarType.Float64) * rates).MoveToOuterDisposeScope();
    }
}
