using Fringe.Core;
using Fringe.Core.Volumes;

namespace Fringe.Imaging;

/// <summary>A stack that fills frame by frame, in any order.</summary>
/// <param name="header">Of the scan; valid.</param>
internal sealed class GrowingStack(ScanHeader header)
{
    private readonly float[] counts = new float[(long)header.Frames * header.Height * header.Width];
    private readonly bool[] measured = new bool[header.Frames];

    /// <summary>Frames that are there.</summary>
    public int Frames { get; private set; }

    /// <summary>Which frames are there.</summary>
    public IReadOnlyList<bool>? Measured => Frames == header.Frames ? null : [.. measured];

    /// <summary>The counts, 0 in frames that are not there: float32 <c>[rocking, row, column]</c>; changes with the next frame.</summary>
    public RealVolume Counts => new(counts, header.Frames, header.Height, header.Width);

    /// <summary>Puts a frame in its place.</summary>
    /// <exception cref="InputException">It is there already, beyond the scan, or of another size.</exception>
    public void Add(DetectorFrame frame)
    {
        int pixels = header.Height * header.Width;
        if (frame.Index < 0 || frame.Index >= header.Frames)
        {
            throw new InputException(
                $"{header.Name}: frame {frame.Index} of a scan whose frames are 0 to {header.Frames - 1}"
            );
        }

        if (measured[frame.Index])
        {
            throw new InputException($"{header.Name}: frame {frame.Index} came twice");
        }

        if (frame.Counts.Length != pixels)
        {
            throw new InputException(
                $"{header.Name}: frame {frame.Index} has {frame.Counts.Length} pixels, the scan's {header.Height} x {header.Width} = {pixels}"
            );
        }

        frame.Counts.Span.CopyTo(counts.AsSpan(frame.Index * pixels, pixels));
        measured[frame.Index] = true;
        Frames++;
    }
}
