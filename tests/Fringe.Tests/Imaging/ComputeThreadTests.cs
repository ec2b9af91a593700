using Fringe.Core;
using Fringe.Imaging;
using static TorchSharp.torch;

namespace Fringe.Tests.Imaging;

public sealed class ComputeThreadTests
{
    [Fact]
    public void Run_FromAnyThread_IsOnTheOneThread()
    {
        using ComputeThread compute = new(threads: 1);
        int first = compute.Run(() => Environment.CurrentManagedThreadId);
        int[] others = new int[8];
        // Callers of a service, not a loop that computes.
        Thread[] callers =
        [
            .. Enumerable
                .Range(0, others.Length)
                .Select(i => new Thread(() => others[i] = compute.Run(() => Environment.CurrentManagedThreadId))),
        ];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());

        Assert.NotEqual(Environment.CurrentManagedThreadId, first);
        Assert.All(others, other => Assert.Equal(first, other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_Torch_HasTheThreadsOfTheCompute(int threads)
    {
        using ComputeThread compute = new(threads);

        Assert.Equal(threads, compute.Run(get_num_threads));
    }

    // Work that asks for more work must not wait for itself.
    [Fact]
    public void Run_WithinWork_IsDoneAtOnce()
    {
        using ComputeThread compute = new(threads: 1);

        Assert.Equal(42, compute.Run(() => compute.Run(() => 42)));
    }

    [Fact]
    public void Run_WorkThatFails_PassesTheExceptionOnAndGoesOn()
    {
        using ComputeThread compute = new(threads: 1);

        Assert.Equal(
            "bad",
            Assert.Throws<InputException>(() => compute.Run<int>(() => throw new InputException("bad"))).Message
        );
        Assert.Throws<OperationCanceledException>(() => compute.Run<int>(() => throw new OperationCanceledException()));
        Assert.Equal(1, compute.Run(() => 1));
    }
}
