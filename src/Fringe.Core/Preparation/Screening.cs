using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>What of a stack was not measured, by what it holds, before anything is corrected.</summary>
internal sealed class Screening
{
    private Screening(WorkingStack stack, FrameFaults faults)
    {
        Stack = stack;
        Faults = faults;
    }

    /// <summary>Photons, masked where nothing was measured.</summary>
    public WorkingStack Stack { get; }

    /// <summary>Frames that are masked whole.</summary>
    public FrameFaults Faults { get; }

    /// <summary>Pixels of a frame that hold a code in place of counts.</summary>
    public int GapPixels { get; private init; }

    /// <summary>NaN, infinite or flagged by a negative number, beside those of the gaps.</summary>
    public int InvalidVoxels { get; private init; }

    /// <summary>At or above saturation.</summary>
    public int SaturatedVoxels => Saturated.Count;

    /// <summary>Indices of the voxels at or above saturation.</summary>
    public IReadOnlyList<int> Saturated { get; private init; } = [];

    /// <summary>Below 0 by noise: they count as 0.</summary>
    public int ZeroedVoxels { get; private init; }

    /// <summary>Whether nothing at all was measured.</summary>
    public bool IsEmpty => !Stack.Mask.Contains(false);

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read; left as it is.</param>
    /// <param name="measured">Which frames were measured.</param>
    /// <param name="isAmplitude">Its values are squared.</param>
    /// <param name="saturation">Counts from which on a voxel is saturated; null = not known.</param>
    public static Screening Of(RealVolume stack, bool[] measured, bool isAmplitude, double? saturation)
    {
        bool[] gaps = Preparation.GapPixels.Find(stack, measured);
        FrameFaults faults = FrameFaults.Find(stack, measured, gaps);
        bool[] frames =
        [
            .. measured.Select(
                (kept, frame) => kept && !faults.Lost.Contains(frame) && !faults.Repeated.Contains(frame)
            ),
        ];
        float least = NegativeValues.LeastNoise(stack, frames, gaps);
        // Numbers that so many bits end with are saturation for sure; other flat tops are looked for when all masks are known.
        FlatTop? top = isAmplitude
            ? null
            : FlatTop.Find(stack, frame => frames[frame] ? gaps : ReadOnlyMemory<bool>.Empty, saturation);
        double limit = Math.Min(
            saturation ?? double.PositiveInfinity,
            top is { IsCode: true } ? top.Counts : double.PositiveInfinity
        );
        float[] values = new float[stack.Values.Length];
        bool[] mask = new bool[values.Length];
        (int Invalid, int Zeroed, List<int> Saturated)[] found = FrameLoop.Of(frames.Length, OfFrame);
        return new Screening(new WorkingStack(values, mask, stack.Depth, stack.Height, stack.Width), faults)
        {
            GapPixels = gaps.Count(gap => gap),
            InvalidVoxels = found.Sum(frame => frame.Invalid),
            Saturated = [.. found.SelectMany(frame => frame.Saturated)],
            ZeroedVoxels = found.Sum(frame => frame.Zeroed),
        };

        (int Invalid, int Zeroed, List<int> Saturated) OfFrame(int frame)
        {
            List<int> saturated = [];
            (int invalid, int zeroed) = (0, 0);
            for (int pixel = 0, i = frame * gaps.Length; pixel < gaps.Length; pixel++, i++)
            {
                float value = stack.Values[i];
                if (!frames[frame] || gaps[pixel])
                {
                    mask[i] = true;
                }
                else if (!float.IsFinite(value) || value < least)
                {
                    mask[i] = true;
                    invalid++;
                }
                else if (value >= limit)
                {
                    mask[i] = true;
                    saturated.Add(i);
                }
                else if (value < 0)
                {
                    zeroed++;
                }
                else
                {
                    values[i] = isAmplitude ? value * value : value;
                }
            }

            return (invalid, zeroed, saturated);
        }
    }

    /// <summary>Takes a pattern that was prepared before as it is: what is no number, or below 0, was not measured.</summary>
    /// <param name="stack">As read; left as it is.</param>
    /// <param name="frames">Which were measured.</param>
    /// <param name="isAmplitude">Its values are squared.</param>
    public static Screening OfPrepared(RealVolume stack, bool[] frames, bool isAmplitude)
    {
        int pixels = stack.Height * stack.Width;
        float[] values = new float[stack.Values.Length];
        bool[] mask = new bool[values.Length];
        int invalid = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = stack.Values[i];
            bool isNumber = float.IsFinite(value) && value >= 0;
            invalid += frames[i / pixels] && !isNumber ? 1 : 0;
            mask[i] = !frames[i / pixels] || !isNumber;
            values[i] =
                mask[i] ? 0
                : isAmplitude ? value * value
                : value;
        }

        WorkingStack working = new(values, mask, stack.Depth, stack.Height, stack.Width);
        return new Screening(working, new FrameFaults([], [])) { InvalidVoxels = invalid };
    }
}
