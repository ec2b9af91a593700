namespace Fringe.Formats.Arrays;

/// <summary>A file, and where in it: <c>mask.h5:/entry/mask</c>, as silx and other programs write it (<c>::</c>, too).</summary>
internal static class ArrayPath
{
    /// <summary>Parts a file from what follows its colon.</summary>
    /// <param name="path">A file, a folder or a glob, or a file with a dataset.</param>
    /// <returns>The dataset is null where none is named; so it is where a file of the whole name is there.</returns>
    public static (string File, string? Dataset) Split(string path)
    {
        for (
            int colon = path.LastIndexOf(':');
            colon > 0 && !File.Exists(path) && !Directory.Exists(path);
            colon = path.LastIndexOf(':', colon - 1)
        )
        {
            string file = path[..colon].TrimEnd(':');
            if (File.Exists(file) && colon + 1 < path.Length)
            {
                return (file, path[(colon + 1)..]);
            }
        }

        return (path, null);
    }
}
