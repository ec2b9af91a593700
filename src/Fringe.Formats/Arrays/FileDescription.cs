namespace Fringe.Formats.Arrays;

/// <summary>What a file holds, learnt from its headers without reading any array.</summary>
/// <param name="Path">The path as it was given (a file, a folder or a glob).</param>
/// <param name="Format">The format found by its magic bytes, for people: "NPY", "NPZ", "TIFF", "TIFF frames", "EDF", "CBF frames", "HDF5".</param>
/// <param name="Arrays">Every array in the file, in file order.</param>
/// <param name="Metadata">Geometry and other single values the file states about itself (energy, distance, pixel size ...).</param>
public sealed record FileDescription(
    string Path,
    string Format,
    IReadOnlyList<ArrayDescription> Arrays,
    IReadOnlyList<MetadataItem> Metadata
);

/// <summary>One array of a file.</summary>
/// <param name="Name">HDF5 path, NPZ array name or page range; "" where a file holds one unnamed array.</param>
/// <param name="Shape">Length of each axis, slowest first (C order); a TIFF stack is <c>[page, row, column]</c>.</param>
/// <param name="ElementType">Type of one element: "uint16", "float32", "complex64", "string" ...</param>
/// <param name="Compression">Filters or compression in the order they were applied, "none" without.</param>
/// <param name="Bytes">Size of the array unpacked, in bytes.</param>
public sealed record ArrayDescription(
    string Name,
    IReadOnlyList<long> Shape,
    string ElementType,
    string Compression,
    long Bytes
);

/// <summary>A single value that a file states about the measurement.</summary>
/// <param name="Name">Where it stands: an HDF5 path, or a key of the file's header.</param>
/// <param name="Value">Its value as text, invariant culture.</param>
/// <param name="Unit">The unit the file gives, or null: some writers leave it out, and energy is in J or eV by writer.</param>
public sealed record MetadataItem(string Name, string Value, string? Unit);
