using System.Globalization;

namespace Fringe.Simulation.TrainingSet;

/// <summary>
/// <c>crystals.csv</c>: a line for every crystal and every failed LAMMPS run, as it ends. It tells what happened when; the
/// crystals do not depend on it.
/// </summary>
internal sealed class SimulationLog : IDisposable
{
    public const string FileName = "crystals.csv";
    private const string Header = "finished,index,attempt,outcome,atoms,lammps_seconds,other_seconds,reason";

    private readonly StreamWriter writer;
    private readonly TimeProvider time;

    public SimulationLog(string folder, TimeProvider time)
    {
        this.time = time;
        string path = Path.Combine(folder, FileName);
        bool isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        writer = new StreamWriter(path, append: true) { AutoFlush = true };
        if (isNew)
        {
            writer.WriteLine(Header);
        }
    }

    /// <summary>Adds a line; callers take turns.</summary>
    public void Add(
        int index,
        int attempt,
        string outcome,
        int atoms,
        TimeSpan lammps,
        TimeSpan other,
        string reason = ""
    )
    {
        string quoted = $"\"{reason.Replace("\"", "'", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ},{index},{attempt},{outcome},{atoms},{lammps.TotalSeconds:F3},{other.TotalSeconds:F3},{quoted}"
            )
        );
    }

    public void Dispose() => writer.Dispose();
}
