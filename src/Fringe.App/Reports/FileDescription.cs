namespace Fringe.App.Reports;

/// <summary>What <c>fringe inspect</c> found in a file without reading its data.</summary>
/// <param name="Path">The file, folder or pattern as the user gave it.</param>
/// <param name="Format">"HDF5 (NeXus)", "TIFF, 201 frames".</param>
/// <param name="SizeBytes">Size on disk; of all frames together.</param>
/// <param name="Arrays">What it holds.</param>
/// <param name="Metadata">Geometry, energy, sample and the like, as name and value with unit.</param>
internal sealed record FileDescription(
    string Path,
    string Format,
    long SizeBytes,
    IReadOnlyList<ArrayDescription> Arrays,
    IReadOnlyList<ProvenanceRow> Metadata
);
