using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Imaging;

/// <summary>What phasing would phase of a measurement, to be handed to other programs: managed data.</summary>
public sealed record PreparedMeasurement
{
    /// <summary>As read.</summary>
    public required Measurement Measurement { get; init; }

    /// <summary>How it was prepared.</summary>
    public required PreparationOptions Options { get; init; }

    /// <summary>What preparation did.</summary>
    public required PreparationSummary Preparation { get; init; }

    /// <summary>Photons, float32 <c>[rocking, row, column]</c>, the peak at index N/2; 0 where nothing was measured.</summary>
    public required RealVolume Intensity { get; init; }

    /// <summary>true where nothing was measured; of the pattern's length, C order.</summary>
    public required bool[] Mask { get; init; }

    /// <summary>Place of the first voxel on the (binned) detector and in the rocking curve, <c>[rocking, row, column]</c> in voxels.</summary>
    public required IReadOnlyList<int> FirstVoxel { get; init; }

    /// <summary>The pattern's geometry, with its own frames and (binned) pixels; null where none is known.</summary>
    public required BraggGeometry? Geometry { get; init; }

    /// <summary>What was read and what was done to it.</summary>
    public IReadOnlyList<AccountLine> Account => DataAccount.Of(Measurement, Preparation);

    /// <summary>What a person should know of it, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The pattern's shape.</summary>
    public Shape3 Shape => new(Intensity.Depth, Intensity.Height, Intensity.Width);

    /// <summary>The pattern's centre, seen with its geometry; null where none is known.</summary>
    public BraggPeak? Peak => Geometry?.At(new VoxelPlace(Shape.Centre.Z, Shape.Centre.Y, Shape.Centre.X));

    /// <summary>Prepares a measurement.</summary>
    /// <param name="measurement">As read; borrowed.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="InputException">
    /// Nothing measured holds a photon, the corrections do not fit, or the geometry cannot be used.
    /// </exception>
    public static PreparedMeasurement Of(
        Measurement measurement,
        PreparationOptions options,
        CancellationToken cancellation = default
    )
    {
        OptionProblem.RequireNone(options.Validate());
        using PreparedPattern prepared = measurement.Prepare(options, cancellation);
        PreparationSummary summary = prepared.Summary;
        RealVolume intensity = prepared.Pattern.Intensity.ToRealVolume();
        List<string> notes = [.. measurement.Reading.Remarks, .. RunNotes.OfPreparation(summary)];
        BraggGeometry? geometry = null;
        if (measurement.Scan is { } scan)
        {
            Axes3<int> bin = Axes3.FromList(options.Bin);
            VoxelPlace place = summary.PeakPlace(bin);
            BraggPeak peak = scan.Geometry.At(place);
            geometry = scan.Geometry.OfPattern(place, Shape3.FromList([.. prepared.Pattern.Shape]), bin);
            notes.AddRange(RunNotes.OfGeometry(scan, peak, Shape3.FromList(summary.InputShape)));
        }

        return new PreparedMeasurement
        {
            Measurement = measurement,
            Options = options,
            Preparation = summary,
            Intensity = intensity,
            Mask = prepared.Pattern.Mask.ToBooleans(),
            FirstVoxel = prepared.Pattern.Origin,
            Geometry = geometry,
            Notes = notes,
        };
    }
}
