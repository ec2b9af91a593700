using System.Numerics;
using Fringe.Core.Diffraction;
using Fringe.Core.Geometry;
using Fringe.Core.Strain;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Geometry;

/// <summary>
/// The whole way without any of its formulae: atoms that moved by +u scatter into each voxel of the scan by <c>exp(-i Q.(r + u))</c>, with
/// the momentum transfer of that frame and pixel. The field, transformed back, resampled and read, must be that crystal.
/// </summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class FirstPrinciplesTests
{
    private const int Size = 24;
    private const double Spacing = 25;

    // Strain of c s at the distance s along Q: up to 3e-4.
    private const double C = 1.5e-6;
    private static readonly Vector3D HalfEdges = new(250, 200, 175);

    // Coarse steps of the rock, so that 24 voxels of any of the axes see the crystal two to three times.
    private static readonly BraggPeak Peak = (S54.Geometry with { RockingStepRadians = 2 * S54.Step }).At(S54.Peak);

    [Fact]
    public void Resample_AtomsThatScatterIntoEveryVoxel_AreThatCrystal()
    {
        using var scope = NewDisposeScope();
        ObjectGrid grid = new(Peak, new(Size, Size, Size), new(1, 1, 1));
        Tensor psi = ForwardModel.PropagateBack(Scattered().ToTensor());
        Tensor amplitude = psi.abs();

        using OrthogonalObject found = OrthogonalResampler.Resample(
            psi,
            amplitude.gt(0.3 * amplitude.max().item<float>()),
            grid,
            ObjectFrame.Laboratory,
            cancellation: TestContext.Current.CancellationToken
        );

        RealVolume bright = found.Object.abs().ToRealVolume();
        // Seven octants are full and one, at x, y, z > 0, is empty: no axis is reversed. The amplitude rings by a tenth about a full one.
        double full = Enumerable.Range(1, 7).Average(octant => At(bright, found, Octant(octant)));
        Assert.All(
            Enumerable.Range(1, 7),
            octant => Assert.InRange(At(bright, found, Octant(octant)) / full, 0.75, 1.25)
        );
        Assert.InRange(At(bright, found, Octant(0)) / full, 0, 0.25);
        // The amplitude falls to a half at the edges: the crystal's three lengths, within a voxel.
        AssertEdge(-HalfEdges.X, x => At(bright, found, new(x, -100, -90)) / full);
        AssertEdge(HalfEdges.X, x => At(bright, found, new(x, -100, -90)) / full);
        AssertEdge(-HalfEdges.Y, y => At(bright, found, new(-125, y, -90)) / full);
        AssertEdge(HalfEdges.Y, y => At(bright, found, new(-125, y, -90)) / full);
        AssertEdge(-HalfEdges.Z, z => At(bright, found, new(-125, -100, z)) / full);
        AssertEdge(HalfEdges.Z, z => At(bright, found, new(-125, -100, z)) / full);

        void AssertEdge(double place, Func<double, double> profile)
        {
            double outwards = Math.Sign(place) * found.VoxelNanometres;
            Assert.True(profile(place - outwards) > 0.5, $"dark inside the edge at {place} nm");
            Assert.True(profile(place + outwards) < 0.5, $"bright outside the edge at {place} nm");
        }
    }

    [Fact]
    public void StrainAnalysis_AtomsThatMovedAlongQ_FindsTheirStrain()
    {
        using var scope = NewDisposeScope();
        ObjectGrid grid = new(Peak, new(Size, Size, Size), new(1, 1, 1));
        Tensor psi = ForwardModel.PropagateBack(Scattered().ToTensor());
        Tensor amplitude = psi.abs();
        using OrthogonalObject found = OrthogonalResampler.Resample(
            psi,
            amplitude.gt(0.5 * amplitude.max().item<float>()),
            grid,
            ObjectFrame.Laboratory,
            cancellation: TestContext.Current.CancellationToken
        );

        StrainMap map = StrainAnalysis.Analyse(found, cancellation: TestContext.Current.CancellationToken);

        // Against the strain the atoms have, less its mean, which is in the spacing.
        List<(double Found, double Wanted)> pairs = [];
        int[] shape = [.. found.Object.shape.Select(length => (int)length)];
        for (int i = 0; i < map.Strain.Values.Length; i++)
        {
            Vector3D r = Position(found, shape, i);
            if (!float.IsNaN(map.Strain.Values[i]) && IsInside(r + (0.5 * found.VoxelNanometres * r.Unit)))
            {
                pairs.Add((map.Strain.Values[i], C * r.Dot(Peak.ScatteringVector.Unit)));
            }
        }

        double mean = pairs.Average(pair => pair.Wanted - pair.Found);
        double error = Math.Sqrt(pairs.Average(pair => Math.Pow(pair.Found - pair.Wanted + mean, 2)));
        double strain = Math.Sqrt(pairs.Average(pair => pair.Wanted * pair.Wanted));
        Assert.True(pairs.Count > 100);
        // 5 % were found: the sharp edges ring through voxels of 53 nm. The opposite sign would be off by twice the strain.
        Assert.InRange(error / strain, 0, 0.1);
        Assert.Equal(0, map.DislocatedVoxels);
    }

    // The crystal without its octant at x, y, z > 0.
    private static bool IsInside(Vector3D r) =>
        Math.Abs(r.X) <= HalfEdges.X
        && Math.Abs(r.Y) <= HalfEdges.Y
        && Math.Abs(r.Z) <= HalfEdges.Z
        && !(r is { X: > 0, Y: > 0, Z: > 0 });

    // The middle of an octant; bit 0, 1, 2 set: x, y, z below 0.
    private static Vector3D Octant(int number) =>
        0.5
        * new Vector3D(
            (number & 1) == 0 ? HalfEdges.X : -HalfEdges.X,
            (number & 2) == 0 ? HalfEdges.Y : -HalfEdges.Y,
            (number & 4) == 0 ? HalfEdges.Z : -HalfEdges.Z
        );

    // Sites r lie on the planes of Q, so exp(-i Q.r) is exp(-i (Q - Q0).r) for them.
    private static ComplexVolume Scattered()
    {
        List<(Vector3D Site, Vector3D Moved)> atoms = [];
        Vector3D along = Peak.ScatteringVector.Unit;
        for (double x = -262.5 + Spacing; x < 262; x += Spacing)
        {
            for (double y = -212.5 + Spacing; y < 212; y += Spacing)
            {
                for (double z = -187.5 + Spacing; z < 187; z += Spacing)
                {
                    Vector3D site = new(x, y, z);
                    if (IsInside(site))
                    {
                        atoms.Add((site, C * Math.Pow(site.Dot(along), 2) / 2 * along));
                    }
                }
            }
        }

        float[] field = new float[2 * Size * Size * Size];
        Parallel.For(
            0,
            field.Length / 2,
            i =>
            {
                VoxelPlace voxel = new(
                    Peak.Place.Frame + (i / (Size * Size)) - (Size / 2),
                    Peak.Place.Row + (i / Size % Size) - (Size / 2),
                    Peak.Place.Column + (i % Size) - (Size / 2)
                );
                Vector3D q = Peak.Q(voxel);
                Complex sum = 0;
                foreach ((Vector3D site, Vector3D moved) in atoms)
                {
                    sum += Complex.FromPolarCoordinates(1, -(q - Peak.ScatteringVector).Dot(site) - q.Dot(moved));
                }

                (field[2 * i], field[(2 * i) + 1]) = ((float)sum.Real, (float)sum.Imaginary);
            }
        );
        return new ComplexVolume(field, Size, Size, Size);
    }

    private static Vector3D Position(OrthogonalObject found, int[] shape, int index) =>
        found.VoxelNanometres
        * new Vector3D(
            (index % shape[2]) - (shape[2] / 2),
            (index / shape[2] % shape[1]) - (shape[1] / 2),
            (index / (shape[1] * shape[2])) - (shape[0] / 2)
        );

    // Trilinear; 0 outside.
    private static double At(RealVolume volume, OrthogonalObject found, Vector3D r)
    {
        Vector3D at = (r / found.VoxelNanometres) + new Vector3D(volume.Width / 2, volume.Height / 2, volume.Depth / 2);
        (int x, int y, int z) = ((int)Math.Floor(at.X), (int)Math.Floor(at.Y), (int)Math.Floor(at.Z));
        double value = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            (int i, int j, int k) = (x + (corner & 1), y + ((corner >> 1) & 1), z + (corner >> 2));
            if (i >= 0 && i < volume.Width && j >= 0 && j < volume.Height && k >= 0 && k < volume.Depth)
            {
                value +=
                    (1 - Math.Abs(at.X - i)) * (1 - Math.Abs(at.Y - j)) * (1 - Math.Abs(at.Z - k)) * volume[k, j, i];
            }
        }

        return value;
    }
}
