using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Frames;

/// <summary>A folder or glob of frames, one file a step of the rocking curve.</summary>
internal sealed class FrameSeriesSource : ArraySource
{
    private readonly string path;
    private readonly Func<string, FrameFile> open;
    private readonly IReadOnlyList<string> frames;
    private readonly FrameLayout first;
    private readonly string format;
    private readonly IReadOnlyList<MetadataItem> metadata;
    private readonly IReadOnlyList<string> remarks;

    /// <param name="path">A folder or glob.</param>
    /// <param name="open">Opens one file.</param>
    public FrameSeriesSource(string path, Func<string, FrameFile> open)
    {
        this.path = path;
        this.open = open;
        frames = FrameNames.Find(path);
        using FrameFile file = OpenFrame(frames[0]);
        (first, format, metadata, remarks) = (file.Layout(0), file.Format, file.Metadata, file.Remarks);
    }

    private IReadOnlyList<long> Shape => [frames.Count, first.Height, first.Width];

    public override FileDescription Describe()
    {
        string name = $"{Path.GetFileName(frames[0])} ... {Path.GetFileName(frames[^1])}";
        long bytes = Shapes.Bytes(Shape, first.Type.Size);
        var array = new ArrayDescription(name, Shape, first.Type.Name, first.Compression, bytes);
        return new FileDescription(path, $"{format} frames", [array], metadata);
    }

    public override StoredArray Select(string? dataset, ArrayRole role)
    {
        if (dataset is not null)
        {
            throw InputException.ForFile(path, "a series of frames is one unnamed array; leave `Dataset` out", dataset);
        }

        return new StoredArray("", Shape, first.Type) { Offset = first.Values.Offset };
    }

    public override ArrayCompanions CompanionsOf(StoredArray array) =>
        FrameCompanions.Of(metadata, [.. first.Values.Remarks(), .. remarks]);

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        int pixels = first.Width * first.Height;
        for (int frame = 0; frame < frames.Count; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadFrame(frame, destination, frame * pixels);
            progress?.Report((frame + 1.0) / frames.Count);
        }
    }

    public override long? FramesAtOnce(StoredArray array) => 1;

    public override void ReadBlock(
        StoredArray array,
        StackBlock block,
        Memory<float> destination,
        CancellationToken cancellation
    )
    {
        float[] frame = new float[first.Width * first.Height];
        for (int i = 0; i < block.Count[0]; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadFrame((int)block.Start[0] + i, frame, 0);
            block.Cut(frame, first.Width, i, destination.Span);
        }
    }

    public override void Dispose() { }

    private void ReadFrame(int frame, float[] destination, int offset)
    {
        using FrameFile file = OpenFrame(frames[frame]);
        if (!file.Layout(0).Fits(first))
        {
            throw InputException.ForFile(
                frames[frame],
                $"the frame is {file.Layout(0)} but {Path.GetFileName(frames[0])} is {first}; all frames must be equal"
            );
        }

        file.ReadCounts(0, destination, offset);
    }

    private FrameFile OpenFrame(string path)
    {
        FrameFile file = open(path);
        if (file.Count == 1)
        {
            return file;
        }

        (int count, string word) = (file.Count, file.FrameWord);
        file.Dispose();
        throw InputException.ForFile(
            path,
            $"the frame has {count} {word}s, expected one; give a file of several {word}s by itself"
        );
    }
}
