namespace Fringe.Formats.Beamlines;

/// <summary>Where a number of a scan's geometry is from.</summary>
/// <param name="Quantity">Which, in words: "photon energy", or a motor's name.</param>
/// <param name="Value">With its unit, as text.</param>
/// <param name="Source">A file and the place in it, "the command line", the beamline's definition, or what was assumed.</param>
public sealed record GeometryOrigin(string Quantity, string Value, string Source);
