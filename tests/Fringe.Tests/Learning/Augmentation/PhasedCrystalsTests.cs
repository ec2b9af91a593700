using System.Numerics;
using Fringe.Core;
using Fringe.Core.Strain;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using Fringe.Formats.Cxi;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Augmentation.Objects;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Learning.Augmentation;

/// <summary>What a measured crystal becomes on the small grid, and in examples.</summary>
[Collection(TensorTests.Name)]
public sealed class PhasedCrystalsTests
{
    private const int Size = 32;
    private const int Voxels = PhasedCrystal.Voxels;

    [Fact]
    [LeakCheck]
    public void Of_Block_SpansTheGridsBoxWithItsPhase()
    {
        PhasedCrystal crystal = PhasedCrystalMaker.Of(Reconstructions.Block(2), CrystalSplit.Train);

        Assert.Equal([16 / 32.0, 20 / 32.0, 24 / 32.0], crystal.Step);
        // Half-way between two voxels whose phases differ by 2/23.
        Complex middle = At(crystal.Interleaved, Voxels, 24, 24, 24);
        Assert.Equal(Math.Cos(1 / 23.0), middle.Magnitude, 1e-4);
        for (int axis = 0; axis < 3; axis++)
        {
            // The box's faces lie half a voxel of the reconstruction beyond its outer voxels' centres: 16 voxels of the grid each
            // way. There the line from 1 to 0 is at a half.
            int[] face = [24, 24, 24];
            face[axis] = 40;
            Assert.Equal(0.5, At(crystal.Interleaved, Voxels, face[0], face[1], face[2]).Magnitude, 1e-3);
            face[axis] = 8;
            Assert.Equal(0.5, At(crystal.Interleaved, Voxels, face[0], face[1], face[2]).Magnitude, 1e-3);
            face[axis] = 5;
            Assert.Equal(0, At(crystal.Interleaved, Voxels, face[0], face[1], face[2]).Magnitude, 1e-6);
        }

        // 2 radians over 23 voxels along x, of which a voxel of the grid is 0.75.
        double slope = (
            At(crystal.Interleaved, Voxels, 24, 24, 34) / At(crystal.Interleaved, Voxels, 24, 24, 14)
        ).Phase;
        Assert.Equal(20 * 0.75 * 2 / 23, slope, 1e-3);
    }

    [Fact]
    public void Of_TooSmallOrEmpty_SaysSo()
    {
        PhasedResult result = Reconstructions.Block(1);
        bool[] thin = [.. result.Support.Select((inside, i) => inside && i % 36 < Reconstructions.First[2] + 5)];
        Assert.Contains(
            "5 voxels along x",
            Assert
                .Throws<InputException>(() => PhasedCrystalMaker.Of(result with { Support = thin }, CrystalSplit.Train))
                .Message
        );

        ComplexVolume nothing = new(new float[result.Image.Interleaved.Length], 40, 40, 36);
        Assert.Contains(
            "empty",
            Assert
                .Throws<InputException>(() =>
                    PhasedCrystalMaker.Of(result with { Image = nothing }, CrystalSplit.Train)
                )
                .Message
        );
    }

    [Fact]
    public void Draw_ManyExamples_FillWhatTheOversamplingRatioAsksForAndDiffer()
    {
        PhasedCrystals source = Source(1);
        float[][] drawn = [.. Enumerable.Range(0, 12).Select(i => Draw(source, i))];

        Assert.Equal(drawn[3], Draw(source, 3));
        for (int i = 1; i < drawn.Length; i++)
        {
            Assert.NotEqual(drawn[0], drawn[i]);
        }

        Assert.All(
            drawn,
            psi =>
                Assert.All(
                    Extent(psi),
                    // Ratios run from 1.3 to 2.5; edges and shift are good to a voxel at either side.
                    extent => Assert.InRange(extent, (Size / 2.5) - 2, (Size / 1.3) + 2)
                )
        );
    }

    // Both signs, all three axes: the phase that rises along the block's x turns up along any axis of the examples, either way.
    [Fact]
    public void Draw_ManyExamples_ShowThePhaseAlongEveryAxisBothWays()
    {
        PhasedCrystals source = Source(1, scalesStrain: false);
        HashSet<(int, int)> seen = [];
        for (int i = 0; i < 60; i++)
        {
            double[] slopes = Slopes(Draw(source, i));
            int axis = Array.IndexOf(slopes, slopes.MaxBy(Math.Abs));
            seen.Add((axis, Math.Sign(slopes[axis])));
        }

        Assert.Equal(6, seen.Count);
    }

