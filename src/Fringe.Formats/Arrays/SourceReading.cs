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
        StoredArray array = source.Select(options.Dataset, preferStack: true);
        Shapes.RequireStack(path, array);
        RealVolume volume = Read(source, path, array, options, cancellation);
        return new MeasuredStack(volume, array.Type.DtypeMaximum, source.Describe(), array.Name);
    }

    public static RealVolume ReadImage(
        ArraySource source,
        string path,
        ReadOptions options,
        CancellationToken cancellation
    )
    {
        StoredArray array = source.Select(options.Dataset, preferStack: false);
        Shapes.RequireImage(path, array);
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
        IReadOnlyList<long> shape = array.Shape;
        int depth = shape.Count == 3 ? (int)shape[0] : 1;
        return new RealVolume(values, depth, (int)shape[^2], (int)shape[^1]);
    }
}
