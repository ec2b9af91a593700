using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;

namespace Fringe.Tests.Core.Geometry;

public sealed class BraggPeakTests
{
    private static readonly VoxelPlace Peak = S54.Peak;

    [Fact]
    public void At_Scan54_HasTheAngleThatSpecRecorded()
    {
        BraggPeak peak = S54.Geometry.At(Peak);

        // The spec file's own two theta (#G4) and the law of cosines of the two arms.
        Assert.Equal(34.31625944, peak.TwoThetaRadians / S54.Radian, 1e-7);
        double halfSine = Math.Sin(34.31625944 / 2 * S54.Radian);
        Assert.Equal(0.13776022 / (2 * halfSine), peak.DSpacingNanometres, 1e-7);
        Assert.Equal(2 * Math.PI / peak.DSpacingNanometres, peak.ScatteringVector.Length, 1e-9);
    }

    // 34-ID-C: delta turns the arm outboard (x), gamma lifts it (y).
    [Fact]
    public void At_Scan54_ScattersOutboardAndUp()
    {
        Vector3D q = S54.Geometry.At(Peak).ScatteringVector;

        Assert.True(q is { X: > 0, Y: > 0, Z: < 0 });
        Assert.Equal(Math.Sin(S54.Gamma) * S54.Geometry.At(Peak).WaveNumber, q.Y, 1e-9);
    }

    [Fact]
    public void OffAxisRadians_DirectBeamBesideThePeak_IsTheAngleBetweenThePixels()
    {
        BraggGeometry geometry = S54.Geometry with { DirectBeam = new(Peak.Row - 300, Peak.Column + 400) };

        double across = 500 * geometry.RowPitchMetres / geometry.DistanceMetres;
        Assert.Equal(geometry.RowPitchMetres, geometry.ColumnPitchMetres);
        Assert.Equal(Math.Atan(across), geometry.At(Peak).OffAxisRadians, 1e-12);
        Assert.Equal(0, (geometry with { DirectBeam = null }).At(Peak).OffAxisRadians, 1e-7);
    }

    [Fact]
    public void ReciprocalSteps_AnyCircleAndPixel_AreTheDerivativesOfQ()
    {
        for (int circle = 0; circle < 3; circle++)
        {
            BraggGeometry geometry = S54.Geometry with
            {
                RockingCircle = circle,
                SampleAnglesRadians = [0.2, 0.9, -0.4],
                DirectBeam = new(40, 300),
                ColumnPitchMetres = 75e-6,
            };
            BraggPeak peak = geometry.At(Peak);
            Matrix3 steps = peak.ReciprocalSteps();
            Vector3D[] derivatives =
            [
                peak.Q(Peak with { Frame = Peak.Frame + 0.5 }) - peak.Q(Peak with { Frame = Peak.Frame - 0.5 }),
                peak.Q(Peak with { Row = Peak.Row + 0.5 }) - peak.Q(Peak with { Row = Peak.Row - 0.5 }),
                peak.Q(Peak with { Column = Peak.Column + 0.5 }) - peak.Q(Peak with { Column = Peak.Column - 0.5 }),
            ];

            // Central differences over h = 75 um / 0.5 m: off by h^2/24 times a third derivative of up to 3 on a flat detector, 2.8e-9.
            Assert.All(
                derivatives.Select((derivative, axis) => (derivative - steps.Column(axis)).Length / derivative.Length),
                error => Assert.InRange(error, 0, 3e-9)
            );
        }
    }

    // A reflection of a crystal stands at one place in the sample, wherever motors and detector stand when it is seen.
    [Fact]
    public void ScatteringVectorInSample_AnotherFrameOfTheRock_IsTheSame()
    {
        BraggPeak peak = S54.Geometry.At(Peak);
        VoxelPlace other = new(30, 90, 200);
        BraggPeak seenThere = (S54.Geometry with { DirectBeam = new(128, 128) }).At(other);

        Vector3D inSample = peak.SampleTurn.Transposed().Apply(peak.Q(other));

        Assert.InRange((inSample - seenThere.ScatteringVectorInSample).Length, 0, 1e-12);
    }

    [Fact]
    public void Q_PeakBesideTheDirectBeamsPixel_IsSeenUnderTheAngleOfItsPixel()
    {
        // No arm: the pixel alone gives the angle, 100 columns of 55 um to the right in 0.5 m.
        BraggGeometry square = S54.Geometry with
        {
            Diffractometer = S54.Diffractometer with { DetectorCircles = [] },
            DetectorAnglesRadians = [],
            DirectBeam = new(128, 28),
        };

        BraggPeak peak = square.At(Peak);

        Assert.Equal(Math.Atan(100 * 55e-6 / 0.5), peak.TwoThetaRadians, 1e-12);
        Assert.True(peak.ScatteringVector.X > 0);
    }

    // Second order: Ewald's sphere and the arc leave the plane with the square of the distance.
    [Fact]
    public void LargestCurvature_TwiceTheVolume_IsFourTimesLarger()
    {
        BraggPeak peak = S54.Geometry.At(Peak);

        double small = peak.LargestCurvature(new(32, 32, 32), new(1, 1, 1));
        double twice = peak.LargestCurvature(new(64, 64, 64), new(1, 1, 1));

        Assert.InRange(twice / small, 3.9, 4.1);
        Assert.Equal(twice / 2, peak.LargestCurvature(new(32, 32, 32), new(2, 2, 2)), 1e-9);
    }

    [Fact]
    public void At_BadGeometry_SaysEverythingThatIsWrong()
    {
        BraggGeometry bad = S54.Geometry with { RockingStepRadians = 0, DistanceMetres = 0, SampleAnglesRadians = [1] };

        string message = Assert.Throws<InputException>(() => bad.At(Peak)).Message;

        Assert.Contains("1 angles for 3 sample circles", message);
        Assert.Contains("rocking step is 0", message);
        Assert.Contains("detector distance is 0", message);
    }

    [Fact]
    public void At_SquareDetectorWithoutDirectBeam_SaysWhatIsMissing()
    {
        BraggGeometry bad = S54.Geometry with
        {
            Diffractometer = S54.Diffractometer with { DetectorCircles = [] },
            DetectorAnglesRadians = [],
        };

        Assert.Contains("direct beam", Assert.Throws<InputException>(() => bad.At(Peak)).Message);
    }

    // In the direct beam Q is 0, and a rock about Q turns the pattern in its own plane.
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0.4, 2)]
    public void At_StepsInAPlane_SaysSo(double delta, double gamma, int circle)
    {
        // With gamma alone Q lies in the plane of y and z, gamma / 2 off y; at chi = 0 and theta = 0 phi turns about y.
        BraggGeometry flat = S54.Geometry with
        {
            DetectorAnglesRadians = [delta, gamma],
            SampleAnglesRadians = [0, 0, 0],
            RockingCircle = circle,
            Diffractometer =
                circle == 0
                    ? S54.Diffractometer
                    : S54.Diffractometer with
                    {
                        SampleCircles =
                        [
                            .. S54.Diffractometer.SampleCircles.Take(2),
                            new(["phi"], new(0, Math.Cos(gamma / 2), -Math.Sin(gamma / 2))),
                        ],
                    },
        };

        Assert.Contains("detector's plane", Assert.Throws<InputException>(() => flat.At(Peak)).Message);
    }
}
