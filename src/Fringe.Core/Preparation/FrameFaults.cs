using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>Frames that cannot have been measured: dark among frames that hold much, or another frame bit for bit, which photon noise never gives.</summary>
/// <param name="Lost">Without a count, or with no more than hot pixels and noise.</param>
/// <param name="Repeated">The same as an earlier one.</param>
internal sealed record FrameFaults(IReadOnlyList<int> Lost, IReadOnlyList<int> Repeated)
{
    /// <summary>Parts that hold nothing in some frames only, as of a module that was not read.</summary>
    public IReadOnlyList<LostPart> Parts { get; init; } = [];

    /// <summary>Frames with the image of those about them, many times weaker: not masked.</summary>
    public IReadOnlyList<int> Weak { get; init; } = [];

    /// <summary>Lost and repeated ones.</summary>
    public IReadOnlyList<int> All => [.. Lost, .. Repeated];

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read.</param>
    /// <param name="cleaned">With all pixels masked that are known not to measure; left as it is.</param>
    /// <param name="frames">Which were measured.</param>
    /// <param name="noise">Standard deviation of values about 0; 0 = none.</param>
    public static FrameFaults Find(RealVolume stack, WorkingStack cleaned, IReadOnlyList<bool> frames, float noise)
    {
        int[] measured = [.. Enumerable.Range(0, stack.Depth).Where(frame => frames[frame])];
        bool[] hidden = HiddenIn(cleaned, measured);
        int[] empty = EmptyFrames.Find(stack, measured, hidden);
        (int[] dark, int[] weak) = DarkFrames.Find(stack, cleaned, [.. measured.Except(empty)], hidden);
        int[] lost = [.. empty.Concat(dark).Order()];
        int[] kept = [.. measured.Except(lost)];
        return new FrameFaults(lost, RepeatedFrames.Find(stack, kept, hidden))
        {
            Parts = LostPart.Find(stack, cleaned, kept, hidden, noise),
            Weak = weak,
        };
    }

    /// <summary>Masks them.</summary>
    /// <param name="stack">Changed.</param>
    public void MaskIn(WorkingStack stack)
    {
        int pixels = stack.Height * stack.Width;
        foreach (int frame in All)
        {
            stack.Mask.AsSpan(frame * pixels, pixels).Fill(true);
            stack.Intensity.AsSpan(frame * pixels, pixels).Clear();
        }

        foreach (LostPart part in Parts)
        {
            part.MaskIn(stack);
        }
    }

    // In most frames.
    private static bool[] HiddenIn(WorkingStack stack, int[] measured)
    {
        int pixels = stack.Height * stack.Width;
        bool[] hidden = new bool[pixels];
        FrameLoop.Run(
            stack.Height,
            row =>
            {
                int[] masked = new int[stack.Width];
                foreach (int frame in measured)
                {
                    int start = (frame * pixels) + (row * stack.Width);
                    for (int column = 0; column < stack.Width; column++)
                    {
                        masked[column] += stack.Mask[start + column] ? 1 : 0;
                    }
                }

                for (int column = 0; column < stack.Width; column++)
                {
                    hidden[(row * stack.Width) + column] = 2 * masked[column] > measured.Length;
                }
            }
        );
        return hidden;
    }
}
