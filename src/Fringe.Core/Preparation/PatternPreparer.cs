using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// From a measured stack to a pattern: invalid and saturated voxels masked, detector corrected, hot pixels masked, binned,
/// background removed, peak centred, cropped or padded. All on intensities.
/// </summary>
public static class PatternPreparer
{
    private const string NothingValid =
        "every voxel is NaN, infinite, negative, saturated or a detector's code: nothing was measured";
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
        double? saturation =
            options.Saturation ?? LeastOf(corrections.RecordedSaturation, (float?)corrections.LargestCount);
        Screening screening = Screening.Of(stack, frames, options.IsAmplitude, saturation);
        if (screening.IsEmpty)
        {
            return (null, NothingValid);
        }

        cancellation.ThrowIfCancellationRequested();
        WorkingStack working = screening.Stack;
        CorrectedPixels corrected = DetectorCorrection.Apply(working, corrections, options.RoiOrigin);
        if (!HasSignal(working))
        {
            return (null, NoPhoton);
        }

        int hot = options.MaskHotPixels ? HotPixels.Mask(working) : 0;
        cancellation.ThrowIfCancellationRequested();
        WorkingStack? filled =
            screening.SaturatedVoxels == 0 ? null : Binned(working.WithBrightest(screening.Saturated), options);
        working = Binned(working, options);
        if (!HasSignal(working))
        {
            return (null, NoPhoton);
        }

        cancellation.ThrowIfCancellationRequested();
        // Saturated voxels are the peak's brightest.
        int[] peak = PeakFinder.Find(filled ?? working);
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
            BadPixels = corrected.Bad,
            RecordedMaskPixels = corrected.Recorded,
            GapPixels = screening.GapPixels,
            LostFrames = screening.Faults.Lost,
            RepeatedFrames = screening.Faults.Repeated,
            MeasuredFrames =
                frames.Count(frame => frame) - screening.Faults.Lost.Count - screening.Faults.Repeated.Count,
            ZeroedVoxels = screening.ZeroedVoxels,
            Saturation = saturation,
            FlatTop = screening.FlatTop,
            InvalidVoxels = screening.InvalidVoxels,
            SaturatedVoxels = screening.SaturatedVoxels,
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

    private static double? LeastOf(double? one, double? other) =>
        one is { } && other is { } ? Math.Min(one.Value, other.Value) : one ?? other;

    private static WorkingStack Binned(WorkingStack stack, PreparationOptions options)
    {
        WorkingStack binned = Binning.Apply(stack, options.Bin);
        RemoveBackground(binned, options);
        return binned;
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
