using Fringe.Formats.Arrays;

namespace Fringe.Imaging;

/// <summary>How a measurement was read from files: what they said beside the counts, and which corrections belong to it.</summary>
public sealed record ReadingRecord
{
    /// <summary>The input's format, as "HDF5"; empty where it was not read from a file.</summary>
    public string Format { get; init; } = "";

    /// <summary>Type of the stored numbers, as "uint16"; empty where it is not known.</summary>
    public string ElementType { get; init; } = "";

    /// <summary>Where the mask is that came with the frames; null = none.</summary>
    public string? MaskDataset { get; init; }

    /// <summary>The count from which on the detector is saturated, as the file records it; null = not recorded.</summary>
    public RecordedSaturation? Saturation { get; init; }

    /// <summary>Dark counts; null = none.</summary>
    public string? DarkPath { get; init; }

    /// <summary>Flat field; null = none.</summary>
    public string? FlatPath { get; init; }

    /// <summary>Mask beside the frames' own; null = none.</summary>
    public string? MaskPath { get; init; }

    /// <summary>What the file says of the detector, where its layout is taken from that; empty where it is not.</summary>
    public string Detector { get; init; } = "";

    /// <summary>What was done to read it, or is odd about the file; one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
