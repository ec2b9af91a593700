using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>An open file (or series of frames) of one format. Errors are <see cref="InputException"/> only.</summary>
internal abstract class ArraySource : IDisposable
{
    /// <summary>What the headers say.</summary>
    public abstract FileDescription Describe();

    /// <summary>Finds the array to read: <paramref name="dataset"/>, or the one that the file itself puts forward.</summary>
    /// <param name="dataset">Name to look for, or null.</param>
    /// <param name="role">What it is wanted for, where the file does not say which.</param>
    /// <exception cref="InputException">No such array, not a real one, or several equally good.</exception>
    public abstract StoredArray Select(string? dataset, ArrayRole role);

    /// <summary>What the file says of an array beside its values; nothing, as a rule.</summary>
    /// <param name="array">A stack of this file.</param>
    public virtual ArrayCompanions CompanionsOf(StoredArray array) => new();

    /// <summary>Reads the whole array as float32 in C order.</summary>
    public abstract void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    );

    public abstract void Dispose();
}
