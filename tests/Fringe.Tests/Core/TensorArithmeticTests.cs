using System.Diagnostics;
using Fringe.Core;
using static TorchSharp.torch;

namespace Fringe.Tests.Core;

[Collection(TensorTests.Name)]
public sealed class TensorArithmeticTests
{
    [Fact]
    public async Task TensorArithmetic_WhileGarbageIsCollected_GivesTheRightValues()
    {
        using CancellationTokenSource done = new();
        Task collector = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }
            },
            TestContext.Current.CancellationToken
        );
        try
        {
            Compute(TimeSpan.FromSeconds(2));
        }
        finally
        {
            await done.CancelAsync();
            await collector;
        }
    }

    private static void Compute(TimeSpan length)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < length)
        {
            using var scope = NewDisposeScope();
            Tensor index = TensorArithmetic.Indices(4, ScalarType.Float32);
            Assert.Equal(ScalarType.Float32, index.AtLeast(1.5).dtype);
            Assert.Equal([1.5f, 1.5f, 2, 3], index.AtLeast(1.5).data<float>().ToArray());
            Assert.Equal([false, false, true, true], index.IsAbove(1).data<bool>().ToArray());
            Assert.Equal([false, true, true, true], index.IsAtLeast(1).data<bool>().ToArray());
            Assert.Equal([0f, 1, -7, -7], index.Masked(index.IsAbove(1), -7).data<float>().ToArray());
            Assert.Equal([0f, 1, 8, 27], index.ToPower(3).data<float>().ToArray());
            Assert.Equal([0f, 1, 2, 0], index.Modulo(3).data<float>().ToArray());
            Assert.Equal([0f, 2, 4, 6], index.TimesInPlace(2).data<float>().ToArray());
            Assert.Equal([5f, 5f], TensorArithmetic.Filled([2], 5, ScalarType.Float32).data<float>().ToArray());
        }
    }
}
