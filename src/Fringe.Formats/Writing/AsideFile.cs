using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Writing;

/// <summary>
/// A file that is written beside its place and moved there by <see cref="Commit"/> when it is whole; disposed without it,
/// nothing stays. Nobody ever sees half a file.
/// </summary>
public sealed class AsideFile : IDisposable
{
    private readonly string _path;
    private readonly string _aside;
    private readonly FileStream _stream;
    private bool _isCommitted;

    /// <param name="path">Where the file is to stand; an older one is replaced.</param>
    /// <exception cref="InputException">The folder is missing or not writable.</exception>
    public AsideFile(string path)
    {
        _path = path;
        string full = Path.GetFullPath(path);
        string name = $".{Path.GetFileName(full)}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.partial";
        _aside = Path.Combine(Path.GetDirectoryName(full) ?? ".", name);
        try
        {
            _stream = new FileStream(_aside, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        }
        catch (Exception error) when (IsOutside(error))
        {
            throw NotWritten(error);
        }
    }

    /// <summary>Replaces <paramref name="path"/> by <paramref name="bytes"/>; its folder must exist.</summary>
    /// <exception cref="InputException">The folder is missing or not writable, or the disk full.</exception>
    public static void WriteAll(string path, ReadOnlySpan<byte> bytes)
    {
        using AsideFile file = new(path);
        file.Write(bytes);
        file.Commit();
    }

    /// <summary>Runs <paramref name="write"/> on the stream.</summary>
    /// <exception cref="InputException">The disk is full or failed.</exception>
    public void Write(Action<Stream> write)
    {
        try
        {
            write(_stream);
        }
        catch (Exception error) when (IsOutside(error))
        {
            throw NotWritten(error);
        }
    }

    /// <inheritdoc cref="Write(Action{Stream})"/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception error) when (IsOutside(error))
        {
            throw NotWritten(error);
        }
    }

    /// <summary>Moves the file to its place.</summary>
    /// <exception cref="InputException">It cannot be moved.</exception>
    public void Commit()
    {
        try
        {
            _stream.Dispose();
            File.Move(_aside, Path.GetFullPath(_path), overwrite: true);
            _isCommitted = true;
        }
        catch (Exception error) when (IsOutside(error))
        {
            throw NotWritten(error);
        }
    }

    public void Dispose()
    {
        if (_isCommitted)
        {
            return;
        }

        try
        {
            _stream.Dispose();
            File.Delete(_aside);
        }
        catch (Exception error) when (IsOutside(error))
        {
            // The first error is the one to report.
        }
    }

    private static bool IsOutside(Exception error) => error is UnauthorizedAccessException or IOException;

    private InputException NotWritten(Exception error) =>
        InputException.ForFile(
            _path,
            $"cannot be written: {Streams.OneLine(error.Message)}; choose another folder or free some space",
            inner: error
        );
}
