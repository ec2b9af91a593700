namespace Fringe.Benchmarks.Hard;

/// <summary>The file of a study's runs, each line written when its run has ended: a study that was killed goes on after the last.</summary>
internal sealed class HardRecord
{
    private readonly string path;
    private readonly List<HardRun> runs;

    private HardRecord(string path, List<HardRun> runs)
    {
        this.path = path;
        this.runs = runs;
    }

    public IReadOnlyList<HardRun> Runs => runs;

    /// <summary>Where it lies.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Opens a file, or begins one; a line that a killed study left unfinished is dropped.</summary>
    /// <param name="path">Of the file.</param>
    public static HardRecord Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (lines.Length > 0 && lines[0] != HardRun.Header)
        {
            throw new InvalidOperationException($"{path} has other columns; move it away");
        }

        List<HardRun> runs = [.. lines.Skip(1).Select(HardRun.TryParse).OfType<HardRun>()];
        File.WriteAllLines(path, [HardRun.Header, .. runs.Select(run => run.ToString())]);
        return new HardRecord(path, runs);
    }

    public bool Has(string kind, int seed, string method) => runs.Any(run => run.Key == (kind, seed, method));

    public void Add(HardRun run)
    {
        runs.Add(run);
        File.AppendAllLines(path, [run.ToString()]);
    }
}
