using Fringe.Core;

namespace Fringe.Imaging.Files;

/// <summary>
/// The folder of one result. Files are written into a folder beside it, which takes its place when everything is there, so that
/// an interrupted run leaves nothing and a result is never half there.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private const string Default = "fringe-output";

    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Unfinished = [];
    private readonly IReadOnlyList<string> names;
    private bool isCommitted;

    private OutputFolder(string path, string staging, IReadOnlyList<string> names)
    {
        Path = path;
        Staging = staging;
        this.names = names;
    }

    /// <summary>Where the result will stand.</summary>
    public string Path { get; }

    /// <summary>Where to write the files.</summary>
    public string Staging { get; }

    /// <summary>Without `Output`: a folder that is not there yet, so that trying the program twice just works.</summary>
    /// <param name="name">The result's name.</param>
    public static string Unused(string name)
    {
        string first = System.IO.Path.Combine(Default, name);
        IEnumerable<string> candidates = Enumerable
            .Range(2, 100_000)
            .Select(number => $"{first}-{number}")
            .Prepend(first);
        return candidates.First(candidate => !System.IO.Path.Exists(candidate));
    }

    /// <summary>Checks the place and makes the staging folder, before any work is done.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="names">Names of the files a result has; the last one marks it as whole.</param>
    /// <param name="force">Replace a result that is there.</param>
    /// <exception cref="InputException">It holds a result, or cannot be written.</exception>
    public static OutputFolder Reserve(string path, IReadOnlyList<string> names, bool force)
    {
        string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (File.Exists(full))
        {
            throw new InputException($"{path}: is a file; `Output` needs a folder");
        }

        string? existing = names.FirstOrDefault(name => File.Exists(System.IO.Path.Combine(full, name)));
        if (existing is not null && !force)
        {
            throw new InputException(
                $"{path}: already holds a result ({existing}); choose another `Output` or replace it with `Force`"
            );
        }

        string parent = System.IO.Path.GetDirectoryName(full) ?? full;
        string staging = System.IO.Path.Combine(
            parent,
            $".{System.IO.Path.GetFileName(full)}.{Environment.ProcessId}.partial"
        );
        try
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }

            Directory.CreateDirectory(staging);
            if (Directory.Exists(full))
            {
                // An existing folder must be writable too.
                string probe = System.IO.Path.Combine(full, $".{Environment.ProcessId}.probe");
                File.WriteAllBytes(probe, []);
                File.Delete(probe);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(staging);
            throw new InputException($"{path}: cannot be written ({error.Message}); choose another `Output`", error);
        }

        lock (Gate)
        {
            Unfinished.Add(staging);
        }

        return new OutputFolder(full, staging, names);
    }

    /// <summary>Where a file of the result is to be written.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Staging, name);

    /// <summary>Puts the result in its place.</summary>
    /// <exception cref="InputException">It cannot be moved there.</exception>
    public void Commit()
    {
        try
        {
            lock (Gate)
            {
                MoveIntoPlace();
                Unfinished.Remove(Staging);
                isCommitted = true;
                HasCommitted = true;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Path}: cannot be written ({error.Message}); choose another `Output`", error);
        }
    }

    public void Dispose()
    {
        if (isCommitted)
        {
            return;
        }

        lock (Gate)
        {
            Unfinished.Remove(Staging);
            TryDelete(Staging);
        }
    }

    /// <summary>Whether this process has put a result in its place.</summary>
    public static bool HasCommitted { get; private set; }

    /// <summary>Removes what runs of this process have begun, when it must end at once.</summary>
    public static void DeleteUnfinished()
    {
        lock (Gate)
        {
            foreach (string staging in Unfinished)
            {
                TryDelete(staging);
            }
        }
    }

    private void MoveIntoPlace()
    {
        if (!Directory.Exists(Path))
        {
            Directory.Move(Staging, Path);
            return;
        }

        // The user may keep other files there. The marker goes first and comes last: a result without it is not whole.
        File.Delete(System.IO.Path.Combine(Path, names[^1]));
        foreach (string name in names)
        {
            string place = System.IO.Path.Combine(Path, name);
            if (File.Exists(FilePath(name)))
            {
                File.Move(FilePath(name), place, overwrite: true);
            }
            else
            {
                // Of the result before, which this one has not.
                File.Delete(place);
            }
        }

        Directory.Delete(Staging, recursive: true);
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            if (System.IO.Path.GetDirectoryName(folder) is { } parent && System.IO.Path.GetFileName(parent) == Default)
            {
                // Made for this result; it stays where it holds others.
                Directory.Delete(parent);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done; the first error is the one to report.
        }
    }
}
