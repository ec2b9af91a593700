using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>A stack with the detector's faults taken out, before it is binned and cut: whatever was not measured is masked.</summary>
internal sealed class CleanedStack
{
    private const string NothingValid =
        "every voxel is NaN, infinite, negative, saturated or a detector's code: nothing was measured";

    /// <summary>What is said where no photon is left.</summary>
    public const string NoPhoton =
        "no measured voxel holds a photon (all zeros, or masked): check the dataset, the background, and the mask, in which all but 0 is masked";

    private CleanedStack(Screening screening) => Screening = screening;

    /// <summary>Photons.</summary>
    public WorkingStack Stack => Screening.Stack;

    /// <summary>What it held before anything was corrected.</summary>
    public Screening Screening { get; }

    /// <summary>Frames, and parts of them, that are masked for what they hold.</summary>
    public required FrameFaults Faults { get; init; }

    /// <summary>Which frames were to be taken, lost ones among them.</summary>
    public required bool[] Frames { get; init; }

    /// <summary>Of a pattern that was prepared before: place of its first voxel; null = frames as they were measured.</summary>
    public required IReadOnlyList<int>? PreparedOrigin { get; init; }

    /// <summary>Counts from which on a voxel was saturated; null = none.</summary>
    public required double? Saturation { get; init; }

    /// <summary>What dark, flat field and masks mask.</summary>
    public required CorrectedPixels Corrected { get; init; }

    /// <summary>Single bright pixels.</summary>
    public required int HotVoxels { get; init; }

    /// <summary>Voxels below 0 that had wrapped round in a type without a sign.</summary>
    public required int WrappedVoxels { get; init; }

    /// <summary>Indices of voxels that hold little and are enclosed by far brighter ones.</summary>
    public required IReadOnlyList<int> Craters { get; init; }

    /// <summary>Rows or columns that are bright from end to end; null = none.</summary>
    public required BrightBand? BrightBand { get; init; }

    /// <summary>Voxels that look saturated and are not masked; null = none.</summary>
    public required FlatTop? FlatTop { get; init; }

    /// <summary>Frames that were taken and are neither lost nor repeated.</summary>
    public int MeasuredFrames => Frames.Count(frame => frame) - Faults.Lost.Count - Faults.Repeated.Count;

    /// <param name="stack">As read; left as it is.</param>
    /// <param name="corrections">Of the detector.</param>
    /// <param name="options">Valid.</param>
    /// <param name="part">What of the scan and its detector the stack holds.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>null, and why, where nothing that was measured holds a photon.</returns>
    /// <exception cref="InputException">The corrections do not fit, or there are too few frames.</exception>
    public static (CleanedStack? Cleaned, string Lack) Of(
        RealVolume stack,
        Corrections corrections,
        PreparationOptions options,
        MeasuredPart part,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<int>? origin = part.PreparedOrigin ?? (options.IsPrepared ? [0, 0, 0] : null);
        bool[] frames = MeasuredOf(stack, options, part.Frames);
        (RealVolume? signed, int wrapped) = origin is null ? WrappedCounts.Unwrapped(stack, frames) : (null, 0);
        stack = signed ?? stack;
        double? saturation =
            options.Saturation ?? LeastOf(corrections.RecordedSaturation, (float?)corrections.LargestCount);
        Screening screening = origin is null
            ? Screening.Of(
                stack,
                frames,
                options.IsAmplitude,
                saturation,
                options.Saturation is null && saturation == corrections.RecordedSaturation
            )
            : Screening.OfPrepared(stack, frames, options.IsAmplitude);
        if (screening.IsEmpty)
        {
            return (null, NothingValid);
        }

        cancellation.ThrowIfCancellationRequested();
        CorrectedPixels corrected = DetectorCorrection.Apply(
            screening.Stack,
            corrections,
            options.RoiOrigin,
            part.Region
        );
        if (!screening.Stack.HasSignal)
        {
            return (null, NoPhoton);
        }

        // What hides pixels must be known before frames are compared by what the others hold.
        FrameFaults faults = origin is null
            ? FrameFaults.Find(stack, screening.Stack, frames, screening.Noise)
            : new FrameFaults([], []);
        faults.MaskIn(screening.Stack);
        screening.LeaveOut(faults.All);
        if (!screening.Stack.HasSignal)
        {
            return (null, NoPhoton);
        }

        cancellation.ThrowIfCancellationRequested();
        int hot = options.MaskHotPixels && origin is null ? HotPixels.Mask(screening.Stack) : 0;
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<int> craters = origin is null ? Preparation.Craters.Mask(screening.Stack) : [];
        if (!screening.Stack.HasSignal)
        {
            return (null, NoPhoton);
        }

        CleanedStack cleaned = new(screening)
        {
            WrappedVoxels = wrapped,
            Craters = craters,
            BrightBand = origin is null ? Preparation.BrightBand.Find(screening.Stack) : null,
            Faults = faults,
            Frames = origin is null ? frames : WithCounts(screening.Stack, frames),
            PreparedOrigin = origin,
            Saturation = origin is null ? screening.Saturation : null,
            Corrected = corrected,
            HotVoxels = hot,
            FlatTop =
                origin is null && !options.IsAmplitude
                    ? FlatTop.Find(stack, frame => screening.Stack.MaskOf(frame))
                    : null,
        };
        return (cleaned, "");
    }

    private static bool[] MeasuredOf(RealVolume stack, PreparationOptions options, IReadOnlyList<bool>? measured)
    {
        if (options.Frames > stack.Depth)
        {
            throw new InputException($"the stack has {stack.Depth} frames; the first {options.Frames} cannot be taken");
        }

        int first = options.Frames ?? stack.Depth;
        return [.. Enumerable.Range(0, stack.Depth).Select(frame => frame < first && measured?[frame] != false)];
    }

    // Of a prepared pattern whole frames may lie beyond the data.
    private static bool[] WithCounts(WorkingStack stack, bool[] frames)
    {
        int pixels = stack.Height * stack.Width;
        return [.. frames.Select((taken, frame) => taken && stack.Mask.AsSpan(frame * pixels, pixels).Contains(false))];
    }

    private static double? LeastOf(double? one, double? other) =>
        one is { } && other is { } ? Math.Min(one.Value, other.Value) : one ?? other;
}
