using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Instrument;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Augmentation.Instrument;

/// <summary>The far field is that of the body itself, not of its voxels.</summary>
public sealed class FarFieldTests
{
    private const int Size = 32;

    // F(q) = 4 pi (sin qR - qR cos qR) / q^3.
    [Fact]
    public void Cut_Sphere_IsItsClosedFormOutToTheDetectorsEdge()
    {
        using var scope = NewDisposeScope();
        const double radius = 6.3;
        using FarField field = FarField.Of(new ModelCrystal(Ellipsoid.Sphere(radius), []), Size);
        Tensor seen = field.Cut(new(0, 0, 0)).abs();
        Tensor wanted = Sphere(radius);
        wanted = wanted * (seen[16, 16, 16] / wanted[16, 16, 16]);
        // Along an axis the detector ends at 16 voxels, where an object drawn on its own grid is off as much as it is right.
        double inner = Relative(2, 8);
        double outer = Relative(12, 16);

        Assert.InRange(inner, 0, 0.03);
        Assert.InRange(outer, 0, 0.2);

        double Relative(int from, int to)
        {
            Tensor part = seen.narrow(0, 16, 1).narrow(1, 16, 1).narrow(2, 16 - to, to - from);
            Tensor like = wanted.narrow(0, 16, 1).narrow(1, 16, 1).narrow(2, 16 - to, to - from);
            return ((part - like).square().sum() / like.square().sum()).sqrt().item<double>();
        }
    }

    [Fact]
    public void Cut_MovedPeak_ShowsTheSameFieldElsewhere()
    {
        using var scope = NewDisposeScope();
        // A phase ramp of 3 voxels takes the peak away from zero frequency; it is brought back.
        GrainPhase ramp = new(new HalfSpace(new(0, 0, 1), 100), 0, new(2 * Math.PI * 3 / Size, 0, 0));
        ModelCrystal crystal = new(Polyhedron.Draw(new Random(2), new Axes3<double>(10, 11, 12)), [ramp]);
        using FarField field = FarField.Of(crystal, Size);

        Tensor middle = field.Cut(new(0, 0, 0));
        Tensor moved = field.Cut(new(2, -5, 7));

        Assert.Equal((16 * Size * Size) + (16 * Size) + 16, middle.abs().argmax().item<long>());
        Assert.Equal((18 * Size * Size) + (11 * Size) + 23, moved.abs().argmax().item<long>());
        Assert.Equal(
            0,
            (
                middle.narrow(0, 5, 20).narrow(1, 10, 20).narrow(2, 3, 20)
                - moved.narrow(0, 7, 20).narrow(1, 5, 20).narrow(2, 10, 20)
            )
                .abs()
                .max()
                .item<double>()
        );
    }

    [Fact]
    public void Intensity_FullCoherence_IsTheSquare()
    {
        using var scope = NewDisposeScope();
        using FarField field = FarField.Of(new ModelCrystal(Ellipsoid.Sphere(5), []), Size);

        Tensor difference = field.Intensity(null) - field.Cut(new(0, 0, 0)).abs().square();

        Assert.Equal(0, difference.abs().max().item<double>());
    }

    private static Tensor Sphere(double radius)
    {
        double[] values = new double[Size * Size * Size];
        for (int i = 0; i < values.Length; i++)
        {
            Vector3D place = new((i % Size) - 16, (i / Size % Size) - 16, (i / Size / Size) - 16);
            double q = Math.Max(1e-3, 2 * Math.PI * place.Length / Size);
            double qr = q * radius;
            values[i] = Math.Abs(4 * Math.PI * (Math.Sin(qr) - (qr * Math.Cos(qr))) / (q * q * q));
        }

        return tensor(values, dtype: ScalarType.Float64).reshape(Size, Size, Size);
    }
}
