namespace Fringe.Benchmarks;

/// <summary>Peak resident memory of this process (Linux).</summary>
internal static class ProcessMemory
{
    /// <summary>Starts a new peak from what is resident now.</summary>
    public static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>The peak since then, GiB.</summary>
    public static double PeakGibibytes()
    {
        string line = File.ReadLines("/proc/self/status")
            .First(text => text.StartsWith("VmHWM", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / (1024 * 1024);
    }
}
