using System.Numerics;
using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Geometry;

/// <summary>An object known everywhere, drawn on the skewed grid of scan 54 and resampled: it must be the same object.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class OrthogonalResamplerTests
{
    private const double EdgeNanometres = 45;
    private static readonly Shape3 Shape = new(60, 63, 64);
    private static readonly double[] HalfAxes = [260, 150, 200];

    // The ellipsoid's own axes in the laboratory: turned, so that no axis of any grid is its own.
    private static readonly Matrix3 Tilt = Matrix3
        .Rotation(new(0, 0, 1), 0.5)
        .Times(Matrix3.Rotation(new(1, 0, 0), -0.3));
    private static readonly Vector3D Centre = new(60, -35, 20);
    private static readonly ObjectGrid Grid = new(S54.Geometry.At(S54.Peak), Shape, new(2, 1, 1));

    // The kernel is off by up to 2 % for what varies within two old voxels; the edge is as wide as that, the inside far smoother.
    [Theory]
    [InlineData(ObjectFrame.Laboratory, null)]
    [InlineData(ObjectFrame.Crystal, null)]
    [InlineData(ObjectFrame.Laboratory, 14.0)]
    public void Resample_KnownObjectOnASkewedGrid_IsTheSameObject(ObjectFrame frame, double? voxel)
    {
        using OrthogonalObject found = Resampled(Everywhere, frame, voxel);

        Assert.Equal(voxel ?? Grid.ShortestEdgeNanometres, found.VoxelNanometres);
        Assert.InRange(Misfit(found, Everywhere), 0, 0.01);
        // What would be wrong shows: another handedness, the twin, the opposite phase.
        Assert.True(Misfit(found, r => Everywhere(r with { X = -r.X })) > 0.3);
        Assert.True(Misfit(found, r => Complex.Conjugate(Everywhere(-1 * r))) > 0.3);
        Assert.True(Misfit(found, r => Complex.Conjugate(Everywhere(r))) > 0.3);
    }

    [Fact]
    public void Resample_Ellipsoid_HasItsVolumeCentreAndOrientation()
    {
        using OrthogonalObject found = Resampled(Everywhere, ObjectFrame.Laboratory, null);

        (double volume, Vector3D centre, Matrix3 moments) = Moments(found);

        // The support ends where the amplitude is a tenth: tanh is 0.8 there.
        double scale = 1 + (Math.Atanh(0.8) * EdgeNanometres / HalfAxes.Average());
        double wanted = 4 * Math.PI / 3 * HalfAxes[0] * HalfAxes[1] * HalfAxes[2] * Math.Pow(scale, 3);
        Assert.InRange(volume / wanted, 0.99, 1.01);
        Assert.InRange((centre - Centre).Length, 0, 0.2 * found.VoxelNanometres);
        // The longest axis is an eigenvector of the second moments, to half a degree.
        Vector3D longest = Tilt.Column(0);
        Vector3D turned = moments.Apply(longest).Unit;
        Assert.InRange(Math.Acos(Math.Min(1, Math.Abs(turned.Dot(longest)))), 0, 0.5 * S54.Radian);
    }

    [Fact]
    public void Resample_CrystalFrame_HasTheScatteringVectorAlongY()
    {
        using OrthogonalObject found = Resampled(Everywhere, ObjectFrame.Crystal, null);

        Assert.InRange((found.ScatteringVector - new Vector3D(0, Grid.ScatteringVector.Length, 0)).Length, 0, 1e-12);
        Assert.InRange((found.FromLaboratory.Apply(Grid.ScatteringVector) - found.ScatteringVector).Length, 0, 1e-12);
    }

    // A wave of period 60 nm: voxels of 20 nm hold it, voxels of 40 nm must not turn it into one of 120 nm.
    [Theory]
    [InlineData(20, 0.97, 1.03)]
    [InlineData(40, 0, 0.02)]
    public void Resample_AWave_IsKeptOrTakenAwayButNeverAliased(double voxel, double least, double most)
    {
        using OrthogonalObject smooth = Resampled(Bell, ObjectFrame.Laboratory, voxel);
        using OrthogonalObject wavy = Resampled(
            r => Bell(r) * Complex.FromPolarCoordinates(1, 2 * Math.PI * r.X / 60),
            ObjectFrame.Laboratory,
            voxel
        );

        Assert.InRange(TestTensors.Norm(wavy.Object) / TestTensors.Norm(smooth.Object), least, most);

        static Complex Bell(Vector3D r) => Math.Exp(-r.Dot(r) / (2 * 130 * 130));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(0.01)]
    public void Resample_ImpossibleVoxel_SaysSo(double voxel) =>
        Assert.Contains(
            "voxel",
            Assert.Throws<InputException>(() => Resampled(Everywhere, ObjectFrame.Laboratory, voxel)).Message
        );

    // A soft-edged ellipsoid with a linear and a quadratic phase of several radians, of no symmetry.
    private static Complex Everywhere(Vector3D r)
    {
        Vector3D own = Tilt.Transposed().Apply(r - Centre);
        double radius = new Vector3D(own.X / HalfAxes[0], own.Y / HalfAxes[1], own.Z / HalfAxes[2]).Length;
        double amplitude = 0.5 * (1 - Math.Tanh((radius - 1) * HalfAxes.Average() / EdgeNanometres));
        double phase = (0.012 * r.X) - (0.007 * r.Y) + (0.005 * r.Z) + (3e-5 * r.Y * r.Y) - (2e-5 * r.X * r.Z);
        return Complex.FromPolarCoordinates(amplitude, phase);
    }

    private static OrthogonalObject Resampled(Func<Vector3D, Complex> field, ObjectFrame frame, double? voxel)
    {
        using var scope = NewDisposeScope();
        float[] values = new float[2 * Shape.Volume];
        for (int i = 0; i < values.Length / 2; i++)
        {
            Complex value = field(Grid.PositionOf(Shape.Place(i).Select(index => (double)index)));
            (values[2 * i], values[(2 * i) + 1]) = ((float)value.Real, (float)value.Imaginary);
        }

        Tensor psi = new ComplexVolume(values, Shape.Depth, Shape.Height, Shape.Width).ToTensor();
        return OrthogonalResampler.Resample(
            psi,
            psi.abs().gt(0.1),
            Grid,
            frame,
            voxel,
            TestContext.Current.CancellationToken
        );
    }

    // Over the support: |found - wanted| / |wanted|.
    private static double Misfit(OrthogonalObject found, Func<Vector3D, Complex> wanted)
    {
        Matrix3 toLaboratory = found.FromLaboratory.Transposed();
        ComplexVolume psi = found.Object.ToComplexVolume();
        (double difference, double norm) = (0, 0);
        foreach ((int i, Vector3D r) in Places(found))
        {
            Complex value = new(psi.Interleaved[2 * i], psi.Interleaved[(2 * i) + 1]);
            Complex known = wanted(toLaboratory.Apply(r));
            difference += Math.Pow((value - known).Magnitude, 2);
            norm += Math.Pow(known.Magnitude, 2);
        }

        return Math.Sqrt(difference / norm);
    }

    private static (double Volume, Vector3D Centre, Matrix3 Second) Moments(OrthogonalObject found)
    {
        Vector3D[] places = [.. Places(found).Select(place => place.Position)];
        Vector3D centre = places.Aggregate(new Vector3D(0, 0, 0), (sum, r) => sum + r) / places.Length;
        double[] second = new double[9];
        foreach (Vector3D r in places)
        {
            Vector3D away = r - centre;
            double[] components = [away.X, away.Y, away.Z];
            for (int i = 0; i < 9; i++)
            {
                second[i] += components[i / 3] * components[i % 3] / places.Length;
            }
        }

        return (places.Length * Math.Pow(found.VoxelNanometres, 3), centre, Matrix3.FromRows(second));
    }

    private static IEnumerable<(int Index, Vector3D Position)> Places(OrthogonalObject found)
    {
        bool[] inside = found.Support.ToBooleans();
        Shape3 shape = Shape3.FromList(found.Support.shape);
        for (int i = 0; i < inside.Length; i++)
        {
            if (inside[i])
            {
                Axes3<int> away = shape.Place(i).Zip(shape.Centre, (index, centre) => index - centre);
                yield return (i, found.VoxelNanometres * new Vector3D(away.X, away.Y, away.Z));
            }
        }
    }
}
