using System.Globalization;
using Fringe.App.Reports;
using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Imaging;

namespace Fringe.App.Terminal;

/// <summary>What a scan's geometry means for a stack.</summary>
internal static class GeometryFigures
{
    /// <param name="scan">The geometry.</param>
    /// <param name="shape">Of the stack: rocking, row, column.</param>
    /// <param name="place">Of the peak in the stack; null = the stack was not read: its middle.</param>
    /// <exception cref="Fringe.Core.InputException">The geometry cannot be used.</exception>
    public static IEnumerable<MetadataItem> Of(RockingScan scan, Shape3 shape, VoxelPlace? place)
    {
        BraggGeometry geometry = scan.Geometry;
        BraggPeak peak = geometry.At(place ?? new(shape.Centre.Z, shape.Centre.Y, shape.Centre.X));
        ObjectGrid grid = new(peak, shape, new(1, 1, 1));
        BeamlineDefinition beamline = scan.Beamline;
        Circle rocking = geometry.Diffractometer.SampleCircles[geometry.RockingCircle];
        return
        [
            new("beamline", $"{beamline.Name}, {beamline.Facility}", null),
            new("definition from", beamline.Source, null),
            new("confirmed by", beamline.ConfirmedBy ?? "no measured data", null),
            .. beamline.Remarks.Length == 0 ? [] : new MetadataItem[] { new("beware", beamline.Remarks, null) },
            .. RunNotes
                .OfGeometry(scan, peak, shape)
                .Select(remark => new MetadataItem("beware", FlagNames.Render(remark), null)),
            new("rocking", $"{rocking.Motor}, {scan.Points} points", null),
            new("rocking step", Text(Degrees(geometry.RockingStepRadians), 4), "deg"),
            new("photon energy", Text(geometry.EnergyElectronvolts, 5), "eV"),
            new("detector distance", Text(geometry.DistanceMetres, 4), "m"),
            new("|Q|", Text(peak.ScatteringVector.Length, 5), "nm^-1"),
            new("d-spacing", Text(peak.DSpacingNanometres, 5), "nm"),
            new("2 theta", Text(Degrees(peak.TwoThetaRadians), 6), "deg"),
            new("resolution (edges of a voxel)", Lengths(grid.VoxelNanometres), "nm"),
            new("field of view", Lengths(grid.FieldOfViewNanometres), "nm"),
            new("departure from a linear map", Text(peak.LargestCurvature(shape, new(1, 1, 1)), 2), "voxels at most"),
        ];
    }

    private static double Degrees(double radians) => radians * 180 / Math.PI;

    private static string Lengths(Axes3<double> lengths) =>
        string.Join(" x ", lengths.Select(length => Text(length, 4)).ToArray());

    private static string Text(double value, int digits) => value.ToString($"G{digits}", CultureInfo.InvariantCulture);
}
