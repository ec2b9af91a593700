using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>How to read an array.</summary>
public sealed record ReadOptions
{
    /// <summary>HDF5 path or NPZ array name; null lets the file's own markers or the largest array decide.</summary>
    public string? Dataset { get; init; }

    /// <summary>
    /// Largest need in bytes that is accepted; an array that needs more is refused before anything is allocated. Null
    /// takes the memory available to the process.
    /// </summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>
    /// Bytes as float32 up to which a stack is read whole; a larger one is read through the part of the detector that its peak lights up, where its format can be read in
    /// parts, and that part holds no more.
    /// </summary>
    public long LargestWholeBytes { get; init; } = 1L << 30;

    /// <summary>Fraction read, 0 to 1; null for no reports.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <exception cref="InputException">An option is out of range; the message names every one.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (MemoryLimitBytes <= 0)
        {
            problems.Add($"the memory limit is {MemoryLimitBytes} bytes; it must be above 0");
        }

        if (LargestWholeBytes <= 0)
        {
            problems.Add($"the largest whole stack is {LargestWholeBytes} bytes; it must be above 0");
        }

        if (Dataset is not null && string.IsNullOrWhiteSpace(Dataset))
        {
            problems.Add("the dataset name is empty; leave it out to let the file decide");
        }

        if (problems.Count > 0)
        {
            throw new InputException(string.Join("; ", problems));
        }
    }

    internal long EffectiveMemoryLimitBytes => MemoryLimitBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
