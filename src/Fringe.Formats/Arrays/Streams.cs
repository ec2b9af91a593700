using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>Opening and reading files with one clear line when it fails.</summary>
internal static class Streams
{
    /// <exception cref="InputException">The file is missing, empty, unreadable or a folder.</exception>
    public static FileStream OpenRead(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw InputException.ForFile(path, "no such file; check the path", inner: error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw InputException.ForFile(
                path,
                "not readable: permission denied; check the file's owner and mode",
                inner: error
            );
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw InputException.ForFile(path, $"cannot be opened: {OneLine(error.Message)}", inner: error);
        }

        if (stream.Length == 0)
        {
            stream.Dispose();
            throw InputException.ForFile(
                path,
                "the file is empty (0 bytes); was the transfer or the measurement cut short?"
            );
        }

        return stream;
    }

    /// <summary>A library's message, made safe to stand within one line.</summary>
    public static string OneLine(string message)
    {
        string line = string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 300 ? line[..300] + "..." : line;
    }
}
