using static TorchSharp.torch;

namespace Fringe.Core.Tensors;

/// <summary>How many threads a run may use: torch's number, which the program sets once, for loops that are not torch's as well.</summary>
public static class ThreadLimit
{
    /// <summary>Torch uses so many from here on, in the thread that says so.</summary>
    /// <param name="threads">1 at least.</param>
    public static void Set(int threads) => set_num_threads(threads);

    /// <summary>For a <c>Parallel</c> loop on no more threads than torch uses.</summary>
    /// <param name="cancellation">Looked at before every turn of the loop.</param>
    public static ParallelOptions Options(CancellationToken cancellation = default) =>
        new() { MaxDegreeOfParallelism = Math.Max(1, get_num_threads()), CancellationToken = cancellation };
}
