namespace Fringe.Formats.Writing;

/// <summary>A stream that stops at its next write when it is told to, so that large files can be given up half-way.</summary>
/// <param name="inner">Borrowed.</param>
/// <param name="cancellation">Looked at before each write.</param>
internal sealed class WatchedStream(Stream inner, CancellationToken cancellation) : Stream
{
    // A write of more is cut up, or nobody would be heard meanwhile.
    private const int LargestPart = 1 << 22;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (int start = 0; start < buffer.Length; start += LargestPart)
        {
            cancellation.ThrowIfCancellationRequested();
            inner.Write(buffer[start..Math.Min(buffer.Length, start + LargestPart)]);
        }
    }
}
