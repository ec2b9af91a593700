using System.Diagnostics;
using System.Globalization;
using Fringe.Core.Preparation;
using Fringe.Imaging;
using Spectre.Console;

namespace Fringe.Benchmarks;

/// <summary>
/// A scan of 8 GB, packed, read through its region of interest, in turn with h5py; and what a user waits for who looks at it. The file is in the system's cache.
/// </summary>
internal static class ReadingTable
{
    private const int Rounds = 5;

    /// <param name="results">Folder of the tables.</param>
    public static void Run(string results)
    {
        string checkout = Path.GetFullPath(Path.Combine(results, "..", ".."));
        string script = Path.Combine(checkout, "bench", "Fringe.Benchmarks", "reading.py");
        string program = Path.Combine(checkout, "src", "Fringe.App", "bin", "Release", "net10.0", "fringe.dll");
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("fringe-reading");
        string scan = Path.Combine(scratch.FullName, "scan.h5");
        string picture = Path.Combine(scratch.FullName, "picture.png");
        try
        {
            Start("python3", script, "make", scan);
            DetectorRegion region = new MeasurementSource { Input = scan }
                .Read()
                .Region!;
            string[] part =
            [
                .. new[] { region.Origin.Row, region.Origin.Column, region.Size.Height, region.Size.Width }.Select(
                    number => number.ToString(CultureInfo.InvariantCulture)
                ),
            ];
            (string Name, Func<Reading> Take)[] kinds =
            [
                (
                    "Fringe: finds the region and reads it",
                    () => Parsed(Start(Environment.ProcessPath!, "reading-once", scan))
                ),
                (
                    "h5py: the same region, known to it",
                    () => Parsed(Start("python3", [script, "region", scan, .. part]))
                ),
                ("h5py: whole frames, one after another", () => Parsed(Start("python3", script, "frames", scan))),
                ("`fringe inspect` (whole process)", () => Whole("dotnet", program, "inspect", scan)),
                (
                    "`fringe inspect --picture` (whole process)",
                    () => Whole("dotnet", program, "inspect", scan, "--picture", picture, "--force")
                ),
            ];
            List<Reading>[] taken = [.. kinds.Select(_ => new List<Reading>())];
            // The first round fills the system's cache.
            for (int round = 0; round <= Rounds; round++)
            {
                foreach ((int i, (string _, Func<Reading> take)) in kinds.Index())
                {
                    Reading reading = take();
                    taken[i].AddRange(round == 0 ? [] : [reading]);
                }
            }

            double ratio = Median(taken[0], reading => reading.Seconds) / Median(taken[1], reading => reading.Seconds);
            string[] rows = [.. kinds.Zip(taken).Select(pair => Row(pair.First.Name, pair.Second))];
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                # Reading a scan that is larger than it need be

                `dotnet run --project bench/Fringe.Benchmarks -c Release -- reading`, after `dotnet build -c Release`: 2000 frames of 1024 x 1024, uint32, bitshuffle and LZ4, a chunk a frame
                (8.4 GB unpacked, {new FileInfo(scan).Length
                    >> 20} MB packed), on {Environment.ProcessorCount} cores, the file in the system's cache. The region is {region.Size.Height} x {region.Size.Width} pixels. Median of {Rounds} in
                turn (least to most), each in a process of its own. h5py reads with libhdf5 and its plugin (bench/Fringe.Benchmarks/reading.py).

                | | seconds | peak memory, MB |
                |---|---|---|
                {string.Join('\n', rows)}

                Fringe's reading over h5py's of the same region: **{ratio:F2}**. What `--picture` adds is the preparation of {2000L
                    * region.Size.Height
                    * region.Size.Width
                    / 1e6:F0} million voxels.
                """
            );
            AnsiConsole.WriteLine(text);
            File.WriteAllText(Path.Combine(results, "reading.md"), text + "\n");
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>Reads a scan in this process and prints how long that took, and its memory.</summary>
    /// <param name="scan">Path.</param>
    public static void RunOnce(string scan)
    {
        long begin = Stopwatch.GetTimestamp();
        Measurement measurement = new MeasurementSource { Input = scan }.Read();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        GC.KeepAlive(measurement);
        double peak = ProcessMemory.PeakGibibytes() * 1024;
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {peak}"));
    }

    private static string Row(string name, List<Reading> taken) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Median(taken, one => one.Seconds):F2} ({taken.Min(one => one.Seconds):F2} to {taken.Max(one => one.Seconds):F2}) | {Median(taken, one => one.PeakMegabytes):F0} |"
        );

    private static double Median(List<Reading> taken, Func<Reading, double> value) =>
        taken.Select(value).Order().ElementAt(taken.Count / 2);

    private static Reading Parsed(string output)
    {
        double[] numbers = [.. output.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return new Reading(numbers[0], numbers[1]);
    }

    // Through GNU time, which knows the peak of a process that has ended.
    private static Reading Whole(string program, params string[] arguments)
    {
        string report = Path.GetTempFileName();
        try
        {
            Start("/usr/bin/time", ["--format", "%e %M", "--output", report, program, .. arguments]);
            Reading reading = Parsed(File.ReadAllText(report));
            return reading with { PeakMegabytes = reading.PeakMegabytes / 1024 };
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static string Start(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }
        )!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit {process.ExitCode}");
    }

    private sealed record Reading(double Seconds, double PeakMegabytes);
}
