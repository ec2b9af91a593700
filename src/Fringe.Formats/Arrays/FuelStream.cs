using System.Runtime.CompilerServices;

namespace Fringe.Formats.Arrays;

/// <summary>
/// A read-only view of a stream that stops a third-party parser which a damaged file sends in circles: after a budget of
/// calls or bytes every read throws, and so it does when the stack runs low. <see cref="Refill"/> starts a new budget;
/// honest work refills it once a block.
/// </summary>
internal sealed class FuelStream : Stream
{
    private readonly Stream _inner;
    private readonly long _calls;
    private readonly long _bytes;
    private readonly long _length;
    private long _callsLeft;
    private long _bytesLeft;
    private long _position;

    /// <param name="inner">Seekable; owned.</param>
    /// <param name="calls">Reads and seeks until it throws.</param>
    /// <param name="bytes">Bytes asked for until it throws.</param>
    public FuelStream(Stream inner, long calls, long bytes)
    {
        _inner = inner;
        _length = inner.Length;
        _calls = calls;
        _bytes = bytes;
        Refill();
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Starts a new budget, enlarged by <paramref name="extraCalls"/>.</summary>
    public void Refill(long extraCalls = 0)
    {
        _callsLeft = _calls + extraCalls;
        _bytesLeft = _bytes;
    }

    public override int Read(Span<byte> buffer)
    {
        Burn(buffer.Length);
        if (_position >= _length || buffer.Length == 0)
        {
            return 0;
        }

        if (_inner.Position != _position)
        {
            _inner.Position = _position;
        }

        int count = _inner.Read(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        Burn(0);
        long target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => _length + offset,
        };
        if (target < 0)
        {
            throw new InvalidDataException($"an address points to byte {target}, before the start of the file");
        }

        _position = target;
        return target;
    }

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Burn(long count)
    {
        // Structures that point at themselves send a recursive parser down without end, but never without a read.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _callsLeft--;
        _bytesLeft -= count;
        if (_callsLeft < 0 || _bytesLeft < 0)
        {
            throw new InvalidDataException("its structures run in circles");
        }
    }
}
