using Fringe.Core.Geometry;
using Fringe.Core.Values;

namespace Fringe.Tests.Core.Geometry;

/// <summary>
/// Three published derivations of the map from detector to laboratory, each written out here from its own source and in its own
/// conventions, and Fringe's, on scan 54 of 34-ID-C. The edges of a voxel of the object agree up to the conventions named at each.
/// </summary>
public sealed class PublishedDerivationsTests
{
    private const double WaveNumber = 2 * Math.PI * S54.Energy / BraggGeometry.EnergyTimesWavelength;
    private static readonly Shape3 Shape = new(128, 96, 80);
    private static readonly Vector3D X = new(1, 0, 0);
    private static readonly Vector3D Y = new(0, 1, 0);
    private static readonly Vector3D Z = new(0, 0, 1);
    private static readonly Matrix3 Own = new ObjectGrid(S54.Geometry.At(S54.Peak), Shape, new(1, 1, 1)).DirectSteps;

    // One part in a million of the longest edge, with steps so small that a difference is a derivative. With the scan's own steps the
    // two that take differences are off by half a step, 55 um in 2 x 0.5 m and half of 87 urad: 1e-4 covers both.
    [Theory]
    [InlineData(1, 1e-4)]
    [InlineData(1000, 1e-6)]
    public void DirectSteps_Scan54_AreCoheres(double finer, double tolerance) =>
        AssertEqual(Own, Cohere(finer), tolerance);

    [Fact]
    public void DirectSteps_Scan54_AreBcdis() => AssertEqual(Own, Bcdi(), 1e-6);

    [Theory]
    [InlineData(1, 1e-4)]
    [InlineData(1000, 1e-6)]
    public void DirectSteps_Scan54_AreThoseOfYangEtAl(double finer, double tolerance) =>
        AssertEqual(Own, Yang(finer), tolerance);

    [Fact]
    public void DirectSteps_AnotherStep_DifferFromThePublished()
    {
        Matrix3 other = Own.WithColumnsScaled(new(1.00001, 1, 1));

        Assert.True(Difference(other, Bcdi()) > 1e-6);
    }

    // phi is the innermost circle; at chi = 90 it turns about x, with theta below it.
    [Fact]
    public void ReciprocalSteps_RockingPhi_AreBcdis()
    {
        BraggGeometry rockingPhi = S54.Geometry with { RockingCircle = 2 };
        double theta = S54.Geometry.SampleAnglesRadians[0];
        (double sin, double cos) = Math.SinCos(theta);
        double inPlane = Math.Cos(S54.Delta) * Math.Cos(S54.Gamma);
        double across = Math.Sin(S54.Delta) * Math.Cos(S54.Gamma);
        double up = Math.Sin(S54.Gamma);
        Vector3D wanted =
            WaveNumber * S54.Step * new Vector3D(-sin * up, (cos * (inPlane - 1)) + (sin * across), -cos * up);

        Vector3D found = rockingPhi.At(new(0, 128, 128)).ReciprocalSteps().Column(0);

        Assert.InRange((found - wanted).Length / wanted.Length, 0, 1e-12);
    }

    // cohere (cohere-ui, beamlines/aps_34idc/diffractometers.py, with xrayutilities): q of a stencil of 2 x 2 pixels at two angles, in
    // the sample's frame, turned to the laboratory with the scan's angles; axes (column, row, rocking); the edges of the whole array,
    // in Angstrom times 10. There the stencil lies at pixel (0, 0) of an array whose arm points at (N, N); here, as in the other
    // derivations, at the pixel that the arm points at.
    private static Matrix3 Cohere(double finer)
    {
        const double WaveNumberAngstrom = WaveNumber / 10;
        double theta = S54.Geometry.SampleAnglesRadians[0];
        Vector3D origin = Seen(0, 0, 0);
        Vector3D a = ToLaboratory(finer * 10 * (Seen(1, 0, 0) - origin));
        Vector3D b = ToLaboratory(finer * 10 * (Seen(0, 1, 0) - origin));
        Vector3D c = ToLaboratory(finer * 10 * (Seen(0, 0, 1) - origin));
        double volume = a.Dot(b.Cross(c));
        Vector3D column = 2 * Math.PI / volume * b.Cross(c);
        Vector3D row = 2 * Math.PI / volume * c.Cross(a);
        Vector3D rocking = 2 * Math.PI / volume * a.Cross(b);
        return Matrix3.FromColumns(rocking / Shape.Depth, row / Shape.Height, column / Shape.Width);

        Vector3D Seen(int i, int j, int frame)
        {
            Matrix3 arm = Matrix3.Rotation(Y, S54.Delta).Times(Matrix3.Rotation(-1 * X, S54.Gamma));
            Vector3D pixel = (S54.Distance * Z) + (i * S54.Pitch / finer * X) - (j * S54.Pitch / finer * Y);
            Vector3D q = WaveNumberAngstrom * (arm.Apply(pixel).Unit - Z);
            return Sample(theta + (frame * S54.Step / finer)).Inverse().Apply(q);
        }

        Vector3D ToLaboratory(Vector3D inSample) => Sample(theta).Apply(inSample);

        static Matrix3 Sample(double theta) =>
            Matrix3
                .Rotation(Y, theta)
                .Times(
                    Matrix3
                        .Rotation(-1 * Z, S54.Geometry.SampleAnglesRadians[1])
                        .Times(Matrix3.Rotation(Y, S54.Geometry.SampleAnglesRadians[2]))
                );
    }

