using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.Crystals;

namespace Fringe.Simulation.TrainingSet;

/// <summary>
/// The folder of a set: <c>set.json</c> says which set it is, <c>parts/</c> holds crystals until their shard is complete,
/// <c>crystals-*.h5</c> are the shards. Every file is written aside and renamed, so that it is whole or not there; one run at a
/// time holds the folder.
/// </summary>
internal sealed class TrainingSetFolder : IDisposable
{
    private const string IdentityFile = "set.json";
    private const string LockFile = ".lock";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FileStream lockStream;
    private readonly TrainingSetOptions options;

    private TrainingSetFolder(string path, TrainingSetOptions options, FileStream lockStream)
    {
        Path = path;
        this.options = options;
        this.lockStream = lockStream;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Opens a folder for a run: a new one, or one that holds the same set.</summary>
    /// <exception cref="InputException">Foreign, of another set, in use, or not writable.</exception>
    public static TrainingSetFolder Open(string path, TrainingSetOptions options, CrystalProvenance provenance)
    {
        string identity = Identity(options, provenance);
        string file = System.IO.Path.Combine(path, IdentityFile);
        try
        {
            bool isNew = !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any();
            if (!isNew && !File.Exists(file))
            {
                throw new InputException(
                    $"{path}: holds other files and no {IdentityFile}; choose an empty or new folder as `Output`"
                );
            }

            Directory.CreateDirectory(path);
            FileStream lockStream = Lock(path);
            if (isNew)
            {
                WriteWhole(file, identity);
            }
            else if (Difference(File.ReadAllText(file), identity) is { } difference)
            {
                lockStream.Dispose();
                throw new InputException(
                    $"{path}: holds another set ({difference}); choose another `Output`, or the options it was begun with"
                );
            }

            Directory.CreateDirectory(System.IO.Path.Combine(path, "parts"));
            return new TrainingSetFolder(path, options, lockStream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written ({error.Message}); choose another `Output`", error);
        }
    }

    /// <summary>A finished crystal whose shard is not complete.</summary>
    public string PartPath(int index) => System.IO.Path.Combine(Path, "parts", $"crystal-{index:D7}.h5");

    /// <summary>The shard of a group of crystals.</summary>
    public string ShardPath(int group) =>
        System.IO.Path.Combine(Path, CrystalSetFiles.ShardName(group, options.Job, options.Jobs));

    /// <summary>The pattern and object of a crystal.</summary>
    public string ExamplePath(int index) => System.IO.Path.Combine(Path, "examples", $"crystal-{index:D7}.h5");

    /// <summary>LAMMPS' files of a failed run.</summary>
    public string FailurePath(int index, int attempt) =>
        System.IO.Path.Combine(Path, "failures", $"crystal-{index:D7}-{attempt}");

    /// <summary>A new empty folder for one LAMMPS run.</summary>
    public string NewWorkFolder(int index, int attempt)
    {
        string folder = System.IO.Path.Combine(Path, "work", $"crystal-{index:D7}-{attempt}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Sees that the disk is not full.</summary>
    /// <exception cref="InputException">Fewer bytes are free.</exception>
    public void RequireRoom(long bytes)
    {
        long free = new DriveInfo(Path).AvailableFreeSpace;
        if (free < bytes)
        {
            throw new InputException(
                $"{Path}: the disk is full ({free / 1024} KiB free); free some space and run the same command again"
            );
        }
    }

    /// <summary>Removes what killed runs left behind.</summary>
    public void Tidy()
    {
        string work = System.IO.Path.Combine(Path, "work");
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        foreach (string left in Directory.EnumerateFiles(Path, ".*.partial", SearchOption.AllDirectories).ToArray())
        {
            File.Delete(left);
        }
    }

    public void Dispose()
    {
        lockStream.Dispose();
        File.Delete(System.IO.Path.Combine(Path, LockFile));
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(
                System.IO.Path.Combine(path, LockFile),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new InputException(
                $"{path}: another run is writing there; wait for it or choose another `Output`",
                error
            );
        }
    }

    // What must stay the same for a rerun to go on. Not the count: a set may grow.
    private static string Identity(TrainingSetOptions options, CrystalProvenance provenance) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["seed"] = options.Seed,
                ["shard"] = string.Create(CultureInfo.InvariantCulture, $"{options.Job}/{options.Jobs}"),
                ["crystals_per_shard"] = options.CrystalsPerShard,
                ["recipe"] = JsonDocument.Parse(provenance.Recipe),
                ["examples"] = options.Examples,
                ["lammps_version"] = provenance.LammpsVersion,
                ["potential"] = provenance.Potential,
                ["potential_sha256"] = provenance.PotentialHash,
                ["program_version"] = provenance.ProgramVersion,
            },
            Indented
        ) + "\n";

    private static string? Difference(string there, string wanted)
    {
        string[] old = there.Split('\n');
        string[] now = wanted.Split('\n');
        int line = Enumerable
            .Range(0, Math.Max(old.Length, now.Length))
            .FirstOrDefault(i => At(old, i) != At(now, i), -1);
        return line < 0 ? null : $"there {At(old, line)}, here {At(now, line)}";

        static string At(string[] lines, int i) => i < lines.Length ? lines[i].Trim().TrimEnd(',') : "nothing";
    }

    private static void WriteWhole(string path, string text)
    {
        string aside = path + ".partial";
        File.WriteAllText(aside, text, new UTF8Encoding(false));
        File.Move(aside, path);
    }
}
