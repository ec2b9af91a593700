using System.Runtime.CompilerServices;

namespace Fringe.Formats.Arrays;

/// <summary>
/// A read-only view of a stream that stops a third-party parser which a damaged file sends in circles: after a budget of
/// calls or bytes every read throws, and so it does when the stack runs low. <see cref="Refill"/> starts a new budget;
/// honest work refills it once a block.
/// </summary>
internal sealed class BudgetedStream : Stream
{
    private readonly Stream inner;
    private readonly long calls;
    private readonly long bytes;
    private readonly long length;
    private long callsLeft;
    private long bytesLeft;
    private long position;

    /// <param name="inner">Seekable; owned.</param>
    /// <param name="calls">Reads and seeks until it throws.</param>
    /// <param name="bytes">Bytes asked for until it throws.</param>
    public BudgetedStream(Stream inner, long calls, long bytes)
    {
        this.inner = inner;
        length = inner.Length;
        this.calls = calls;
        this.bytes = bytes;
        Refill();
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Starts a new budget, enlarged by <paramref name="extraCalls"/>.</summary>
    public void Refill(long extraCalls = 0)
    {
        callsLeft = calls + extraCalls;
        bytesLeft = bytes;
    }

    public override int Read(Span<byte> buffer)
    {
        Burn(buffer.Length);
        if (position >= length || buffer.Length == 0)
        {
            return 0;
        }

        if (inner.Position != position)
        {
            inner.Position = position;
        }

        int count = inner.Read(buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        Burn(0);
        long target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            _ => length + offset,
        };
        if (target < 0)
        {
            throw new InvalidDataException($"an address points to byte {target}, before the start of the file");
        }

        position = target;
        return target;
    }

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Burn(long count)
    {
        // Structures that point at themselves send a recursive parser down without end, but never without a read.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        callsLeft--;
        bytesLeft -= count;
        if (callsLeft < 0 || bytesLeft < 0)
        {
            throw new InvalidDataException("its structures run in circles");
        }
    }
}
