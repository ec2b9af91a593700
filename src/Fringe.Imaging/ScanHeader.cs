using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Beamlines;
using Fringe.Imaging.Methods;

namespace Fringe.Imaging;

/// <summary>What is known of a rocking scan before its first frame.</summary>
public sealed record ScanHeader
{
    private const int LeastLength = 2;

    /// <summary>Its name, for headings.</summary>
    public required string Name { get; init; }

    /// <summary>Frames of the whole rocking curve.</summary>
    public required int Frames { get; init; }

    /// <summary>Rows of a frame.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of a frame.</summary>
    public required int Width { get; init; }

    /// <summary>How it is measured; null leaves the object in voxels.</summary>
    public RockingScan? Scan { get; init; }

    /// <summary>An object of the prepared pattern's shape to begin with: complex64 <c>[z, y, x]</c>, centred; null = none.</summary>
    public ComplexVolume? Initial { get; init; }

    /// <summary>Every problem of this header; empty when it can be used.</summary>
    public IEnumerable<OptionProblem> Validate()
    {
        if (Frames < LeastLength || Height < LeastLength || Width < LeastLength)
        {
            yield return new(nameof(Frames), $"and the rows and columns of a frame must be {LeastLength} at least");
        }

        if (Scan is { } scan && scan.Points != Frames)
        {
            yield return new(nameof(Frames), $"must be the {scan.Points} points of the geometry");
        }
    }

    /// <summary>What a method lacks in this header.</summary>
    internal IEnumerable<OptionProblem> ProblemsFor(ImagingMethod method) =>
        method is FromObject && Initial is null ? [new(nameof(Initial), "must be the object to begin with")] : [];
}
