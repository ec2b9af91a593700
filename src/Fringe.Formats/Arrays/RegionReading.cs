using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;

namespace Fringe.Formats.Arrays;

/// <summary>
/// Reads a stack too large to be held through the part of the detector that the peak lights up: some frames are looked at whole, then that part of every frame is read.
/// </summary>
internal static class RegionReading
{
    // Frames that are looked at whole: the peak of a rocking curve is in several of so many.
    private const int FramesSeen = 96;
    private const long BlockBytes = 64 << 20;

    /// <summary>Reads the part.</summary>
    /// <param name="source">The stack's.</param>
    /// <param name="path">For errors.</param>
    /// <param name="array">Three axes; of a source that reads blocks.</param>
    /// <param name="mask">Which pixels measure nothing; null = not known.</param>
    /// <param name="options">With the memory that may be used.</param>
    /// <param name="cancellation">Looked at once a block.</param>
    /// <exception cref="InputException">No peak stands out, or the part does not fit into memory.</exception>
    public static (RealVolume Volume, DetectorRegion Region) Read(
        ArraySource source,
        string path,
        StoredArray array,
        IReadOnlyList<bool>? mask,
        ReadOptions options,
        CancellationToken cancellation
    )
    {
        long frames = array.Shape[0];
        long atOnce = source.FramesAtOnce(array)!.Value;
        DetectorRegion region =
            Find(source, array, atOnce, mask, options.LargestWholeBytes / sizeof(float) / frames, cancellation)
            ?? throw Shapes.Error(
                path,
                array,
                $"an array of {array.ShapeText} is too large to be held, and no peak stands out in {FramesSeen} of its frames: cut out the region around it"
            );
        StoredArray part = array with { Shape = [frames, region.Size.Height, region.Size.Width] };
        Shapes.RequireMemory(path, part, options.EffectiveMemoryLimitBytes);
        float[] values = new float[Shapes.Count(part.Shape)];
        long pixels = (long)region.Size.Height * region.Size.Width;
        // As many frames as unpack side by side.
        long step = Math.Max(
            atOnce,
            BlockBytes / (array.Shape[1] * array.Shape[2] * array.Type.Size) / atOnce * atOnce
        );
        for (long first = 0; first < frames; first += step)
        {
            cancellation.ThrowIfCancellationRequested();
            long count = Math.Min(step, frames - first);
            StackBlock block = new(
                [first, region.Origin.Row, region.Origin.Column],
                [count, region.Size.Height, region.Size.Width]
            );
            source.ReadBlock(array, block, values.AsMemory((int)(first * pixels), (int)(count * pixels)), cancellation);
            options.Progress?.Report((double)(first + count) / frames);
        }

        return (new RealVolume(values, (int)frames, region.Size.Height, region.Size.Width), region);
    }

    private static DetectorRegion? Find(
        ArraySource source,
        StoredArray array,
        long atOnce,
        IReadOnlyList<bool>? mask,
        long mostPixels,
        CancellationToken cancellation
    )
    {
        (int height, int width) = ((int)array.Shape[1], (int)array.Shape[2]);
        RegionFinder finder = new(height, width);
        float[] frame = new float[height * width];
        long step = Math.Max(atOnce, array.Shape[0] / FramesSeen / atOnce * atOnce);
        for (long first = 0; first < array.Shape[0]; first += step)
        {
            cancellation.ThrowIfCancellationRequested();
            source.ReadBlock(array, StackBlock.Frames(array.Shape, first, 1), frame, cancellation);
            finder.Add(frame);
        }

        return finder.Find(mask, mostPixels);
    }
}
