using Fringe.Core.Preparation;
using Fringe.Core.Volumes;

namespace Fringe.Formats.Arrays;

/// <summary>The steps that reading has in common over all formats: select, check, allocate, read.</summary>
internal static class SourceReading
{
    public static MeasuredStack ReadStack(
        ArraySource source,
        string path,
        ReadOptions options,
        CancellationToken cancellation
    )
    {
        StoredArray array = source.Select(options.Dataset, ArrayRole.Stack);
        StoredArray stack = array with { Shape = Shapes.Squeezed(array.Shape) };
        Shapes.RequireStack(path, stack);
        ArrayCompanions companions = source.CompanionsOf(array);
        RealVolume? mask =
            companions.Mask is { } found && Shapes.AsStack(found.Shape)[0] == 1
                ? Read(source, path, found, options with { Progress = null }, cancellation)
                : null;
        (RealVolume volume, DetectorRegion? region) = IsTooLarge(source, array, options)
            ? RegionReading.Read(
                source,
                path,
                array,
                mask is null ? null : MaskMeaning.IsMasked(mask.Values, source, companions.Mask!),
                options,
                cancellation
            )
            : (Read(source, path, array, options, cancellation), null);
        // A mask for every frame is as large as the stack.
        if (companions.Mask is { } large && mask is null)
        {
            mask = region is null
                ? Read(source, path, large, options with { Progress = null }, cancellation)
                : throw Shapes.Error(
                    path,
                    large,
                    "this mask has an image a frame, of a stack too large to be held; save one for all"
                );
        }

        MaskMeaning? meaning = mask is null ? null : MaskMeaning.Apply(mask.Values, source, companions.Mask!);
        return new MeasuredStack(volume, array.Type.DtypeMaximum + array.Offset, source.Describe(), array.Name)
        {
            Mask = mask,
            MaskDataset = companions.Mask?.Name,
            Saturation = companions.Saturation,
            PreparedOrigin = companions.PreparedOrigin,
            Region = region,
            Remarks =
            [
                .. companions.Remarks,
                .. meaning?.Remarks ?? [],
                .. region is null ? Array.Empty<string>() : [RegionRemark(stack, region)],
            ],
        };
    }

    public static RealVolume ReadImage(
        ArraySource source,
        string path,
        ReadOptions options,
        ArrayRole role,
        CancellationToken cancellation
    )
    {
        StoredArray array = source.Select(options.Dataset, role);
        Shapes.RequireImage(path, array with { Shape = Shapes.Squeezed(array.Shape) });
        RealVolume image = Read(source, path, array, options, cancellation);
        if (role == ArrayRole.Mask)
        {
            MaskMeaning.Apply(image.Values, source, array);
        }

        return image;
    }

    private static bool IsTooLarge(ArraySource source, StoredArray array, ReadOptions options) =>
        array.Shape.Count == 3
        && Shapes.Bytes(array.Shape, sizeof(float)) > options.LargestWholeBytes
        && source.FramesAtOnce(array) is not null;

    private static string RegionRemark(StoredArray stack, DetectorRegion region) =>
        $"The stack of {stack.ShapeText} is read through rows {region.Origin.Row} to {region.Origin.Row + region.Size.Height - 1} and columns {region.Origin.Column} to "
        + $"{region.Origin.Column + region.Size.Width - 1}, which its peak lights up.";

    private static RealVolume Read(
        ArraySource source,
        string path,
        StoredArray array,
        ReadOptions options,
        CancellationToken cancellation
    )
    {
        Shapes.RequireMemory(path, array, options.EffectiveMemoryLimitBytes);
        float[] values = new float[Shapes.Count(array.Shape)];
        source.Read(array, values, options.Progress, cancellation);
        IReadOnlyList<long> shape = Shapes.AsStack(array.Shape);
        return new RealVolume(values, (int)shape[0], (int)shape[1], (int)shape[2]);
    }
}
