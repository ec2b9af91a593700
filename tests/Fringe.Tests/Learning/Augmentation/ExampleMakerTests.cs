using System.Numerics;
using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Augmentation;

/// <summary>Examples are what they say: the pattern is that of the object, in the form of a prepared measurement.</summary>
public sealed class ExampleMakerTests
{
    // All that a measurement may do to a pattern is among these twelve. In turn whole, in unequal parts and one by one.
    [Fact]
    public void Make_Split_GivesTheSamePatterns()
    {
        using var scope = NewDisposeScope();
        ExampleMaker maker = new(new ProceduralCrystals(), new MeasurementOptions(), 32, 5);
        using ExampleBatch whole = maker.Make(0, 12);
        Measurement[] drawn =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(i => Measurement.Draw(RandomNumbers.ForExample(5, i), new MeasurementOptions(), 32)),
        ];
        Assert.Contains(drawn, one => one.CoherenceVoxels is not null);
        Assert.Contains(drawn, one => one.CoherenceVoxels is null);
        Assert.Contains(drawn, one => one.Background > 0);
        Assert.Contains(drawn, one => one.Gap is not null);

        foreach (int[] parts in new int[][] { [12], [7, 5], [1, 3, 8], [.. Enumerable.Repeat(1, 12)] })
        {
            ExampleBatch[] made = [.. parts.Select((count, part) => maker.Make(parts.Take(part).Sum(), count))];

            Assert.Equal(Bytes(whole.Intensity), made.SelectMany(batch => Bytes(batch.Intensity)));
            Assert.Equal(Bytes(whole.Mask), made.SelectMany(batch => Bytes(batch.Mask)));
            Assert.Equal(
                Bytes(view_as_real(whole.Target)),
                made.SelectMany(batch => Bytes(view_as_real(batch.Target)))
            );
            Assert.Equal(whole.Photons, made.SelectMany(batch => batch.Photons));
            Array.ForEach(made, batch => batch.Dispose());
        }
    }

    [Fact]
    public void Make_OtherSeedOrNumber_GivesOtherPhotons()
    {
        using var scope = NewDisposeScope();
        // The same object and the same expected pattern each time: only the photons can differ.
        using ExampleBatch batch = new ExampleMaker(new Point(), MeasurementOptions.Clean(1e5), 32, 5).Make(0, 2);
        using ExampleBatch other = new ExampleMaker(new Point(), MeasurementOptions.Clean(1e5), 32, 6).Make(0, 1);

        Assert.False(batch.Intensity[0].Equals(batch.Intensity[1]));
        Assert.False(batch.Intensity[0].Equals(other.Intensity[0]));
    }

    [Fact]
    public void Make_ManyPhotons_PatternIsThatOfTheTarget()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch batch = Examples.Clean(4, photons: 1e12);
        Tensor expected = Examples.Pattern(batch.Target);

        for (int i = 0; i < 4; i++)
        {
            Tensor scaled = expected[i] * (batch.Intensity[i].sum() / expected[i].sum());
            // Photon noise at 1e12 photons is 1e-6 of the whole; the rest is float32.
            double difference = ((scaled - batch.Intensity[i]).abs().sum() / scaled.sum()).item<float>();
            Assert.InRange(difference, 0, 1e-3);
        }
    }

    [Fact]
    public void Make_AnyExample_StandsAsAPreparedMeasurementDoes()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch batch = Examples.Clean(8, photons: 1e10);

        for (int i = 0; i < 8; i++)
        {
            Assert.Equal((16 * 32 * 32) + (16 * 32) + 16, batch.Intensity[i].argmax().item<long>());
            Assert.Equal(1e10, batch.Intensity[i].sum(ScalarType.Float64).item<double>(), 1e7);
            Tensor weight = batch.Target[i].abs().square();
            Tensor index = arange(32, ScalarType.Float32) - 16;
            double centre = ((weight.sum([0, 1]) * index).sum() / weight.sum()).item<float>();
            // A shift by the Fourier theorem leaves a little ringing far out.
            Assert.InRange(centre, -0.1, 0.1);
        }
    }

    [Fact]
    public void Make_GapInEveryPattern_IsMaskedAndEmpty()
    {
        using var scope = NewDisposeScope();
        MeasurementOptions options = new() { GapChance = 1 };
        using ExampleBatch batch = new ExampleMaker(new ProceduralCrystals(), options, 32, 5).Make(0, 4);

        Assert.True(batch.Mask.sum([1, 2, 3]).ge(32 * 32).all().item<bool>());
        Assert.Equal(0, batch.Intensity.masked_select(batch.Mask).abs().sum().item<float>());
        Assert.False(batch.Mask[TensorIndex.Colon, 16, 16, 16].any().item<bool>());
    }

    [Fact]
    public void Make_FewPhotons_IsNoisyAndWhole()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch batch = Examples.Clean(1, photons: 1e5);

        Assert.Equal(1e5, batch.Intensity.sum().item<float>(), 5 * Math.Sqrt(1e5));
        Assert.True(batch.Intensity.Equals(batch.Intensity.round()));
    }

    [Fact]
    public void Make_SimulatedCrystal_FillsWhatTheOversamplingRatioAsksFor()
    {
        using var scope = NewDisposeScope();
        AtomisticCrystals source = new([Blocks.Record(0.004f)], unstrainedShare: 0);
        using ExampleBatch batch = new ExampleMaker(source, MeasurementOptions.Clean(1e9), 32, 3).Make(0, 6);

        for (int i = 0; i < 6; i++)
        {
            Tensor inside = batch.Target[i].abs().ge(batch.Target[i].abs().max() * 0.4);
            for (int axis = 0; axis < 3; axis++)
            {
                long[] others = [.. new long[] { 0, 1, 2 }.Where(other => other != axis)];
                long extent = inside.sum(others).gt(0).sum().item<long>();
                // Ratios run from 1.3 to 2.5; edges are good to a voxel at either side.
                Assert.InRange(extent, (32 / 2.5) - 2, (32 / 1.3) + 2);
            }
        }
    }

    // A crystal whose displacement is 0 is real up to its twin: flat phase.
    [Fact]
    public void Make_UnstrainedCrystal_HasNoPhase()
    {
        using var scope = NewDisposeScope();
        AtomisticCrystals source = new([Blocks.Record(0.004f)], unstrainedShare: 1);
        using ExampleBatch batch = new ExampleMaker(source, MeasurementOptions.Clean(1e9), 32, 3).Make(0, 2);
        Tensor flat = batch.Target[0].abs().to(ScalarType.ComplexFloat32);

        Assert.InRange(RealSpaceError.Of(batch.Target[0].clone(), flat), -1e-3, 0.01);
    }

    // What networks are judged by must not change unnoticed, or figures would not be of the same examples. Stored when the weights that ship
    // were evaluated (docs/results/network.md).
    [Fact]
    public void Draw_ToJudgeBy_IsWhatItAlwaysWas()
    {
        Complex value = Draw(new AtomisticCrystals([Blocks.Record(0.004f)]), 3)[(16 * 32 * 32) + (16 * 32) + 20];

        Assert.Equal(-0.99966377, value.Real, 1e-5);
        Assert.Equal(0.02592968, value.Imaginary, 1e-5);
    }

    [Fact]
    public void Draw_ScaledStrain_MultipliesThePhaseAndNothingElse()
    {
        AtomisticCrystals plain = new([Blocks.Record(0.0005f)], unstrainedShare: 0);
        AtomisticCrystals scaled = new([Blocks.Record(0.0005f)], unstrainedShare: 0, scalesStrain: true);
        List<double> factors = [];
        for (int example = 0; example < 30; example++)
        {
            (Complex[] a, Complex[] b) = (Draw(plain, example), Draw(scaled, example));
            // Phases stay far from pi: on voxels well inside, one is a multiple of the other.
            int[] inside = [.. Enumerable.Range(0, a.Length).Where(i => a[i].Magnitude > 0.999)];
            double factor = inside.Sum(i => b[i].Phase * a[i].Phase) / inside.Sum(i => a[i].Phase * a[i].Phase);
            Assert.All(inside, i => Assert.Equal(factor * a[i].Phase, b[i].Phase, 0.02));
            factors.Add(factor);
        }

        Assert.All(factors, factor => Assert.InRange(factor, StrainScale.Least - 0.01, StrainScale.Most + 0.01));
        Assert.True(factors.Min() < 0.65 && factors.Max() > 1.5);
    }

    [Fact]
    public void Draw_UnstrainedCrystal_IsTheSameScaledOrNot() =>
        Assert.Equal(
            Draw(new AtomisticCrystals([Blocks.Record(0.004f)], unstrainedShare: 1), 3),
            Draw(new AtomisticCrystals([Blocks.Record(0.004f)], unstrainedShare: 1, scalesStrain: true), 3)
        );

    // A phase of 1 radian a voxel may grow by pi/2 at most, a steeper one than that not at all.
    [Theory]
    [InlineData(0, 2)]
    [InlineData(0.1, 2)]
    [InlineData(1, Math.PI / 2)]
    [InlineData(3, 1)]
    public void StrainScale_Steepness_LimitsTheFactor(double steepness, double most)
    {
        double[] drawn =
        [
            .. Enumerable.Range(0, 300).Select(i => StrainScale.Draw(RandomNumbers.ForExample(1, i), steepness)),
        ];

        Assert.InRange(drawn.Max(), 0.97 * most, most);
        Assert.InRange(drawn.Min(), 0.5, 0.52);
    }

    // Along x the block's displacement grows as (x - 7)^2 times 127 steps over 100: steepest where it leaves.
    [Fact]
    public void Steepness_KnownField_IsItsGradient()
    {
        FieldObject source = new(Blocks.Record(0.0005f).ToFields(), new MillerIndices(1, 0, 0));

        // From x = 16 to 17 by 100 - 81 of 100 parts of 127 steps.
        double slope = 2 * Math.PI * 127 * 0.0005 * (100 - 81) / 100;
        Assert.Equal(slope, source.Steepness(), 2 * Math.PI * 0.0005);
        Assert.Equal(2 * slope, source.Strained(2).Steepness(), 4 * Math.PI * 0.0005);
    }

    private static Complex[] Draw(AtomisticCrystals source, int example)
    {
        float[] pairs = new float[2 * 32 * 32 * 32];
        source.Draw(RandomNumbers.ForExample(7, example), 32, pairs);
        return [.. Enumerable.Range(0, pairs.Length / 2).Select(i => new Complex(pairs[2 * i], pairs[(2 * i) + 1]))];
    }

    private static byte[] Bytes(Tensor values) => values.bytes.ToArray();

    /// <summary>A Gaussian, whatever the random numbers say.</summary>
    private sealed class Point : CrystalSource
    {
        public override void Draw(Random random, int size, Span<float> psi)
        {
            for (int i = 0; i < size * size * size; i++)
            {
                int half = size / 2;
                (int z, int y, int x) = ((i / size / size) - half, (i / size % size) - half, (i % size) - half);
                psi[2 * i] = (float)Math.Exp(-((z * z) + (y * y) + (x * x)) / 32.0);
                psi[(2 * i) + 1] = 0;
            }
        }
    }
}
