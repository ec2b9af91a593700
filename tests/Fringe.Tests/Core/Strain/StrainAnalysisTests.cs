using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Geometry;
using Fringe.Core.Strain;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Strain;

/// <summary>Crystals whose displacement is a closed form, through <c>phi = -G.u</c>.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class StrainAnalysisTests
{
    private const int Size = 32;
    private const double Voxel = 10;
    private const double Radius = 130;
    private static readonly Vector3D G = 27 * new Vector3D(0.8, -0.5, 0.3).Unit;

    [Theory]
    [InlineData(3e-3)]
    [InlineData(-1e-3)]
    public void Of_UniformStrain_IsInTheSpacingAndNotInTheMap(double strain)
    {
        StrainMap map = Analyse(r => strain * G.Unit.Dot(r), IsInBall);

        // The mean slope -strain |G| makes |G| smaller: planes that are further apart.
        Assert.Equal(2 * Math.PI / (G.Length * (1 - strain)), map.DSpacingNanometres, 1e-8);
        Assert.InRange(Math.Max(Math.Abs(map.WholeStrain.Minimum), map.WholeStrain.Maximum), 0, 2e-8);
        Assert.InRange(map.WholeDisplacement.Maximum - map.WholeDisplacement.Minimum, 0, 1e-6);
        Assert.Equal(
            Math.Sqrt(3) * map.DSpacingNanometres,
            map.LatticeConstantNanometres(new MillerIndices(1, -1, 1)),
            1e-12
        );
    }

    // u = c s^2 / 2 along G, strain c s: 8 radians from the middle to the edge, so the phase wraps.
    [Fact]
    public void Of_QuadraticDisplacement_GivesItsLinearStrainAcrossTheWraps()
    {
        const double C = 4e-3 / Radius;
        StrainMap map = Analyse(r => C * Math.Pow(G.Unit.Dot(r), 2) / 2, IsInBall);

        Assert.Equal(0, map.DislocatedVoxels);
        double offset = double.NaN;
        foreach ((int i, Vector3D r) in Places().Where(place => IsInBall(place.Position)))
        {
            double along = G.Unit.Dot(r);
            bool isSurface = Neighbours(r).Any(neighbour => !IsInBall(neighbour));
            // Central differences of a parabola are exact. A difference to one side is that of the point between, half a voxel off.
            Assert.Equal(C * along, map.Strain.Values[i], isSurface ? C * Voxel / 2 : 1e-8);
            // To a constant, the displacement itself.
            double left = map.DisplacementNanometres.Values[i] - (C * along * along / 2);
            offset = double.IsNaN(offset) ? left : offset;
            Assert.Equal(offset, left, 1e-5);
        }

        Assert.Equal(map.WholeStrain.Count, map.SurfaceStrain.Count + map.BulkStrain.Count);
        Assert.InRange(map.BulkStrain.Maximum, 0.85 * C * Radius, C * Radius);
        Assert.InRange(map.BulkStrain.StandardDeviation / map.SurfaceStrain.StandardDeviation, 0.3, 0.9);
    }

    // The sign: planes that move apart along +G are stretched.
    [Fact]
    public void Of_HalfCrystalMovedAlongG_IsStretchedBetween()
    {
        StrainMap map = Analyse(r => 0.02 * Math.Tanh(G.Unit.Dot(r) / 40), IsInBall);

        Assert.True(Value(map.Strain, 0, 0, 0) > 1e-4);
        Assert.True(Value(map.DisplacementNanometres, 3, -2, 1) > Value(map.DisplacementNanometres, -3, 2, -1));
    }

    // A screw dislocation along z with Burgers vector b and G.b = 2 pi: phi = -theta.
    [Fact]
    public void Of_ScrewDislocation_MarksItsCoreAndNoMore()
    {
        StrainMap map = Analyse(r => Turn(r) / G.Length, IsInBlock);

        // The line runs between four voxels of each of the 21 planes.
        Assert.Equal(4 * 21, map.DislocatedVoxels);
        Assert.All(
            Places().Where(place => map.Dislocated[place.Index]),
            place => Assert.InRange(Off(place.Position), 0, Voxel * 0.75)
        );
    }

    [Fact]
    public void Of_ScrewDislocation_HasItsStrainAroundAndNoneInTheStatistics()
    {
        StrainMap map = Analyse(r => Turn(r) / G.Length, IsInBlock);

        foreach ((int i, Vector3D r) in Places().Where(place => IsInBlock(place.Position)))
        {
            Assert.Equal(map.Dislocated[i], float.IsNaN(map.Strain.Values[i]));
            double off = Off(r);
            if (off > 3 * Voxel && Neighbours(r).All(IsInBlock))
            {
                // grad theta = (-y, x) / rho^2; a central difference is off by up to h^2 / (3 rho^3) along each axis.
                (double x, double y) = (r.X - (Voxel / 2), r.Y - (Voxel / 2));
                double wanted = ((-G.Unit.X * y) + (G.Unit.Y * x)) / (off * off) / G.Length;
                double error = 1.5 * Voxel * Voxel / (3 * Math.Pow(off, 3)) / G.Length;
                Assert.Equal(wanted, map.Strain.Values[i], error);
            }
        }

        Assert.Equal(Places().Count(place => IsInBlock(place.Position)) - (4 * 21), map.WholeStrain.Count);
    }

    // The core of a real one is dark: its amplitude falls to nothing over a voxel or two. Where the dark line meets the two faces it is
    // open, and counts as outside.
    [Fact]
    public void Of_ScrewDislocationWithADarkCore_IsFoundAllTheSame()
    {
        StrainMap map = Analyse(r => Turn(r) / G.Length, IsInBlock, r => Math.Min(1, Off(r) / (3 * Voxel)));

        Assert.Equal(4 * (21 - 2), map.DislocatedVoxels);
    }

    // Round the crystal the support holds noise: next to no amplitude, any phase.
    [Fact]
    public void Of_NoiseInAWideSupport_IsNotOfTheCrystal()
    {
        Random random = new(1);
        StrainMap map = Analyse(
            r => IsInBall(r) ? 0 : random.NextDouble(),
            r => r.Length < Radius + (2.5 * Voxel),
            r => IsInBall(r) ? 1 : 0.15
        );

        Assert.Equal(Places().Select(place => IsInBall(place.Position)), map.Inside);
        Assert.Equal(0, map.DislocatedVoxels);
        Assert.InRange(map.WholeStrain.RootMeanSquare, 0, 1e-8);
        Assert.True(
            Analyse(
                r => IsInBall(r) ? 0 : random.NextDouble(),
                r => r.Length < Radius + (2.5 * Voxel),
                r => IsInBall(r) ? 1 : 0.15,
                0.1
            ).DislocatedVoxels > 100
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Of_ImpossibleLeastAmplitude_SaysSo(double share) =>
        Assert.Throws<InputException>(() => Analyse(_ => 0, IsInBall, leastAmplitude: share));

    // Replicas whose strain is off by +-d s, their lattice and their phase by something else.
    [Fact]
    public void Uncertainty_ReplicasOnBothSides_IsTheirDistanceWithoutSlopeAndOffset()
    {
        const double D = 1e-3 / Radius;
        using OrthogonalObject crystal = Crystal(r => 1e-4 * G.Unit.Dot(r), IsInBall);
        using OrthogonalObject more = Crystal(r => (D * Math.Pow(G.Unit.Dot(r), 2) / 2) + 0.01, IsInBall);
        using OrthogonalObject less = Crystal(
            r => (-D * Math.Pow(G.Unit.Dot(r), 2) / 2) + (3e-4 * G.Unit.Dot(r)),
            IsInBall
        );
        StrainMap map = StrainAnalysis.Analyse(crystal, cancellation: TestContext.Current.CancellationToken);
        StrainUncertainty found = StrainAnalysis.Uncertainty(
            crystal,
            map,
            [more, less],
            widening: 2,
            TestContext.Current.CancellationToken
        );

        foreach ((int i, Vector3D r) in Places().Where(place => IsInBall(place.Position)))
        {
            double expected = 2 * D * Math.Abs(G.Unit.Dot(r)) * G.Length / map.ScatteringVector.Length;
            Assert.Equal(expected, found.Strain.Values[i], map.Surface[i] ? D * Voxel * 1.01 : 2e-8);
            Assert.Equal(
                found.PhaseRadians.Values[i] / map.ScatteringVector.Length,
                found.DisplacementNanometres.Values[i],
                1e-7
            );
        }

        Assert.All(found.Amplitude.Values.Where(float.IsFinite), value => Assert.InRange(value, 0, 1e-6));
        Assert.Equal(map.Inside.Count(inside => inside), found.WholeDisplacement.Count);
        Assert.InRange(found.BulkStrain.Maximum, 1.7 * D * Radius, 2 * D * Radius);
    }

    private static StrainMap Analyse(
        Func<Vector3D, double> displacementAlongG,
        Func<Vector3D, bool> isInside,
        Func<Vector3D, double>? amplitude = null,
        double leastAmplitude = StrainAnalysis.DefaultLeastAmplitude
    )
    {
        using OrthogonalObject crystal = Crystal(displacementAlongG, isInside, amplitude);
        return StrainAnalysis.Analyse(crystal, leastAmplitude, TestContext.Current.CancellationToken);
    }

    private static OrthogonalObject Crystal(
        Func<Vector3D, double> displacementAlongG,
        Func<Vector3D, bool> isInside,
        Func<Vector3D, double>? amplitude = null
    )
    {
        using var scope = NewDisposeScope();
        float[] values = new float[2 * Size * Size * Size];
        bool[] inside = new bool[values.Length / 2];
        foreach ((int i, Vector3D r) in Places())
        {
            double bright = amplitude?.Invoke(r) ?? 1;
            (double sin, double cos) = Math.SinCos(-G.Length * displacementAlongG(r));
            (values[2 * i], values[(2 * i) + 1]) = ((float)(bright * cos), (float)(bright * sin));
            inside[i] = isInside(r);
        }

        return new(new ComplexVolume(values, Size, Size, Size).ToTensor(), tensor(inside).reshape(Size, Size, Size))
        {
            VoxelNanometres = Voxel,
            Frame = ObjectFrame.Laboratory,
            FromLaboratory = Matrix3.Identity,
            ScatteringVector = G,
        };
    }

    private static bool IsInBall(Vector3D r) => r.Length < Radius;

    // Symmetric about the line at (5, 5): 24 x 24 voxels, 21 planes.
    private static bool IsInBlock(Vector3D r) =>
        Math.Abs(r.X - (Voxel / 2)) < 12 * Voxel
        && Math.Abs(r.Y - (Voxel / 2)) < 12 * Voxel
        && Math.Abs(r.Z) < 10.5 * Voxel;

    private static double Turn(Vector3D r) => Math.Atan2(r.Y - (Voxel / 2), r.X - (Voxel / 2));

    private static double Off(Vector3D r) => new Vector3D(r.X - (Voxel / 2), r.Y - (Voxel / 2), 0).Length;

    private static float Value(RealVolume volume, int x, int y, int z) =>
        volume[(Size / 2) + z, (Size / 2) + y, (Size / 2) + x];

    private static IEnumerable<Vector3D> Neighbours(Vector3D r) =>
        new Vector3D[] { new(1, 0, 0), new(0, 1, 0), new(0, 0, 1) }.SelectMany(step =>
            new[] { r + (Voxel * step), r - (Voxel * step) }
        );

    private static IEnumerable<(int Index, Vector3D Position)> Places() =>
        Enumerable
            .Range(0, Size * Size * Size)
            .Select(i =>
                (
                    i,
                    Voxel
                        * new Vector3D(
                            (i % Size) - (Size / 2),
                            (i / Size % Size) - (Size / 2),
                            (i / (Size * Size)) - (Size / 2)
                        )
                )
            );
}
