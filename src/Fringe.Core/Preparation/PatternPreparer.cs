using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>
/// From a measured stack to a pattern: invalid and saturated voxels masked, detector corrected, hot pixels masked, binned,
/// background removed, peak centred, cropped or padded. All on intensities.
/// </summary>
public static class PatternPreparer
{
    /// <param name="stack">Counts as read, or amplitudes; left as it is.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>Belongs to the caller.</returns>
    /// <exception cref="InputException">Nothing measured is left, or the corrections do not fit.</exception>
    public static PreparedPattern Prepare(RealVolume stack, PreparationOptions options, CancellationToken cancellation)
    {
        (WorkingStack working, int invalid, int saturated) = MaskInvalid(stack, options);
        cancellation.ThrowIfCancellationRequested();
        int bad = DetectorCorrection.Apply(working, options);
        RequireSignal(working);
        int hot = options.MaskHotPixels ? HotPixels.Mask(working) : 0;
        cancellation.ThrowIfCancellationRequested();
        working = Binning.Apply(working, options.Bin);
        RemoveBackground(working, options);
        RequireSignal(working);
        cancellation.ThrowIfCancellationRequested();
        int[] peak = PeakFinder.Find(working);
        int[] shape = options.Shape is { } wanted ? [.. wanted] : SignalExtent.Find(working, peak);
        (RealVolume cut, bool[] mask) = CutAbout(working, peak, shape);
        double photons = cut.Values.Sum(value => (double)value);
        double all = working.Intensity.Sum(value => (double)value);
        DiffractionPattern pattern = DiffractionPattern.From(cut, mask);
        double[] oversampling = Autocorrelation.Of(pattern).OversamplingRatio();
        PreparationSummary summary = new(
            [stack.Depth, stack.Height, stack.Width],
            peak,
            bad,
            invalid,
            saturated,
            hot,
            (double)mask.Count(masked => masked) / mask.Length,
            photons,
            photons / all,
            (((double)(options.Frames ?? stack.Depth) / options.Bin[0]) - 1 - peak[0]) / shape[0],
            oversampling
        );
        return new PreparedPattern(pattern, summary);
    }

    private static (WorkingStack Stack, int Invalid, int Saturated) MaskInvalid(
        RealVolume stack,
        PreparationOptions options
    )
    {
        if (options.Frames > stack.Depth)
        {
            throw new InputException($"the stack has {stack.Depth} frames; the first {options.Frames} cannot be taken");
        }

        int measured = (options.Frames ?? stack.Depth) * stack.Height * stack.Width;
        float[] values = new float[stack.Values.Length];
        bool[] mask = new bool[values.Length];
        Array.Fill(mask, true, measured, mask.Length - measured);
        int invalid = 0;
        int saturated = 0;
        for (int i = 0; i < measured; i++)
        {
            float value = stack.Values[i];
            bool isInvalid = !float.IsFinite(value) || value < 0;
            bool isSaturated = value >= options.Saturation;
            invalid += isInvalid ? 1 : 0;
            saturated += isSaturated && !isInvalid ? 1 : 0;
            mask[i] = isInvalid || isSaturated;
            values[i] =
                mask[i] ? 0
                : options.IsAmplitude ? value * value
                : value;
        }

        if (invalid == measured)
        {
            throw new InputException("every voxel is NaN, infinite or negative: nothing was measured");
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

    private static void RequireSignal(WorkingStack stack)
    {
        if (!stack.Intensity.Any(value => value > 0))
        {
            throw new InputException(
                "no measured voxel holds a photon (all zeros, or masked): check the dataset, the background, and the mask, in which all but 0 is masked"
            );
        }
    }

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
