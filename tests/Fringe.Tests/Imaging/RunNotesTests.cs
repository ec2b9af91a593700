using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Formats.Beamlines;
using Fringe.Imaging;

namespace Fringe.Tests.Imaging;

/// <summary>What is said of a geometry whose direct beam's pixel nobody knows.</summary>
public sealed class RunNotesTests
{
    private static readonly Shape3 Stack = new(41, 256, 256);

    // 94 pixels of 55 um at half a metre are 0.59 degrees, most of which is along two theta: 34.876 in place of 34.316 degrees.
    [Fact]
    public void OfGeometry_PeakFarFromTheMiddle_SaysWhatTheDirectBeamIsWorth()
    {
        string note = Assert.Single(Notes(new(20, 128, 222), directBeam: null));

        Assert.Equal(
            "The pixel of the direct beam is not known: the detector is taken to point at the peak, which stands 94 pixels off the middle of the "
                + "frames. If it points at the middle, that is 0.6 degrees and 1.6 % of the spacing (0.22985 nm in place of 0.23348); "
                + "`Geometry.DirectBeam` settles it.",
            note
        );
    }

    // To the other side of the middle, and along the rows: spacings computed apart with numpy.
    [Theory]
    [InlineData(128, 34, "1.6 % of the spacing (0.23724 nm in place of 0.23348)")]
    [InlineData(222, 128, "0.5 % of the spacing (0.23475 nm in place of 0.23348)")]
    public void OfGeometry_PeakElsewhere_SaysWhatItIsWorthThere(double row, double column, string worth) =>
        Assert.Contains(worth, Assert.Single(Notes(new(20, row, column), directBeam: null)));

    [Theory]
    [InlineData(128, 128)]
    [InlineData(125, 131)]
    public void OfGeometry_PeakNearTheMiddle_SaysNothing(double row, double column) =>
        Assert.Empty(Notes(new(20, row, column), directBeam: null));

    [Fact]
    public void OfGeometry_DirectBeamGiven_SaysNothing() =>
        Assert.Empty(Notes(new(20, 128, 222), directBeam: new(128, 128)));

    [Fact]
    public void OfGeometry_Remarks_ComeFirst() =>
        Assert.Equal(
            ["a remark", "a contradiction"],
            RunNotes.OfRecord(Scan(null) with { Remarks = ["a remark"], Contradictions = ["a contradiction"] })
        );

    private static IEnumerable<string> Notes(VoxelPlace peak, PixelPlace? directBeam)
    {
        RockingScan scan = Scan(directBeam);
        return RunNotes.OfGeometry(scan, scan.Geometry.At(peak), Stack);
    }

    private static RockingScan Scan(PixelPlace? directBeam)
    {
        BeamlineDefinition beamline = BeamlineLibrary.Find("34-ID-C");
        const double Radian = Math.PI / 180;
        return new RockingScan
        {
            Beamline = beamline,
            Points = Stack.Depth,
            Geometry = new BraggGeometry
            {
                Diffractometer = beamline.Diffractometer,
                SampleAnglesRadians = [0.2 * Radian, 90 * Radian, -5 * Radian],
                DetectorAnglesRadians = [32.174 * Radian, 12.6346 * Radian],
                RockingCircle = 0,
                RockingStepRadians = 0.005 * Radian,
                EnergyElectronvolts = 9000,
                DistanceMetres = 0.5,
                RowPitchMetres = 55e-6,
                ColumnPitchMetres = 55e-6,
                DirectBeam = directBeam,
            },
        };
    }
}
