using Fringe.Core.Tensors;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Tensors;

/// <summary>
/// Arithmetic while another thread collects garbage all the time, and more threads than processors, so that a call may be interrupted
/// between being given its scalar and reading it. With TorchSharp's own operators the test failed in 4 runs of 6 ("Unknown scalar type"
/// and the like), most often at the sum of two tensors.
/// </summary>
[Collection(TensorTests.Name)]
public sealed class TensorArithmeticTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task TensorArithmetic_WhileGarbageIsCollected_GivesTheRightValues()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using CancellationTokenSource done = new(Length);
        Task collector = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    GC.Collect(0);
                    GC.WaitForPendingFinalizers();
                }
            },
            cancellation
        );

        await Task.WhenAll([
            collector,
            .. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Compute(done.Token), cancellation)),
        ]);
    }

    private static void Compute(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            using var scope = NewDisposeScope();
            Tensor index = TensorArithmetic.Indices(4, ScalarType.Float32);
            Expect([0, 2, 4, 6], index.Plus(index));
            Expect([2, 3, 4, 5], index.Plus(2));
            Expect([-2, -1, 0, 1], index.Minus(2));
            Expect([1, 0, -1, -2], index.OneMinus());
            Expect([0, 2, 4, 6], index.Times(2));
            Expect([0, 0.5f, 1, 1.5f], index.Over(2));
            Expect([0, 1, 4, 9], index.Squared());
            Expect([0, 1, 8, 27], index.ToPower(3));
            Expect([0, 1, 2, 0], index.Modulo(3));
            Expect([1.5f, 1.5f, 2, 3], index.AtLeast(1.5));
            Expect([0, 1, -7, -7], index.Masked(index.IsAbove(1), -7));
            Expect([-7, 1, 2, 3], index.Masked(index.IsAtLeast(1).logical_not(), -7));
            Expect([0, 2, 4, 6], index.clone().TimesInPlace(2));
            Expect([0, 3, 6, 9], index.clone().PlusInPlace(index, 2));
            Expect([5, 5], TensorArithmetic.Filled([2], 5, ScalarType.Float32));
        }
    }

    private static void Expect(float[] values, Tensor found)
    {
        Assert.Equal(ScalarType.Float32, found.dtype);
        Assert.Equal(values, found.data<float>().ToArray());
    }
}
