using Fringe.Core.Tensors;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Tensors;

/// <summary>Loops that are not torch's use no more threads than it does.</summary>
[Collection(TensorTests.Name)]
public sealed class ThreadLimitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Options_ParallelLoop_RunsOnNoMoreThreadsThanTorch(int threads)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        try
        {
            int now = 0;
            int most = 0;
            Parallel.For(
                0,
                32,
                ThreadLimit.Options(TestContext.Current.CancellationToken),
                _ =>
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref now));
                    Thread.Sleep(2);
                    Interlocked.Decrement(ref now);
                }
            );

            Assert.InRange(most, 1, threads);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Options_Cancelled_StopsTheLoop() =>
        Assert.Throws<OperationCanceledException>(() =>
            Parallel.For(0, 4, ThreadLimit.Options(new CancellationToken(canceled: true)), _ => { })
        );

    private static void InterlockedMax(ref int largest, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref largest)))
        {
            Interlocked.CompareExchange(ref largest, value, seen);
        }
    }
}
