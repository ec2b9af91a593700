using Fringe.Core.Values;

namespace Fringe.Core.Preparation;

/// <summary>How a measured stack becomes a pattern that can be phased. The defaults suit photon-counting detectors.</summary>
public sealed record PreparationOptions : IOptions
{
    /// <summary>
    /// The frames' first pixel on the detector that dark, flat, mask and layout show whole; null when they have the
    /// frames' size.
    /// </summary>
    public PixelIndex? RoiOrigin { get; init; }

    /// <summary>The stack holds amplitudes: its values are squared first.</summary>
    public bool IsAmplitude { get; init; }

    /// <summary>
    /// The stack is a pattern that was prepared before, by this program or another: its peak stands at index N/2 and its shape is kept, and
    /// it is not searched for gaps, lost frames, saturated and hot pixels. Voxels that are no numbers, or below 0, were not measured.
    /// </summary>
    public bool IsPrepared { get; init; }

    /// <summary>
    /// Frames of the rocking curve that were measured, from the first; the others are masked. null = all.
    /// </summary>
    public int? Frames { get; init; }

    /// <summary>Counts at and above which a pixel is saturated and masked; null = the largest that the file's type can hold, if it says.</summary>
    public double? Saturation { get; init; }

    /// <summary>Mask single pixels that are far brighter than all their neighbours in the frame.</summary>
    public bool MaskHotPixels { get; init; } = true;

    /// <summary>Photons a voxel subtracted from all, with what falls below 0 set to 0; null = 0.</summary>
    public double? Background { get; init; }

    /// <summary>Photons below which a voxel counts as 0, as other programs' intensity threshold.</summary>
    public double Threshold { get; init; }

    /// <summary>Voxels summed into one along rocking, row and column.</summary>
    public IReadOnlyList<int> Bin
    {
        get;
        init => field = new ValueList<int>(value);
    } = new ValueList<int>([1, 1, 1]);

    /// <summary>Shape to crop or pad to, with the peak at index N/2; null = by itself.</summary>
    public IReadOnlyList<int>? Shape
    {
        get;
        init => field = value is null ? null : new ValueList<int>(value);
    }

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        if (Bin.Count != 3 || Bin.Any(factor => factor is < 1 or > 64))
        {
            yield return new(nameof(Bin), "must be three factors from 1 to 64 (rocking, row, column)");
        }

        if (Shape is not null && (Shape.Count != 3 || Shape.Any(length => length is < 8 or > 2048)))
        {
            yield return new(nameof(Shape), "must be three lengths from 8 to 2048 (rocking, row, column)");
        }

        if (Frames is < 2)
        {
            yield return new(nameof(Frames), "must be at least 2");
        }

        if (RoiOrigin is { } origin && (origin.Row < 0 || origin.Column < 0))
        {
            yield return new(nameof(RoiOrigin), "must be a row and a column from 0");
        }

        if (Background is { } background && !(background >= 0 && double.IsFinite(background)))
        {
            yield return new(nameof(Background), "must be a number from 0");
        }

        if (!(Threshold >= 0 && double.IsFinite(Threshold)))
        {
            yield return new(nameof(Threshold), "must be a number from 0");
        }

        if (Saturation is { } saturation && !(saturation > 0 && double.IsFinite(saturation)))
        {
            yield return new(nameof(Saturation), "must be a number above 0");
        }
    }
}
