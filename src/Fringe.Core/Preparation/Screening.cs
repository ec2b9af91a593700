using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>What of a stack was not measured, by what it holds, before anything is corrected.</summary>
internal sealed class Screening
{
    // A flat field seldom leaves more than this between a saturated pixel and another.
    private const double Lowered = 0.9;
    private readonly (int Invalid, int Zeroed, List<int> Saturated)[] found;

    private Screening(WorkingStack stack, (int Invalid, int Zeroed, List<int> Saturated)[] found)
    {
        Stack = stack;
        this.found = found;
    }

    /// <summary>Photons, masked where nothing was measured.</summary>
    public WorkingStack Stack { get; }

    /// <summary>Pixels of a frame that hold a code in place of counts.</summary>
    public int GapPixels { get; private init; }

    /// <summary>NaN, infinite or flagged by a negative number, beside those of the gaps.</summary>
    public int InvalidVoxels => found.Sum(frame => frame.Invalid);

    /// <summary>At or above saturation.</summary>
    public int SaturatedVoxels => found.Sum(frame => frame.Saturated.Count);

    /// <summary>Indices of the voxels at or above saturation.</summary>
    public IReadOnlyList<int> Saturated => [.. found.SelectMany(frame => frame.Saturated)];

    /// <summary>Below 0 by noise: they count as 0.</summary>
    public int ZeroedVoxels => found.Sum(frame => frame.Zeroed);

    /// <summary>Standard deviation of the noise about 0; 0 = none.</summary>
    public float Noise { get; private init; }

    /// <summary>Pixels without a photon lie below 0 as a rule: more was subtracted than the dark counts.</summary>
    public bool IsShifted { get; private init; }

    /// <summary>Counts from which on a voxel was taken for saturated; null = none.</summary>
    public double? Saturation { get; private init; }

    /// <summary>That is less than what the file records, for its counts were scaled pixel by pixel.</summary>
    public bool IsLowered { get; private init; }

    /// <summary>Whether nothing at all was measured.</summary>
    public bool IsEmpty => !Stack.Mask.Contains(false);

    /// <summary>Looks through a stack.</summary>
    /// <param name="stack">As read; left as it is.</param>
    /// <param name="measured">Which frames were measured.</param>
    /// <param name="isAmplitude">Its values are squared.</param>
    /// <param name="saturation">Counts from which on a voxel is saturated; null = not known.</param>
    /// <param name="isRecorded">The file records it; nobody asked for it.</param>
    public static Screening Of(
        RealVolume stack,
        bool[] measured,
        bool isAmplitude,
        double? saturation,
        bool isRecorded = false
    )
    {
        bool[] gaps = Preparation.GapPixels.Find(stack, measured);
        SteadyPixels.Find(stack, measured, gaps);
        NegativeValues negative = NegativeValues.Of(stack, measured, gaps);
        float least = negative.Least;
        bool isLowered = saturation is { } recorded && isRecorded && IsScaled(stack, measured, gaps, (float)recorded);
        saturation *= isLowered ? Lowered : 1;
        // Numbers that so many bits end with are saturation for sure; other flat tops are looked for when all masks are known.
        FlatTop? top = isAmplitude
            ? null
            : FlatTop.Find(stack, frame => measured[frame] ? gaps : ReadOnlyMemory<bool>.Empty, saturation);
        double limit = Math.Min(
            saturation ?? double.PositiveInfinity,
            top is { IsCode: true } ? top.Counts : double.PositiveInfinity
        );
        float[] values = new float[stack.Values.Length];
        bool[] mask = new bool[values.Length];
        WorkingStack working = new(values, mask, stack.Depth, stack.Height, stack.Width);
        return new Screening(working, FrameLoop.Of(measured.Length, OfFrame))
        {
            GapPixels = gaps.Count(gap => gap),
            Noise = -least / NegativeValues.FarOff,
            IsShifted = negative.IsShifted,
            Saturation = double.IsFinite(limit) ? limit : null,
            IsLowered = isLowered,
        };

        (int Invalid, int Zeroed, List<int> Saturated) OfFrame(int frame)
        {
            List<int> saturated = [];
            (int invalid, int zeroed) = (0, 0);
            for (int pixel = 0, i = frame * gaps.Length; pixel < gaps.Length; pixel++, i++)
            {
                float value = stack.Values[i];
                if (!measured[frame] || gaps[pixel])
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

    // Counts that reach the limit, and are no whole numbers: a flat field was divided out, and half of those that were saturated lie below it.
    private static bool IsScaled(RealVolume stack, bool[] measured, bool[] gaps, float limit)
    {
        (int Above, int Whole, int Broken)[] found = FrameLoop.Of(measured.Length, OfFrame);
        return found.Any(frame => frame.Above > 0)
            && found.Sum(frame => frame.Broken) > found.Sum(frame => frame.Whole);

        (int Above, int Whole, int Broken) OfFrame(int frame)
        {
            (int above, int whole, int broken) = (0, 0, 0);
            for (int pixel = 0; measured[frame] && pixel < gaps.Length; pixel++)
            {
                float value = stack.Values[(frame * gaps.Length) + pixel];
                if (value >= limit / 2 && float.IsFinite(value) && !gaps[pixel])
                {
                    above += value >= limit ? 1 : 0;
                    whole += float.IsInteger(value) ? 1 : 0;
                    broken += float.IsInteger(value) ? 0 : 1;
                }
            }

            return (above, whole, broken);
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
        int[] invalid = new int[stack.Depth];
        for (int i = 0; i < values.Length; i++)
        {
            float value = stack.Values[i];
            bool isNumber = float.IsFinite(value) && value >= 0;
            invalid[i / pixels] += frames[i / pixels] && !isNumber ? 1 : 0;
            mask[i] = !frames[i / pixels] || !isNumber;
            values[i] =
                mask[i] ? 0
                : isAmplitude ? value * value
                : value;
        }

        WorkingStack working = new(values, mask, stack.Depth, stack.Height, stack.Width);
        return new Screening(working, [.. invalid.Select(voxels => (voxels, 0, new List<int>()))]);
    }

    /// <summary>Counts no voxels of frames that are masked whole.</summary>
    /// <param name="frames">Their indices.</param>
    public void LeaveOut(IEnumerable<int> frames)
    {
        foreach (int frame in frames)
        {
            found[frame] = (0, 0, []);
        }
    }
}
