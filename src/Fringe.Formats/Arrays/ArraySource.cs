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

    /// <summary>The bits of a mask's numbers that mark nothing bad; none, as a rule.</summary>
    /// <param name="mask">An array of this file.</param>
    public virtual uint HarmlessMaskBits(StoredArray mask) => 0;

    /// <summary>Reads the whole array as float32 in C order.</summary>
    public abstract void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    );

    /// <summary>Frames that are best read at once, as they are packed together; null where blocks cannot be read by themselves.</summary>
    /// <param name="array">A stack of this file.</param>
    public virtual long? FramesAtOnce(StoredArray array) => null;

    /// <summary>Reads a block of a stack as float32 in C order, where <see cref="FramesAtOnce"/> says that it can be.</summary>
    /// <param name="array">A stack of this file.</param>
    /// <param name="block">Within the stack.</param>
    /// <param name="destination">Of the block's size.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public virtual void ReadBlock(
        StoredArray array,
        StackBlock block,
        Memory<float> destination,
        CancellationToken cancellation
    ) => throw new NotSupportedException("this format is read whole");

    public abstract void Dispose();
}
