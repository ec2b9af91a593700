using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Writing;

/// <summary>What must hold of a path before a file is written there.</summary>
public static class WrittenPath
{
    private const int MostLinks = 40;

    private static StringComparison Comparison =>
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Sees that a file that is written is none of those that are read, whatever links lead to them.</summary>
    /// <param name="path">To be written.</param>
    /// <param name="inputs">Files that are read, also with a dataset (<c>scan.h5:/entry/data</c>); null = none.</param>
    /// <exception cref="InputException">It is one of them.</exception>
    public static void RequireNoInput(string path, IEnumerable<string?> inputs)
    {
        string written = RealPath(path);
        foreach (string input in inputs.OfType<string>().Where(input => input.Length > 0))
        {
            if (string.Equals(written, RealPath(ArrayPath.Split(input).File), Comparison))
            {
                throw InputException.ForFile(
                    path,
                    $"is what is read ({input}), and would be lost, whatever `Force` says; choose another name"
                );
            }
        }
    }

    /// <summary>Sees that nothing is at a path, or may be replaced.</summary>
    /// <param name="path">To be written.</param>
    /// <param name="force">Replace a file that is there.</param>
    /// <exception cref="InputException">There is a folder, or a file that may not be replaced.</exception>
    public static void RequireFree(string path, bool force)
    {
        if (Directory.Exists(path))
        {
            throw InputException.ForFile(path, "is a folder; name a file in it");
        }

        if (!force && File.Exists(path))
        {
            throw InputException.ForFile(path, "is there already; name another file, or replace it with `Force`");
        }
    }

    /// <summary>Makes the folder of a file that is to be written.</summary>
    /// <param name="path">The file's.</param>
    /// <exception cref="InputException">It cannot be made.</exception>
    public static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(
                path,
                $"cannot be written: its folder is not there and cannot be made ({Streams.OneLine(error.Message)}); choose another folder",
                inner: error
            );
        }
    }

    // Without a link in it; what is not there stays as it is.
    private static string RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        for (int i = 0; i < MostLinks; i++)
        {
            string root = Path.GetPathRoot(full) ?? "";
            string[] names = full[root.Length..]
                .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
            string? followed = null;
            string place = root;
            for (int name = 0; name < names.Length && followed is null; name++)
            {
                place = Path.Combine(place, names[name]);
                if (TargetOf(place) is { } target)
                {
                    string folder = Path.GetDirectoryName(place) ?? root;
                    followed = Path.GetFullPath(Path.Combine([folder, target, .. names[(name + 1)..]]));
                }
            }

            if (followed is null)
            {
                return full;
            }

            full = followed;
        }

        return full;
    }

    private static string? TargetOf(string place)
    {
        try
        {
            return new FileInfo(place).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
