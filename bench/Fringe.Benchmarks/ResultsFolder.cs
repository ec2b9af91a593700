namespace Fringe.Benchmarks;

/// <summary>Where the tables go: docs/results of the checkout that the working folder lies in.</summary>
internal static class ResultsFolder
{
    public static string Find()
    {
        DirectoryInfo? folder = new(Directory.GetCurrentDirectory());
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fringe.slnx")))
        {
            folder = folder.Parent;
        }

        return folder is null
            ? throw new InvalidOperationException("run it from inside the checkout")
            : Path.Combine(folder.FullName, "docs", "results");
    }

    /// <summary>A folder of the measured data, which lie beside the checkout.</summary>
    /// <param name="results">Folder of the tables.</param>
    /// <param name="name">Of the folder.</param>
    public static string Data(string results, string name) =>
        Path.GetFullPath(Path.Combine(results, "..", "..", "..", "shared", "data", name));
}
