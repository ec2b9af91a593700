namespace Fringe.App.Terminal;

/// <summary>Passes reports on at once, one at a time: <see cref="Progress{T}"/> would post them to another thread, out of order.</summary>
internal sealed class ProgressListener<T>(Action<T> hear) : IProgress<T>
{
    private readonly Lock gate = new();

    public void Report(T value)
    {
        lock (gate)
        {
            hear(value);
        }
    }
}
