using Fringe.Core.Metrics;
using Fringe.Learning.Augmentation;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Augmentation;

/// <summary>Examples are what they say: the pattern is that of the object, in the form of a prepared measurement.</summary>
public sealed class ExampleMakerTests
{
    [Fact]
    public void Make_SameSeed_GivesTheSameExamplesHoweverTheyAreBatched()
    {
        using var scope = NewDisposeScope();
        ExampleMaker maker = new(new ProceduralCrystals(), new MeasurementOptions(), 32, 5);
        using ExampleBatch all = maker.Make(0, 3);
        using ExampleBatch again = maker.Make(0, 3);
        using ExampleBatch last = maker.Make(2, 1);

        Assert.True(all.Intensity.Equals(again.Intensity));
        Assert.True((all.Target == again.Target).all().item<bool>());
        Assert.True((all.Target[2] - last.Target[0]).abs().max().item<float>() < 1e-4);
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
}
