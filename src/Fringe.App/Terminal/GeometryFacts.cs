using System.Globalization;
using Fringe.Core.Geometry;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Imaging.Trust;

namespace Fringe.App.Terminal;

/// <summary>What a scan's geometry means for a stack that was not read: the peak is taken to stand in its middle.</summary>
internal static class GeometryFacts
{
    /// <param name="scan">The geometry.</param>
    /// <param name="shape">Of the stack: rocking, row, column.</param>
    /// <exception cref="Fringe.Core.InputException">The geometry cannot be used.</exception>
    public static IEnumerable<MetadataItem> Of(RockingScan scan, IReadOnlyList<int> shape)
    {
        BraggGeometry geometry = scan.Geometry;
        BraggPeak peak = geometry.At(new(shape[0] / 2, shape[1] / 2, shape[2] / 2));
        ObjectGrid grid = new(peak, shape, [1, 1, 1]);
        BeamlineDefinition beamline = scan.Beamline;
        Circle rocking = geometry.Diffractometer.SampleCircles[geometry.RockingCircle];
        return
        [
            new("beamline", $"{beamline.Name}, {beamline.Facility}", null),
            new("definition from", beamline.Source, null),
            new("confirmed by", beamline.ConfirmedBy ?? "no measured data", null),
            .. beamline.Remarks.Length == 0 ? [] : new MetadataItem[] { new("beware", beamline.Remarks, null) },
            .. RunNotes.OfGeometry(scan, peak).Select(said => new MetadataItem("beware", said, null)),
            new("rocking", $"{rocking.Motor}, {scan.Points} points", null),
            new("rocking step", Text(Degrees(geometry.RockingStepRadians), 4), "deg"),
            new("photon energy", Text(geometry.EnergyElectronvolts, 5), "eV"),
            new("detector distance", Text(geometry.DistanceMetres, 4), "m"),
            new("|Q|", Text(peak.ScatteringVector.Length, 5), "nm^-1"),
            new("d-spacing", Text(peak.DSpacingNanometres, 5), "nm"),
            new("2 theta", Text(Degrees(peak.TwoThetaRadians), 6), "deg"),
            new("resolution (edges of a voxel)", Lengths(grid.VoxelNanometres), "nm"),
            new("field of view", Lengths(grid.FieldOfViewNanometres), "nm"),
            new("departure from a linear map", Text(peak.LargestCurvature(shape, [1, 1, 1]), 2), "voxels at most"),
        ];
    }

    private static double Degrees(double radians) => radians * 180 / Math.PI;

    private static string Lengths(IReadOnlyList<double> lengths) =>
        string.Join(" x ", lengths.Select(length => Text(length, 4)));

    private static string Text(double value, int digits) => value.ToString($"G{digits}", CultureInfo.InvariantCulture);
}
