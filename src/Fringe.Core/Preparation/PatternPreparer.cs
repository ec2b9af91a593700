using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// From a measured stack to a pattern: invalid and saturated voxels masked, detector corrected, hot pixels masked, binned,
/// background removed, peak centred, cropped or padded. All on intensities.
/// </summary>
public static class PatternPreparer
{
    private const string NothingValid = "every voxel is NaN, infinite or negative: nothing was measured";
    private const string NoPhoton =
        "no measured voxel holds a photon (all zeros, or masked): check the dataset, the background, and the mask, in which all but 0 is masked";

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
        (PreparedPattern? prepared, string lack) = TryPrepare(stack, corrections, options, null, cancellation);
        return prepared ?? throw new InputException(lack);
    }

    /// <summary>Prepares a stack of which some frames were measured.</summary>
    /// <param name="stack">Counts as read, or amplitudes; left as it is.</param>
    /// <param name="corrections">Of the detector.</param>
    /// <param name="options">How.</param>
    /// <param name="measured">Which frames were measured; the others are masked; null = all, or as many as the options say.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>The pattern, which belongs to the caller; null, and why, where nothing that was measured holds a photon.</returns>
    /// <exception cref="InputException">The corrections do not fit, or the options cannot be used.</exception>
    public static (PreparedPattern? Prepared, string Lack) TryPrepare(
        RealVolume stack,
        Corrections corrections,
        PreparationOptions options,
        IReadOnlyList<bool>? measured,
        CancellationToken cancellation
    )
    {
        OptionProblem.RequireNone(options.Validate());
        bool[] frames = MeasuredFrames(stack, options, measured);
        double? saturation = options.Saturation ?? (float?)corrections.LargestCount;
        (WorkingStack working, int invalid, int saturated) = MaskInvalid(
            stack,
            frames,
            options.IsAmplitude,
            saturation
        );
        if (invalid == (long)frames.Count(frame => frame) * stack.Height * stack.Width)
        {
            return (null, NothingValid);
        }

        cancellation.ThrowIfCancellationRequested();
        int bad = DetectorCorrection.Apply(working, corrections, options.RoiOrigin);
        if (!HasSignal(working))
        {
            return (null, NoPhoton);
        }

        int hot = options.MaskHotPixels ? HotPixels.Mask(working) : 0;
        cancellation.ThrowIfCancellationRequested();
        working = Binning.Apply(working, options.Bin);
        RemoveBackground(working, options);
        if (!HasSignal(working))
        {
            return (null, NoPhoton);
        }

        cancellation.ThrowIfCancellationRequested();
        int[] peak = PeakFinder.Find(working);
        int[] shape = options.Shape is { } wanted ? [.. wanted] : SignalExtent.Find(working, peak);
        (RealVolume cut, bool[] mask) = CutAbout(working, peak, shape);
        double photons = cut.Values.Sum(value => (double)value);
        double all = working.Intensity.Sum(value => (double)value);
        int[] origin = [.. peak.Zip(shape, (index, length) => index - (length / 2))];
        DiffractionPattern pattern = DiffractionPattern.From(cut, mask, origin);
        double[] oversampling = Autocorrelation.Of(pattern).OversamplingRatio();
        double last = (double)(Array.LastIndexOf(frames, true) + 1) / options.Bin[0];
        PreparationSummary summary = new()
        {
            InputShape = [stack.Depth, stack.Height, stack.Width],
            Peak = peak,
            BadPixels = bad,
            InvalidVoxels = invalid,
            SaturatedVoxels = saturated,
            HotVoxels = hot,
            MaskedFraction = (double)mask.Count(masked => masked) / mask.Length,
            Photons = photons,
            KeptFraction = photons / all,
            BeyondPeakFraction = (last - 1 - peak[0]) / shape[0],
            OversamplingRatio = oversampling,
        };
        return (new PreparedPattern(pattern, summary), "");
    }

    private static bool[] MeasuredFrames(RealVolume stack, PreparationOptions options, IReadOnlyList<bool>? measured)
    {
        if (options.Frames > stack.Depth)
        {
            throw new InputException($"the stack has {stack.Depth} frames; the first {options.Frames} cannot be taken");
        }

        int first = options.Frames ?? stack.Depth;
        return [.. Enumerable.Range(0, stack.Depth).Select(frame => frame < first && measured?[frame] != false)];
    }

    private static (WorkingStack Stack, int Invalid, int Saturated) MaskInvalid(
        RealVolume stack,
        bool[] frames,
        bool isAmplitude,
        double? saturation
    )
    {
        int pixels = stack.Height * stack.Width;
        float[] values = new float[stack.Values.Length];
        bool[] mask = new bool[values.Length];
        int invalid = 0;
        int saturated = 0;
        for (int frame = 0; frame < frames.Length; frame++)
        {
            if (!frames[frame])
            {
                Array.Fill(mask, true, frame * pixels, pixels);
                continue;
            }

            for (int i = frame * pixels; i < (frame + 1) * pixels; i++)
            {
                float value = stack.Values[i];
                bool isInvalid = !float.IsFinite(value) || value < 0;
                bool isSaturated = value >= saturation;
                invalid += isInvalid ? 1 : 0;
                saturated += isSaturated && !isInvalid ? 1 : 0;
                mask[i] = isInvalid || isSaturated;
                values[i] =
                    mask[i] ? 0
                    : isAmplitude ? value * value
                    : value;
            }
        }

        return (new WorkingStack(values, mask, stack.Depth, stack.Height, stack.Width), invalid, saturated);
    }

    private static void RemoveBackground(WorkingStack stack, PreparationOptions options)
    {
        float background = (float)(options.Background ?? 0);
        for (int i = 0; i < stack.Intensity.Length; i++)
        {
            float value = Math.Max(0, stack.Intensity[i] - background);
            stack.Intensity[i] = value < options.Threshold ? 0 : value;
        }
    }

    private static bool HasSignal(WorkingStack stack) => stack.Intensity.Any(value => value > 0);

    // Beyond the data nothing was measured: padding is masked, not zero.
    private static (RealVolume Cut, bool[] Mask) CutAbout(WorkingStack stack, int[] peak, int[] shape)
    {
        float[] values = new float[shape[0] * shape[1] * shape[2]];
        bool[] mask = new bool[values.Length];
        int[] from = [.. peak.Zip(shape, (index, length) => index - (length / 2))];
        for (int i = 0; i < values.Length; i++)
        {
            int z = from[0] + (i / (shape[1] * shape[2]));
            int y = from[1] + (i / shape[2] % shape[1]);
            int x = from[2] + (i % shape[2]);
            bool inside = z >= 0 && z < stack.Depth && y >= 0 && y < stack.Height && x >= 0 && x < stack.Width;
            int source = inside ? (((z * stack.Height) + y) * stack.Width) + x : 0;
            mask[i] = !inside || stack.Mask[source];
            values[i] = mask[i] ? 0 : stack.Intensity[source];
        }

        return (new RealVolume(values, shape[0], shape[1], shape[2]), mask);
    }
}
