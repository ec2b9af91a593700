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
        RealVolume volume = Read(source, path, array, options, cancellation);
        ArrayCompanions companions = source.CompanionsOf(array);
        return new MeasuredStack(volume, array.Type.DtypeMaximum, source.Describe(), array.Name)
        {
            Mask = companions.Mask is { } mask
                ? Read(source, path, mask, options with { Progress = null }, cancellation)
                : null,
            MaskDataset = companions.Mask?.Name,
            Saturation = companions.Saturation,
            PreparedOrigin = companions.PreparedOrigin,
            Remarks = companions.Remarks,
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
        return Read(source, path, array, options, cancellation);
    }

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
