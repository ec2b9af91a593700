using Fringe.Core.Tensors;

namespace Fringe.Core.Preparation;

/// <summary>Loops over the frames of a stack, on as many threads as a run may use; what comes out does not depend on how many these are.</summary>
internal static class FrameLoop
{
    /// <summary>Does the work of each frame.</summary>
    /// <param name="count">Frames, or rows of all frames.</param>
    /// <param name="work">Of one, by its index; writes nothing that another one's work reads or writes.</param>
    public static void Run(int count, Action<int> work) => Parallel.For(0, count, ThreadLimit.Options(), work);

    /// <summary>What the work of each frame gives, in order.</summary>
    /// <param name="count">Frames, or rows of all frames.</param>
    /// <param name="work">Of one, by its index; writes nothing that another one's work reads or writes.</param>
    public static T[] Of<T>(int count, Func<int, T> work)
    {
        T[] results = new T[count];
        Run(count, i => results[i] = work(i));
        return results;
    }
}
