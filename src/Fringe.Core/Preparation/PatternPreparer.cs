using Fringe.Core.Diffraction;
using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// From a measured stack to a pattern: invalid and saturated voxels masked, detector corrected, hot pixels masked, binned,
/// background removed, peak centred, cropped or padded. All on intensities.
/// </summary>
public static class PatternPreparer
{
    /// <summary>Prepares a whole stack.</summary>
    /// <param name="stack">Counts as read, or amplitudes; left as it is.</param>
    /// <param name="corrections">Of the detector.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>Belongs to the caller.</returns>
    /// <exception cref="InputException">Nothing measured is left, the corrections do not fit, or the options cannot be used.</exception>
    public static PreparedPattern Prepare(
        RealVolume stack,
        Corrections corrections,
        PreparationOptions options,
        CancellationToken cancellation
    )
    {
        (PreparedPattern? prepared, string lack) = TryPrepare(stack, corrections, options, new(), cancellation);
        return prepared ?? throw new InputException(lack);
    }

    /// <summary>Prepares a stack of which more is known than its counts.</summary>
    /// <param name="stack">Counts as read, or amplitudes; left as it is.</param>
    /// <param name="corrections">Of the detector.</param>
    /// <param name="options">How.</param>
    /// <param name="part">What of the scan and its detector the stack holds.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>The pattern, which belongs to the caller; null, and why, where nothing that was measured holds a photon.</returns>
    /// <exception cref="InputException">The corrections do not fit, or the options cannot be used.</exception>
    public static (PreparedPattern? Prepared, string Lack) TryPrepare(
        RealVolume stack,
        Corrections corrections,
        PreparationOptions options,
        MeasuredPart part,
        CancellationToken cancellation
    )
    {
        OptionProblem.RequireNone(options.Validate());
        (CleanedStack? cleaned, string lack) = CleanedStack.Of(stack, corrections, options, part, cancellation);
        return cleaned is null ? (null, lack) : Finish(cleaned, options, part.Region, cancellation);
    }

    /// <summary>Looks at a stack without phasing it: what would be done to it, and what it looks like then.</summary>
    /// <param name="stack">Counts as read, or amplitudes; left as it is.</param>
    /// <param name="corrections">Of the detector.</param>
    /// <param name="options">How it would be prepared.</param>
    /// <param name="part">What of the scan and its detector the stack holds.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="InputException">Nothing measured is left, the corrections do not fit, or the options cannot be used.</exception>
    public static (PreparationSummary Summary, StackPreview Preview) Preview(
        RealVolume stack,
        Corrections corrections,
        PreparationOptions options,
        MeasuredPart part,
        CancellationToken cancellation
    )
    {
        OptionProblem.RequireNone(options.Validate());
        (CleanedStack? cleaned, string lack) = CleanedStack.Of(stack, corrections, options, part, cancellation);
        StackPreview preview = cleaned is null
            ? throw new InputException(lack)
            : StackPreview.Of(cleaned.Stack, cleaned.Frames);
        (PreparedPattern? prepared, lack) = Finish(cleaned, options, part.Region, cancellation);
        using PreparedPattern whole = prepared ?? throw new InputException(lack);
        return (whole.Summary, preview);
    }

