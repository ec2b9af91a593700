using Fringe.Core.Tensors;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Tensors;

/// <summary>Pieces of work at the same time, on no more threads than torch had.</summary>
[Collection(TensorTests.Name)]
public sealed class SideBySideTests
{
    [Theory]
    [InlineData(1, 3, 1, 1)]
    [InlineData(2, 5, 2, 1)]
    [InlineData(4, 2, 2, 2)]
    [InlineData(7, 3, 3, 2)]
    public void Run_Threads_AreSharedOutAndGivenBack(int threads, int count, int most, int share)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        try
        {
            (int now, int seen) = (0, 0);
            Lock gate = new();
            (int Index, int Threads)[] found = SideBySide.Run(
                count,
                index =>
                {
                    lock (gate)
                    {
                        seen = Math.Max(seen, ++now);
                    }

                    // Longest first: their ends come in another order than their beginnings.
                    Thread.Sleep(5 * (count - index));
                    lock (gate)
                    {
                        now--;
                    }

                    return (index, get_num_threads());
                }
            );

            Assert.Equal(Enumerable.Range(0, count), found.Select(piece => piece.Index));
            Assert.All(found, piece => Assert.Equal(share, piece.Threads));
            Assert.InRange(seen, 1, most);
            Assert.Equal(threads, get_num_threads());
            int elsewhere = 0;
            Thread fresh = new(() => elsewhere = get_num_threads());
            fresh.Start();
            fresh.Join();
            Assert.Equal(threads, elsewhere);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_PieceFails_ThrowsItsExceptionAndFreesTheOthers(int threads)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        Made[] made = [new(), new(), new()];
        try
        {
            OperationCanceledException error = Assert.Throws<OperationCanceledException>(() =>
                SideBySide.Run(4, index => index < 3 ? made[index] : throw new OperationCanceledException("the fourth"))
            );

            Assert.Equal("the fourth", error.Message);
            Assert.All(made, piece => Assert.True(piece.IsFreed));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private sealed class Made : IDisposable
    {
        public bool IsFreed { get; private set; }

        public void Dispose() => IsFreed = true;
    }
}
