namespace Fringe.Imaging.Figures;

/// <summary>Figures of a prepared pattern, and of what preparation did to the stack.</summary>
public static class PatternFigures
{
    /// <summary>Along z, y, x of the pattern.</summary>
    public static AxisFigures Oversampling { get; } =
        AxisFigures.OfVolume(axis =>
            new(
                $"oversampling_{axis}",
                $"oversampling ratio along {axis}",
                "Length of the pattern over the object's along the axis named: over that of its support where it was phased, else over half the "
                    + "extent of the autocorrelation at 2 % of its maximum, which cannot tell ratios under 2."
            )
        );

    /// <summary>Along z, y, x.</summary>
    public static AxisFigures Shape { get; } =
        AxisFigures.OfVolume(axis =>
            new($"shape_{axis}", $"shape along {axis}", "Length of the prepared pattern along the axis named.")
            {
                Unit = "voxels",
            }
        );

    /// <summary>Along z, y, x of the stack.</summary>
    public static AxisFigures Peak { get; } =
        AxisFigures.OfVolume(axis =>
            new($"peak_{axis}", $"peak along {axis}", "Index of the peak in the (binned) stack along the axis named.")
        );

    /// <summary>Along z, y, x of the object.</summary>
    public static AxisFigures Ramp { get; } =
        AxisFigures.OfVolume(axis =>
            new(
                $"ramp_{axis}",
                $"removed ramp along {axis}",
                "Phase ramp taken out of the stored object, cycles across the axis named: how far its "
                    + "pattern lies from the peak voxel. The object times exp(2 pi i sum ramp_d (r_d - N_d/2) / "
                    + "N_d) has its far field on the measured pattern again."
            )
            {
                Unit = "cycles",
            }
        );

    public static Figure Photons { get; } = new("photons", "photons", "Sum over the prepared pattern.");

    public static Figure KeptFraction { get; } =
        new("kept_fraction", "photons kept", "Share of the stack's photons that lie inside the prepared shape.")
        {
            Better = Better.Higher,
        };

    public static Figure MaskedFraction { get; } =
        new(
            "masked_fraction",
            "not measured",
            "Share of the pattern's voxels that were not measured (masked, or beyond the data); they float."
        )
        {
            Better = Better.Lower,
        };

    public static Figure HiddenFraction { get; } =
        new(
            "hidden_fraction",
            "photons not measured",
            "Share of the object's photons that fall on masked voxels: what they hold is only as sure as "
                + "the object."
        )
        {
            Better = Better.Lower,
        };

    public static Figure BadPixels { get; } =
        new("bad_pixels", "bad pixels", "Number of detector pixels that the dark, flat and mask files mask.");

    public static Figure MeasuredFrames { get; } =
        new(
            "measured_frames",
            "measured frames",
            "Number of frames that were measured, without lost and repeated ones."
        );

    public static Figure LostFrames { get; } =
        new(
            "lost_frames",
            "lost frames",
            "Number of frames without a count among frames that have many, which are masked."
        );

    public static Figure RepeatedFrames { get; } =
        new(
            "repeated_frames",
            "repeated frames",
            "Number of frames that repeat an earlier one bit for bit, which are masked."
        );

    public static Figure RecordedMaskPixels { get; } =
        new(
            "recorded_mask_pixels",
            "pixels of the file's mask",
            "Number of detector pixels that the mask in the measurement's own file masks."
        );

    public static Figure DetectorPixels { get; } =
        new(
            "detector_pixels",
            "pixels of the detector's layout",
            "Number of detector pixels that its layout masks: gaps between modules and pixels larger than the others."
        );

    public static Figure GapPixels { get; } =
        new(
            "gap_pixels",
            "pixels of gaps",
            "Number of detector pixels that hold one number in every frame, a code for a gap or a defect, and are masked."
        );

    public static Figure ZeroedVoxels { get; } =
        new(
            "zeroed_voxels",
            "voxels below 0",
            "Number of voxels below 0 by noise about it, as after subtracting a dark frame, which count as 0."
        );

    public static Figure InvalidVoxels { get; } =
        new(
            "invalid_voxels",
            "invalid voxels",
            "Number of voxels that were NaN or infinite, or flagged by a negative number, and are masked."
        );

    public static Figure SaturatedVoxels { get; } =
        new("saturated_voxels", "saturated voxels", "Number of voxels at or above saturation, which are masked.");

    public static Figure HotVoxels { get; } =
        new("hot_voxels", "hot voxels", "Number of voxels far above all neighbours in their frame, which are masked.");

    internal static FigureTopic Topic =>
        new(
            "Pattern",
            "In every result of `phase`; shape, oversampling, photons and the masked share in those of "
                + "`predict` and `compare`, the ramp in those of `predict`, too.",
            [
                .. Oversampling,
                .. Shape,
                .. Peak,
                .. Ramp,
                Photons,
                KeptFraction,
                MaskedFraction,
                HiddenFraction,
                MeasuredFrames,
                LostFrames,
                RepeatedFrames,
                BadPixels,
                RecordedMaskPixels,
                DetectorPixels,
                GapPixels,
                ZeroedVoxels,
                InvalidVoxels,
                SaturatedVoxels,
                HotVoxels,
            ]
        );
}
