using Fringe.Core;

namespace Fringe.Imaging.Files;

/// <summary>The folders of the results that a program writes; knows which are not finished, so that an interrupted one leaves nothing.</summary>
internal sealed class OutputFolders
{
    private const string Default = "fringe-output";

    private readonly Lock gate = new();
    private readonly HashSet<string> unfinished = [];
    private bool isClosed;

    /// <summary>Whether a result has been put in its place.</summary>
    public bool HasCommitted { get; private set; }

    /// <summary>Without `Output`: a folder that is not there yet, so that trying the program twice just works.</summary>
    /// <param name="name">The result's name.</param>
    public static string Unused(string name)
    {
        string first = Path.Combine(Default, name);
        IEnumerable<string> candidates = Enumerable
            .Range(2, 100_000)
            .Select(number => $"{first}-{number}")
            .Prepend(first);
        return candidates.First(candidate => !Path.Exists(candidate));
    }

    /// <summary>Checks the place and makes the staging folder, before any work is done.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="names">Names of the files a result has; the last one marks it as whole.</param>
    /// <param name="force">Replace a result that is there.</param>
    /// <exception cref="InputException">It holds a result, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The program ends.</exception>
    public OutputFolder Reserve(string path, IReadOnlyList<string> names, bool force)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            throw new InputException($"{path}: is a file; `Output` needs a folder");
        }

        string? existing = names.FirstOrDefault(name => File.Exists(Path.Combine(full, name)));
        if (existing is not null && !force)
        {
            throw new InputException(
                $"{path}: already holds a result ({existing}); choose another `Output` or replace it with `Force`"
            );
        }

        string parent = Path.GetDirectoryName(full) ?? full;
        string staging = Path.Combine(parent, $".{Path.GetFileName(full)}.{Environment.ProcessId}.partial");
        // Whoever deletes what is unfinished sees the folder, or there is none.
        lock (gate)
        {
            if (isClosed)
            {
                throw new OperationCanceledException();
            }

            MakeStaging(path, full, staging);
            unfinished.Add(staging);
        }

        return new OutputFolder(this, full, staging, names);
    }

    /// <summary>Removes what was begun, when the program must end at once; nothing can be begun any more.</summary>
    public void DeleteUnfinished()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (string staging in unfinished)
            {
                TryDelete(staging);
            }
        }
    }

    /// <summary>Puts a result in its place.</summary>
    /// <param name="folder">Reserved here.</param>
    /// <param name="move">Does it; never while unfinished folders are deleted.</param>
    internal void Finish(OutputFolder folder, Action move)
    {
        lock (gate)
        {
            move();
            unfinished.Remove(folder.Staging);
            HasCommitted = true;
        }
    }

    /// <summary>Removes what was begun of a result.</summary>
    /// <param name="folder">Reserved here.</param>
    internal void GiveUp(OutputFolder folder)
    {
        lock (gate)
        {
            unfinished.Remove(folder.Staging);
            TryDelete(folder.Staging);
        }
    }

    private static void MakeStaging(string path, string full, string staging)
    {
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
                string probe = Path.Combine(full, $".{Environment.ProcessId}.probe");
                File.WriteAllBytes(probe, []);
                File.Delete(probe);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(staging);
            throw new InputException($"{path}: cannot be written ({error.Message}); choose another `Output`", error);
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            if (Path.GetDirectoryName(folder) is { } parent && Path.GetFileName(parent) == Default)
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
