using Fringe.Core;

namespace Fringe.Imaging.Files;

/// <summary>
/// The folder of one result. Files are written into a folder beside it, which takes its place when everything is there, so that
/// an interrupted run leaves nothing and a result is never half there.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly OutputFolders owner;
    private readonly IReadOnlyList<string> names;
    private bool isCommitted;

    /// <param name="owner">Removes what was begun, if all must end at once; borrowed.</param>
    /// <param name="path">Where the result will stand; absolute.</param>
    /// <param name="staging">Where to write the files; is there.</param>
    /// <param name="names">Names of the files a result has; the last one marks it as whole.</param>
    internal OutputFolder(OutputFolders owner, string path, string staging, IReadOnlyList<string> names)
    {
        this.owner = owner;
        Path = path;
        Staging = staging;
        this.names = names;
    }

    /// <summary>Where the result will stand.</summary>
    public string Path { get; }

    /// <summary>Where to write the files.</summary>
    public string Staging { get; }

    /// <summary>Where a file of the result is to be written.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Staging, name);

    /// <summary>Puts the result in its place.</summary>
    /// <exception cref="InputException">It cannot be moved there.</exception>
    public void Commit()
    {
        try
        {
            owner.Finish(this, MoveIntoPlace);
            isCommitted = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Path}: cannot be written ({error.Message}); choose another `Output`", error);
        }
    }

    public void Dispose()
    {
        if (!isCommitted)
        {
            owner.GiveUp(this);
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
}