    // bcdi (bcdi/experiment/beamline.py, Beamline34ID, "inplane"): the closed form; its detector's horizontal axis is written along x-
    // and turned by its table of orientations, "x+" is -1 and "y-" is +1; columns (horizontal, vertical, rocking).
    private static Matrix3 Bcdi()
    {
        const double XPlus = -1;
        const double YMinus = 1;
        (double sinDelta, double cosDelta) = Math.SinCos(S54.Delta);
        (double sinGamma, double cosGamma) = Math.SinCos(S54.Gamma);
        double perMetre = WaveNumber / S54.Distance;
        Vector3D horizontal = perMetre * S54.Pitch * XPlus * new Vector3D(-cosDelta, 0, sinDelta);
        Vector3D vertical =
            perMetre * S54.Pitch * YMinus * new Vector3D(sinDelta * sinGamma, -cosGamma, cosDelta * sinGamma);
        Vector3D rocking =
            perMetre * S54.Step * S54.Distance * new Vector3D(1 - (cosDelta * cosGamma), 0, sinDelta * cosGamma);
        // Its direct space is 2 pi over the transpose, for an array of that many voxels.
        Matrix3 direct = Matrix3
            .FromColumns(Shape.Width * horizontal, Shape.Height * vertical, Shape.Depth * rocking)
            .Inverse()
            .Transposed();
        return Matrix3.FromColumns(
            2 * Math.PI * direct.Column(2),
            2 * Math.PI * direct.Column(1),
            2 * Math.PI * direct.Column(0)
        );
    }

    // Yang et al. 2019 (Hofmann-Group/BCDI_Space_Mapping, DCS_to_SS.m), after Berenguer et al. 2013: gamma is minus the motor's; q2 along
    // +y, so that its second axis grows upwards, against our rows; and the volume is taken as (q3 x q2) . q1, which for these vectors
    // turns the sign of all three edges: its object is ours inverted, which is why it ends with a choice of the twin.
    private static Matrix3 Yang(double finer)
    {
        const int N1 = 80;
        const int N2 = 96;
        const int N3 = 128;
        const double SamplePixel = 2 * Math.PI / WaveNumber * S54.Distance / (N1 * S54.Pitch);
        double gamma = -S54.Gamma;
        Matrix3 arm = Matrix3.Rotation(Y, S54.Delta).Times(Matrix3.Rotation(X, gamma));
        Matrix3 rock = Matrix3.Rotation(Y, -S54.Step / finer);
        Vector3D q = arm.Apply(WaveNumber * Z) - (WaveNumber * Z);
        Vector3D q1 = WaveNumber * S54.Pitch / S54.Distance * arm.Apply(X);
        Vector3D q2 = WaveNumber * S54.Pitch / S54.Distance * arm.Apply(Y);
        Vector3D q3 = finer * (rock.Apply(q) - q);
        double volume = q3.Cross(q2).Dot(q1) * N1 * SamplePixel * N2 * SamplePixel * N3 * SamplePixel;
        Vector3D x = 2 * Math.PI / volume * (N2 * SamplePixel * q2).Cross(N3 * SamplePixel * q3);
        Vector3D y = 2 * Math.PI / volume * (N3 * SamplePixel * q3).Cross(N1 * SamplePixel * q1);
        Vector3D z = 2 * Math.PI / volume * (N1 * SamplePixel * q1).Cross(N2 * SamplePixel * q2);
        return Matrix3.FromColumns(-SamplePixel * z, SamplePixel * y, -SamplePixel * x);
    }

    private static void AssertEqual(Matrix3 own, Matrix3 published, double tolerance) =>
        Assert.InRange(Difference(own, published), 0, tolerance);

    // The largest difference of an element over the largest element.
    private static double Difference(Matrix3 own, Matrix3 published) =>
        own.ToArray().Zip(published.ToArray(), (left, right) => Math.Abs(left - right)).Max()
        / published.ToArray().Max(Math.Abs);
}
