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

    /// <summary>What was done to read it, or is odd about the file; one sentence each.</summary>
    public virtual IReadOnlyList<string> Remarks => [];

    /// <summary>Reads the counts of a frame, row by row; NaN where nothing was measured.</summary>
    /// <param name="frame">Index from 0.</param>
    /// <param name="destination">Borrowed.</param>
    /// <param name="offset">Of the frame's first pixel in it.</param>
    public void ReadCounts(int frame, float[] destination, int offset)
    {
        ReadPixels(frame, destination, offset);
        FrameLayout layout = Layout(frame);
        layout.Values.Apply(destination.AsSpan(offset, layout.Width * layout.Height));
    }

    /// <summary>Reads a frame as it is stored, row by row, into as many values as it has pixels.</summary>
    /// <param name="frame">Index from 0.</param>
    /// <param name="destination">Borrowed.</param>
    /// <param name="offset">Of the frame's first pixel in it.</param>
    protected abstract void ReadPixels(int frame, float[] destination, int offset);

    public abstract void Dispose();
}
