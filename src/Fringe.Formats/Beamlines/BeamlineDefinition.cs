using Fringe.Core.Geometry;

namespace Fringe.Formats.Beamlines;

/// <summary>What a beamline's definition file says (docs/geometry.md).</summary>
public sealed record BeamlineDefinition
{
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Facility { get; init; }

    public required Diffractometer Diffractometer { get; init; }

    /// <summary>Where the photon energy is recorded; null where only the user knows it.</summary>
    public required RecordedQuantity? Energy { get; init; }

    /// <summary>Where the distance of the detector is recorded; null where only the user knows it.</summary>
    public required RecordedQuantity? Distance { get; init; }

    /// <summary>
    /// Where its HDF5 files have a motor, below a scan's group, with <c>{motor}</c> in place of the name; looked at before the places that
    /// all beamlines share.
    /// </summary>
    public IReadOnlyList<string> Hdf5Places { get; init; } = [];

    /// <summary>Edge of the usual detector's pixels, micrometres; null where the beamline has several.</summary>
    public required double? PixelMicrometres { get; init; }

    /// <summary>The public definitions this one was made from.</summary>
    public required string Source { get; init; }

    /// <summary>What measured data it was held against; null if none.</summary>
    public required string? ConfirmedBy { get; init; }

    /// <summary>Where the sources differ, and what to look out for; may be empty.</summary>
    public required string Remarks { get; init; }
}

/// <summary>A number that the control system records like a motor.</summary>
/// <param name="Names">Under which it may be found.</param>
/// <param name="Unit">keV or eV for an energy, m or mm for a distance.</param>
public sealed record RecordedQuantity(IReadOnlyList<string> Names, string Unit);
