using Fringe.Core.Diffraction;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Preparation;

/// <summary>What preparation did, for the report.</summary>
public sealed record PreparationSummary
{
    /// <summary>Shape of what was measured, whole frames, <c>[rocking, row, column]</c>.</summary>
    public required IReadOnlyList<int> InputShape { get; init; }

    /// <summary>Whether the stack was a prepared pattern, of which neither faults nor peak and shape were looked for.</summary>
    public bool IsPrepared { get; init; }

    /// <summary>The peak's index in the (binned) stack.</summary>
    public required IReadOnlyList<int> Peak { get; init; }

    /// <summary>Pixels masked by dark, flat or mask file.</summary>
    public required int BadPixels { get; init; }

    /// <summary>Pixels masked by the mask that came with the frames.</summary>
    public int RecordedMaskPixels { get; init; }

    /// <summary>Pixels masked by the detector's layout: gaps between modules and pixels that are larger than the others.</summary>
    public int DetectorPixels { get; init; }

    /// <summary>Why the layout of the detector that the file names was left out; empty where it was not, or none is known.</summary>
    public string DetectorDoubt { get; init; } = "";

    /// <summary>Pixels that hold one number in every frame, or one times a factor that all share, a detector's code for a gap or a defect; masked.</summary>
    public int GapPixels { get; init; }

    /// <summary>Frames without a count, or with no more than noise and hot pixels, among frames that have many; masked.</summary>
    public IReadOnlyList<int> LostFrames { get; init; } = [];

    /// <summary>Frames of which a part holds nothing that holds much in those about them, as of a module that was not read; the part is masked.</summary>
    public IReadOnlyList<int> LostParts { get; init; } = [];

    /// <summary>Frames that hold the image of those about them, but less than a fifth of its counts; not masked.</summary>
    public IReadOnlyList<int> WeakFrames { get; init; } = [];

    /// <summary>Frames that repeat an earlier one bit for bit; masked.</summary>
    public IReadOnlyList<int> RepeatedFrames { get; init; } = [];

    /// <summary>Frames of the stack that were measured, the lost and repeated ones not counted.</summary>
    public required int MeasuredFrames { get; init; }

    /// <summary>Voxels below 0 by the noise about it, as after subtracting a dark frame; they count as 0.</summary>
    public int ZeroedVoxels { get; init; }

    /// <summary>Values that had wrapped round below 0 in a type without a sign; they are taken for negative ones.</summary>
    public int WrappedVoxels { get; init; }

    /// <summary>Pixels without a photon lie below 0 as a rule: more was subtracted than the dark counts.</summary>
    public bool IsShifted { get; init; }

    /// <summary>The count from which on a voxel was taken for saturated; null = none.</summary>
    public double? Saturation { get; init; }

    /// <summary>That is less than what the file records, for its counts were scaled pixel by pixel.</summary>
    public bool IsSaturationLowered { get; init; }

    /// <summary>Voxels that look saturated and are not masked; null = none.</summary>
    public FlatTop? FlatTop { get; init; }

    /// <summary>Voxels that hold little and are enclosed by far brighter ones, as where counts wrapped round; masked as saturated ones.</summary>
    public int CraterVoxels { get; init; }

    /// <summary>Rows or columns that are bright from end to end, as a gap's codes are; null = none.</summary>
    public BrightBand? BrightBand { get; init; }

    /// <summary>NaN or infinite voxels, and those flagged by a negative number; masked.</summary>
    public required int InvalidVoxels { get; init; }

    /// <summary>Saturated voxels, masked.</summary>
    public required int SaturatedVoxels { get; init; }

    /// <summary>Isolated hot voxels, masked.</summary>
    public required int HotVoxels { get; init; }

    /// <summary>Share of the prepared volume that was not measured.</summary>
    public required double MaskedFraction { get; init; }

    /// <summary>Sum over the prepared volume.</summary>
    public required double Photons { get; init; }

    /// <summary>Share of the stack's photons that the prepared volume keeps.</summary>
    public required double KeptFraction { get; init; }

    /// <summary>Measured frames after the peak's, over the prepared pattern's length along rocking.</summary>
    public required double BeyondPeakFraction { get; init; }

    /// <summary>Axis length over the object's extent, along z, y, x.</summary>
    public required IReadOnlyList<double> OversamplingRatio { get; init; }

    /// <summary>The middle of the peak's voxel in the stack as measured.</summary>
    /// <param name="bin">Measured voxels in one of the binned stack along each axis.</param>
    public VoxelPlace PeakPlace(Axes3<int> bin)
    {
        return new VoxelPlace(Along(0), Along(1), Along(2));

        double Along(int axis) => (Peak[axis] * bin[axis]) + ((bin[axis] - 1) / 2.0);
    }

    /// <summary>Of a pattern that needed no preparation: its peak in the middle, nothing left out, nothing corrected.</summary>
    /// <param name="pattern">Borrowed.</param>
    public static PreparationSummary Of(DiffractionPattern pattern)
    {
        using var scope = NewDisposeScope();
        int[] shape = [.. pattern.Shape.Select(length => (int)length)];
        return new PreparationSummary
        {
            InputShape = shape,
            Peak = [.. shape.Select(length => length / 2)],
            BadPixels = 0,
            MeasuredFrames = shape[0],
            InvalidVoxels = 0,
            SaturatedVoxels = 0,
            HotVoxels = 0,
            MaskedFraction = pattern.Mask.to(ScalarType.Float64).mean().item<double>(),
            Photons = pattern.Intensity.sum(ScalarType.Float64).item<double>(),
            KeptFraction = 1,
            BeyondPeakFraction = (double)(shape[0] - 1 - (shape[0] / 2)) / shape[0],
            OversamplingRatio = Autocorrelation.Of(pattern).OversamplingRatio(),
        };
    }
}
