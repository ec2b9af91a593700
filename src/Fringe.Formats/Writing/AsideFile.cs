using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Writing;

/// <summary>
/// A file that is written beside its place and moved there by <see cref="Commit"/> when it is whole; disposed without it,
/// nothing stays. Nobody ever sees half a file.
/// </summary>
public sealed class AsideFile : IDisposable
{
    private readonly string path;
    private readonly string aside;
    private readonly FileStream stream;
    private bool isCommitted;

    /// <param name="path">Where the file is to stand; an older one is replaced.</param>
    /// <exception cref="InputException">The folder is missing or not writable.</exception>
    public AsideFile(string path)
    {
        this.path = path;
        string full = Path.GetFullPath(path);
        string name = $".{Path.GetFileName(full)}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.partial";
        aside = Path.Combine(Path.GetDirectoryName(full) ?? ".", name);
        try
        {
            stream = new FileStream(aside, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
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
            write(stream);
        }
        catch (Exception error) when (IsOutside(error))
        {
            throw NotWritten(error);
        }
    }

    /// <summary>Runs <paramref name="write"/> on the stream, and stops it when it is told to.</summary>
    /// <param name="write">Gets a seekable stream.</param>
    /// <param name="cancellation">Looked at before every few megabytes.</param>
    /// <exception cref="InputException">The disk is full or failed.</exception>
    public void Write(Action<Stream> write, CancellationToken cancellation) =>
        Write(stream =>
        {
            using WatchedStream watched = new(stream, cancellation);
            write(watched);
        });

    /// <inheritdoc cref="Write(Action{Stream})"/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
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
            stream.Dispose();
            File.Move(aside, Path.GetFullPath(path), overwrite: true);
            isCommitted = true;
        }
        catch (Exception error) when (IsOutside(error))
        {
            throw NotWritten(error);
        }
    }

    public void Dispose()
    {
        if (isCommitted)
        {
            return;
        }

        try
        {
            stream.Dispose();
            File.Delete(aside);
        }
        catch (Exception error) when (IsOutside(error))
        {
            // The first error is the one to report.
        }
    }

    private static bool IsOutside(Exception error) => error is UnauthorizedAccessException or IOException;

    private InputException NotWritten(Exception error) =>
        InputException.ForFile(
            path,
            error is FileNotFoundException or DirectoryNotFoundException
                ? "cannot be written: there is no such folder, or it takes no files; choose another one"
                : $"cannot be written: {Streams.OneLine(error.Message)}; choose another folder or free some space",
            inner: error
        );
}
