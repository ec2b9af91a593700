using Fringe.Formats.Arrays;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>A kind of HDF5 file that Fringe writes itself and that is no measurement: it can be described, not phased.</summary>
internal sealed record Hdf5Kind
{
    /// <summary>Whether a file says that it is of this kind.</summary>
    public required Func<NativeFile, bool> IsKindOf { get; init; }

    /// <summary>Its format, as <see cref="FileDescription"/> names it.</summary>
    public required string Format { get; init; }

    /// <summary>What it holds instead of a measurement and what to give; follows the file's name.</summary>
    public required string NoMeasurement { get; init; }

    /// <summary>What it tells beside its arrays, from the file and its length in bytes.</summary>
    public required Func<NativeFile, long, IEnumerable<MetadataItem>> ReadMetadata { get; init; }
}
