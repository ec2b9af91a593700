using System.Collections.Concurrent;
using Fringe.Core.Tensors;

namespace Fringe.Imaging;

/// <summary>
/// The one thread on which an imager computes: the number of torch's threads is kept for each thread, and sessions take turns here. Owns
/// the thread.
/// </summary>
internal sealed class ComputeThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;

    /// <param name="threads">That torch uses from here.</param>
    public ComputeThread(int threads)
    {
        thread = new Thread(() =>
        {
            ThreadLimit.Set(threads);
            foreach (Action action in work.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "fringe compute",
        };
        thread.Start();
    }

    /// <summary>Does work there and waits for it; its exceptions come back as they were.</summary>
    public T Run<T>(Func<T> compute)
    {
        if (Thread.CurrentThread == thread)
        {
            return compute();
        }

        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                done.SetResult(compute());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }
}
