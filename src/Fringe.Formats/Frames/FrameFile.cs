using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Frames;

/// <summary>
/// An open file of a format that detectors write frame by frame: one grey image, or several. Errors are
/// <see cref="InputException"/> only.
/// </summary>
internal abstract class FrameFile : IDisposable
{
    /// <summary>For people: "TIFF".</summary>
    public abstract string Format { get; }

    /// <summary>What the format calls a frame: "page".</summary>
    public abstract string FrameWord { get; }

    /// <summary>Frames of the measurement; previews are none. At least 1.</summary>
    public abstract int Count { get; }

    /// <summary>What the first frame's header says of the measurement.</summary>
    public virtual IReadOnlyList<MetadataItem> Metadata => [];

    /// <summary>How a frame is stored.</summary>
    /// <param name="frame">Index from 0.</param>
    public abstract FrameLayout Layout(int frame);

    /// <summary>Reads a frame, row by row, into as many values as it has pixels.</summary>
    /// <param name="frame">Index from 0.</param>
    /// <param name="destination">Borrowed.</param>
    /// <param name="offset">Of the frame's first pixel in it.</param>
    public abstract void ReadPixels(int frame, float[] destination, int offset);

    public abstract void Dispose();
}
