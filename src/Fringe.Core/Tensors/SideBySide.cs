using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors;

/// <summary>
/// Independent pieces of work at the same time, each on a thread of its own with its share of torch's threads: a volume that is small
/// keeps one core busy and not two.
/// </summary>
public static class SideBySide
{
    /// <summary>Does the pieces and waits for all of them. With one thread they are done here, in turn, until one fails.</summary>
    /// <param name="count">How many pieces.</param>
    /// <param name="work">
    /// Does the piece of an index. Its tensors must not be left to a dispose scope of the caller, which belongs to the caller's thread.
    /// </param>
    /// <param name="most">At most so many at a time.</param>
    /// <returns>What they gave, by index; the first piece that failed throws its exception as it was.</returns>
    public static T[] Run<T>(int count, Func<int, T> work, int most = int.MaxValue)
    {
        int threads = Math.Max(1, get_num_threads());
        int workers = Math.Min(Math.Min(count, most), threads);
        T[] results = new T[count];
        ExceptionDispatchInfo?[] failures = new ExceptionDispatchInfo?[count];
        int next = -1;
        if (workers <= 1)
        {
            DoPieces();
        }
        else
        {
            Thread[] team = [.. Enumerable.Range(0, workers).Select(_ => new Thread(Help) { IsBackground = true })];
            int started = 0;
            try
            {
                for (; started < team.Length; started++)
                {
                    team[started].Start();
                }
            }
            finally
            {
                if (started < team.Length)
                {
                    // The pieces borrow what belongs to the caller.
                    Volatile.Write(ref next, count);
                }

                Array.ForEach(team[..started], thread => thread.Join());
                // Torch gives a thread that it has not seen the number that was set last, wherever that was.
                set_num_threads(threads);
            }
        }

        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            Array.ForEach([.. results.OfType<IDisposable>()], made => made.Dispose());
            first.Throw();
        }

        return results;

        void Help()
        {
            set_num_threads(threads / workers);
            DoPieces();
        }

        void DoPieces()
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                try
                {
                    results[i] = work(i);
                }
                catch (Exception error)
                {
                    failures[i] = ExceptionDispatchInfo.Capture(error);
                    // Nobody begins another piece.
                    Volatile.Write(ref next, count);
                    return;
                }
            }
        }
    }
}