    private static (PreparedPattern? Prepared, string Lack) Finish(
        CleanedStack cleaned,
        PreparationOptions options,
        DetectorRegion? region,
        CancellationToken cancellation
    )
    {
        Screening screening = cleaned.Screening;
        WorkingStack working = cleaned.Stack;
        int[] read = working.Shape;
        (int height, int width) = region?.FrameSize ?? (read[1], read[2]);
        PixelIndex first = region?.Origin ?? default;
        WorkingStack? filled = PeakSearch.Filled(working, [.. screening.Saturated, .. cleaned.Craters], cleaned.Faults);
        working = Binned(working, options);
        if (!working.HasSignal)
        {
            return (null, CleanedStack.NoPhoton);
        }

        cancellation.ThrowIfCancellationRequested();
        int[] peak = cleaned.PreparedOrigin is null
            ? PeakFinder.Find(filled is null ? working : Binned(filled, options))
            : [.. read.Zip(options.Bin, (length, factor) => length / 2 / factor)];
        int[] shape =
            options.Shape is { } wanted ? [.. wanted]
            : cleaned.PreparedOrigin is null ? SignalExtent.Find(working, peak)
            : working.Shape;
        (RealVolume cut, bool[] mask) = CutAbout(working, peak, shape);
        double photons = new WorkingStack(cut.Values, mask, cut.Depth, cut.Height, cut.Width).PhotonsOfFrames().Sum();
        double all = working.PhotonsOfFrames().Sum();
        // In the detector's frames, whatever part of them was read.
        int[] place = [peak[0], peak[1] + (first.Row / options.Bin[1]), peak[2] + (first.Column / options.Bin[2])];
        int[] before =
        [
            .. (cleaned.PreparedOrigin ?? [0, 0, 0]).Zip(
                options.Bin,
                (index, factor) => (int)Math.Floor((double)index / factor)
            ),
        ];
        int[] origin =
        [
            .. place.Zip(shape, (index, length) => index - (length / 2)).Zip(before, (index, offset) => index + offset),
        ];
        DiffractionPattern pattern = DiffractionPattern.From(cut, mask, origin);
        double[] oversampling = Autocorrelation.Of(pattern).OversamplingRatio();
        double last = (double)(Array.LastIndexOf(cleaned.Frames, true) + 1) / options.Bin[0];
        PreparationSummary summary = new()
        {
            InputShape = [read[0], height, width],
            IsPrepared = cleaned.PreparedOrigin is not null,
            Peak = place,
            BadPixels = cleaned.Corrected.Bad,
            RecordedMaskPixels = cleaned.Corrected.Recorded,
            DetectorPixels = cleaned.Corrected.Layout.Pixels,
            DetectorDoubt = cleaned.Corrected.Layout.Doubt,
            GapPixels = screening.GapPixels,
            LostFrames = cleaned.Faults.Lost,
            RepeatedFrames = cleaned.Faults.Repeated,
            LostParts = [.. cleaned.Faults.Parts.Select(part => part.Frame).Distinct()],
            WeakFrames = cleaned.Faults.Weak,
            MeasuredFrames = cleaned.MeasuredFrames,
            ZeroedVoxels = screening.ZeroedVoxels,
            WrappedVoxels = cleaned.WrappedVoxels,
            IsShifted = screening.IsShifted,
            Saturation = cleaned.Saturation,
            IsSaturationLowered = screening.IsLowered,
            FlatTop = cleaned.FlatTop,
            InvalidVoxels = screening.InvalidVoxels,
            SaturatedVoxels = screening.SaturatedVoxels,
            HotVoxels = cleaned.HotVoxels,
            CraterVoxels = cleaned.Craters.Count,
            BrightBand = cleaned.BrightBand,
            MaskedFraction = (double)mask.Count(masked => masked) / mask.Length,
            Photons = photons,
            KeptFraction = photons / all,
            BeyondPeakFraction = (last - 1 - peak[0]) / shape[0],
            OversamplingRatio = oversampling,
        };
        return (new PreparedPattern(pattern, summary), "");
    }

    private static WorkingStack Binned(WorkingStack stack, PreparationOptions options)
    {
        WorkingStack binned = Binning.Apply(stack, options.Bin);
        RemoveBackground(binned, options);
        return binned;
    }

    private static void RemoveBackground(WorkingStack stack, PreparationOptions options)
    {
        if (options is { Background: null or 0, Threshold: 0 })
        {
            return;
        }

        float background = (float)(options.Background ?? 0);
        for (int i = 0; i < stack.Intensity.Length; i++)
        {
            float value = Math.Max(0, stack.Intensity[i] - background);
            stack.Intensity[i] = value < options.Threshold ? 0 : value;
        }
    }

    // Beyond the data nothing was measured: padding is masked, not zero.
    private static (RealVolume Cut, bool[] Mask) CutAbout(WorkingStack stack, int[] peak, int[] shape)
    {
        float[] values = new float[shape[0] * shape[1] * shape[2]];
        bool[] mask = new bool[values.Length];
        int[] from = [.. peak.Zip(shape, (index, length) => index - (length / 2))];
        FrameLoop.Run(
            shape[0],
            frame =>
            {
                int z = from[0] + frame;
                for (int row = 0; row < shape[1]; row++)
                {
                    int y = from[1] + row;
                    bool isRowInside = z >= 0 && z < stack.Depth && y >= 0 && y < stack.Height;
                    for (int column = 0, i = ((frame * shape[1]) + row) * shape[2]; column < shape[2]; column++, i++)
                    {
                        int x = from[2] + column;
                        bool isInside = isRowInside && x >= 0 && x < stack.Width;
                        int source = isInside ? (((z * stack.Height) + y) * stack.Width) + x : 0;
                        mask[i] = !isInside || stack.Mask[source];
                        values[i] = mask[i] ? 0 : stack.Intensity[source];
                    }
                }
            }
        );
        return (new RealVolume(values, shape[0], shape[1], shape[2]), mask);
    }
}