    [Fact]
    public void Draw_ScaledStrain_MultipliesThePhaseByAHalfToTwo()
    {
        PhasedCrystals plain = Source(1, scalesStrain: false);
        PhasedCrystals scaled = Source(1, scalesStrain: true);
        double[] factors =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i => Slopes(Draw(scaled, i)).MaxBy(Math.Abs) / Slopes(Draw(plain, i)).MaxBy(Math.Abs)),
        ];

        // The same draw otherwise: the factor comes last. Interpolation across the voxels bends it by a few percent at most.
        Assert.All(factors, factor => Assert.InRange(factor, 0.5 * 0.97, 2 * 1.03));
        Assert.True(factors.Min() < 0.7 && factors.Max() > 1.4);
    }

    // 9 radians wrap twice: without its seams the phase can be multiplied.
    [Fact]
    public void Unwrap_SteepPhase_HasNoSeam()
    {
        PhasedCrystal crystal = PhasedCrystalMaker.Of(Reconstructions.Block(9), CrystalSplit.Train);
        (float[] amplitude, double[] wrapped) = Polar(crystal.Interleaved);

        double[] phase = PhaseUnwrapping.Follow(amplitude, wrapped, new(Voxels, Voxels, Voxels));

        Assert.False(PhaseUnwrapping.HasSeam(amplitude, phase, new(Voxels, Voxels, Voxels), 0.5));
        int left = Index(24, 24, 12);
        int right = Index(24, 24, 36);
        Assert.Equal(24 * 0.75 * 9 / 23, phase[right] - phase[left], 0.01);
        Assert.All(
            Enumerable.Range(0, phase.Length),
            i => Assert.Equal(0, Math.IEEERemainder(phase[i] - wrapped[i], 2 * Math.PI), 1e-9)
        );
    }

    [Fact]
    public void Unwrap_Vortex_HasASeam()
    {
        float[] amplitude = new float[Voxels * Voxels * Voxels];
        double[] wrapped = new double[amplitude.Length];
        for (int i = 0; i < amplitude.Length; i++)
        {
            amplitude[i] = 1;
            wrapped[i] = Math.Atan2((i / Voxels % Voxels) - 23.5, (i % Voxels) - 23.5);
        }

        double[] phase = PhaseUnwrapping.Follow(amplitude, wrapped, new(Voxels, Voxels, Voxels));

        Assert.True(PhaseUnwrapping.HasSeam(amplitude, phase, new(Voxels, Voxels, Voxels), 0.5));
    }

    private static PhasedCrystals Source(double radians, bool scalesStrain = true) =>
        new([PhasedCrystalMaker.Of(Reconstructions.Block(radians), CrystalSplit.Train)], scalesStrain);

    private static float[] Draw(PhasedCrystals source, int number)
    {
        float[] psi = new float[2 * Size * Size * Size];
        source.Draw(RandomNumbers.ForExample(5, number), Size, psi);
        return psi;
    }

    private static int[] Extent(float[] psi)
    {
        (float[] amplitude, _) = Polar(psi);
        int[][] inside =
        [
            .. Enumerable
                .Range(0, amplitude.Length)
                .Where(i => amplitude[i] > 0.5)
                .Select(i => new[] { i / (Size * Size), i / Size % Size, i % Size }),
        ];
        return
        [
            .. Enumerable
                .Range(0, 3)
                .Select(axis => inside.Max(place => place[axis]) - inside.Min(place => place[axis]) + 1),
        ];
    }

    // Radians a voxel along z, y, x at the middle.
    private static double[] Slopes(float[] psi) =>
        [
            (At(psi, Size, 18, 16, 16) / At(psi, Size, 14, 16, 16)).Phase / 4,
            (At(psi, Size, 16, 18, 16) / At(psi, Size, 16, 14, 16)).Phase / 4,
            (At(psi, Size, 16, 16, 18) / At(psi, Size, 16, 16, 14)).Phase / 4,
        ];

    private static (float[] Amplitude, double[] Phase) Polar(float[] pairs)
    {
        Complex[] values =
        [
            .. Enumerable.Range(0, pairs.Length / 2).Select(i => new Complex(pairs[2 * i], pairs[(2 * i) + 1])),
        ];
        return (
            [.. values.Select(value => (float)value.Magnitude)],
            [.. values.Select(value => Math.Atan2(value.Imaginary, value.Real))]
        );
    }

    private static Complex At(float[] pairs, int length, int z, int y, int x)
    {
        int i = (((z * length) + y) * length) + x;
        return new Complex(pairs[2 * i], pairs[(2 * i) + 1]);
    }

    private static int Index(int z, int y, int x) => (((z * Voxels) + y) * Voxels) + x;
}
