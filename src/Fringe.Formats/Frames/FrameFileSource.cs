using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Frames;

/// <summary>A file of frames: one image, or a stack of them.</summary>
/// <param name="file">Owned.</param>
/// <param name="path">For descriptions and errors.</param>
internal sealed class FrameFileSource(FrameFile file, string path) : ArraySource
{
    private IReadOnlyList<long> Shape
    {
        get
        {
            FrameLayout first = file.Layout(0);
            return file.Count == 1 ? [first.Height, first.Width] : [file.Count, first.Height, first.Width];
        }
    }

    public override FileDescription Describe()
    {
        FrameLayout first = file.Layout(0);
        long bytes = Shapes.Bytes(Shape, first.Type.Size);
        var array = new ArrayDescription("", Shape, first.Type.Name, first.Compression, bytes);
        return new FileDescription(path, file.Format, [array], file.Metadata);
    }

    public override StoredArray Select(string? dataset, ArrayRole role)
    {
        if (dataset is not null)
        {
            throw InputException.ForFile(
                path,
                $"holds one unnamed array, as {file.Format} files do; leave `Dataset` out",
                dataset
            );
        }

        RequireEqualFrames();
        return new StoredArray("", Shape, file.Layout(0).Type) { Offset = file.Layout(0).Values.Offset };
    }

    public override ArrayCompanions CompanionsOf(StoredArray array) =>
        FrameCompanions.Of(
            file.Metadata,
            [.. file.Layout(0).Values.Remarks(), .. file.Remarks, .. NumberedFile.Remarks(path)]
        );

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        int pixels = destination.Length / file.Count;
        for (int frame = 0; frame < file.Count; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            file.ReadCounts(frame, destination, frame * pixels);
            progress?.Report((frame + 1.0) / file.Count);
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
        float[] frame = new float[array.Shape[1] * array.Shape[2]];
        for (int i = 0; i < block.Count[0]; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            file.ReadCounts((int)block.Start[0] + i, frame, 0);
            block.Cut(frame, (int)array.Shape[2], i, destination.Span);
        }
    }

    public override void Dispose() => file.Dispose();

    private void RequireEqualFrames()
    {
        int odd = Enumerable.Range(0, file.Count).FirstOrDefault(frame => !file.Layout(frame).Fits(file.Layout(0)));
        if (odd == 0)
        {
            return;
        }

        // What most are is right: the first page may be the stranger.
        FrameLayout common = Enumerable
            .Range(0, file.Count)
            .GroupBy(frame => file.Layout(frame) with { Compression = "" })
            .MaxBy(group => group.Count())!
            .Key;
        int stranger = file.Layout(0).Fits(common) ? odd : 0;
        int alike = Enumerable.Range(0, file.Count).Count(frame => file.Layout(frame).Fits(common));
        throw InputException.ForFile(
            path,
            $"the {file.FrameWord} is {file.Layout(stranger)} but {alike} of {file.Count} {file.FrameWord}s are {common}; "
                + "all frames must be equal: save the stack without it if it is a preview",
            $"{file.FrameWord} {stranger}"
        );
    }
}
