using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Networks;
using Fringe.Learning.Prediction;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Prediction;

/// <summary>The shipped network on crystals it never saw, and the way of a measured pattern to its grid and back.</summary>
[Collection(TensorTests.Name)]
public sealed class PredictorTests : IDisposable
{
    // Made before tensors are counted: TorchSharp counts the tensors that parameters were made of as alive for ever.
    private readonly Predictor predictor = new(ShippedNetwork.Load(null).Network);

    public void Dispose() => predictor.Dispose();

    [Fact]
    public void Predict_UnseenCrystals_AreFound()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch batch = Examples.Clean(12, photons: 1e7, seed: 4711);
        Tensor found = predictor.Predict(batch.Intensity, batch.Mask);
        double[] errors =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(i => RealSpaceError.Of(found[i].clone(), batch.Target[i].clone()))
                .Order(),
        ];

        Assert.True(errors[6] < 0.12, $"median error {errors[6]}");
    }

    // Shift, twin and global phase do not change a pattern but for float32 rounding, which a network in bfloat16 rounds away or
    // passes on: its weights keep 8 bits.
    [Theory]
    [InlineData("shift")]
    [InlineData("twin")]
    [InlineData("phase")]
    public void Predict_TrivialChangeOfTheObject_GivesTheSameObject(string change)
    {
        using var scope = NewDisposeScope();
        using Predictor exact = new(ShippedNetwork.Load(null).Network, ScalarType.Float32);
        using ExampleBatch batch = Examples.Clean(1);
        Tensor psi = batch.Target[0].clone();
        Tensor changed = change switch
        {
            "shift" => psi.roll([2, -3, 1], [0, 1, 2]),
            "twin" => TrivialTransforms.Twin(psi),
            _ => psi * polar(tensor(1f), tensor(1.1f)),
        };

        Tensor a = exact.Predict(Examples.Pattern(psi.unsqueeze(0)), batch.Mask)[0];
        Tensor b = exact.Predict(Examples.Pattern(changed.unsqueeze(0)), batch.Mask)[0];

        Assert.InRange(RealSpaceError.Of(a.clone(), b.clone()), -1e-3, 1e-3);
    }

    [Fact]
    public void Start_FlippedPattern_GivesTheFlippedObjects()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch batch = Examples.Clean(1, seed: 12);
        Tensor intensity = batch.Intensity[0].clone();
        using DiffractionPattern pattern = new(intensity.clone(), batch.Mask[0].clone());
        using DiffractionPattern flipped = new(TrivialTransforms.Invert(intensity).contiguous(), batch.Mask[0].clone());

        using NetworkStart found = predictor.Start(pattern, 2);
        using NetworkStart other = predictor.Start(flipped, 2);

        Assert.All(
            found.Objects.Zip(other.Objects),
            pair => Assert.InRange(TestTensors.Difference(TrivialTransforms.Invert(pair.Second), pair.First), 0, 1e-5)
        );
    }

    // Its support is too far off for phase retrieval: the network's own object comes out, within its support.
    [Fact]
    public void Predict_Cdinn_IsTheNetworksObject()
    {
        using var scope = NewDisposeScope();
        using Predictor cdinn = new(NetworkPreset.Create("cdinn"), ScalarType.Float32);
        using ExampleBatch batch = Examples.Clean(1);

        Tensor found = cdinn.Predict(batch.Intensity, batch.Mask);
        Tensor raw = cdinn.PredictRaw(batch.Intensity, batch.Mask);

        Assert.True(TestTensors.Difference(found, raw * ModulusSteps.Support(raw)) == 0);
    }

    [Fact]
    public void Start_OnePattern_IsItsBestPassesAndTheirJudgement()
    {
        using var scope = NewDisposeScope();
        foreach (long seed in new long[] { 12, 13 })
        {
            using ExampleBatch batch = Examples.Noisy(1, seed);
            using DiffractionPattern pattern = new(batch.Intensity[0].clone(), batch.Mask[0].clone());
            using NetworkInput input = NetworkInput.Of(pattern);
            using PredictedObject judged = predictor.PredictWithSpread(input);

            using NetworkStart start = predictor.Start(
                pattern,
                Predictor.Passes,
                Autocorrelation.Of(pattern).OversamplingRatio()
            );
            using PredictedObject found = start.Judge();

            double[] chis = [.. start.Objects.Select(psi => AmplitudeMisfits.Chi(psi, pattern).Chi)];
            Assert.Equal(Predictor.Passes, chis.Length);
            Assert.Equal(chis.Order(), chis);
            Assert.Equal(chis[0], found.Chi, 1e-5);
            Assert.Equal(input.OversamplingRatio, start.Input.OversamplingRatio);
            Assert.Equal((judged.Spread, judged.Chi, judged.Noise), (found.Spread, found.Chi, found.Noise));
            Assert.True((judged.Object == found.Object).all().item<bool>());
            Assert.True(judged.Support.Equals(found.Support));
            Assert.True(judged.Uncertainty.Equals(found.Uncertainty));
        }
    }

    [Fact]
    [LeakCheck]
    public void Start_OnePattern_LeavesNothing()
    {
        using ExampleBatch batch = Examples.Clean(1);
        using Tensor intensity = batch.Intensity[0];
        using Tensor mask = batch.Mask[0];
        using DiffractionPattern pattern = new(intensity.clone(), mask.clone());
        using NetworkStart start = predictor.Start(pattern, 2);
        using PredictedObject found = start.Judge();

        Assert.Equal(2, start.Objects.Count);
        Assert.All(start.Objects, psi => Assert.Equal(pattern.Shape, psi.shape));
    }

    [Fact]
    public void Start_TooSmallVolume_IsRefused()
    {
        using DiffractionPattern pattern = new(ones(32, 31, 32), zeros(32, 31, 32, ScalarType.Bool));

        Assert.Throws<InputException>(() => predictor.Start(pattern));
    }

    // Without a scope of its own, which would hide what the predictor leaves; so the views of the batch are disposed one by one.
    [Fact]
    [LeakCheck]
    public void PredictWithSpread_OnePattern_LeavesNothing()
    {
        using ExampleBatch batch = Examples.Clean(1);
        using Tensor intensity = batch.Intensity[0];
        using Tensor mask = batch.Mask[0];
        using DiffractionPattern pattern = new(intensity.clone(), mask.clone());
        using NetworkInput input = NetworkInput.Of(pattern);
        using PredictedObject found = predictor.PredictWithSpread(input);

        Assert.InRange(found.Spread, 0, 1);
        Assert.Equal([32, 32, 32], found.Uncertainty.shape);
    }

    // An object in a box of twice the edge has a pattern of which every second voxel is that of the box itself: resampling by 2
    // must give it, and the way back must give the object.
    [Fact]
    public void Of_PatternOversampledThreeTimes_IsEverySecondVoxelAndBack()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch batch = new ExampleMaker(new Sphere(), MeasurementOptions.Clean(1e9), 32, 1).Make(0, 1);
        Tensor psi = batch.Target[0].clone();
        Tensor padded = zeros(64, 64, 64, ScalarType.ComplexFloat32);
        padded.narrow(0, 16, 32).narrow(1, 16, 32).narrow(2, 16, 32).copy_(psi);
        using DiffractionPattern pattern = new(Examples.Pattern(padded), zeros(64, 64, 64, ScalarType.Bool));

        using NetworkInput input = NetworkInput.Of(pattern);

        Assert.Equal([2, 2, 2], input.Step);
        Assert.True(TestTensors.Difference(input.Intensity[0], Examples.Pattern(psi)) < 1e-3);
        Assert.InRange(RealSpaceError.Of(input.ToPatternGrid(psi), padded), -1e-3, 1e-3);
    }

    [Fact]
    public void Of_MaskedVoxels_AreMaskedOnTheGrid()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch batch = Examples.Clean(1);
        Tensor mask = zeros(32, 32, 32, ScalarType.Bool);
        mask.narrow(2, 25, 2).fill_(true);
        using DiffractionPattern pattern = new(batch.Intensity[0].masked_fill(mask, 0), mask.clone());

        using NetworkInput input = NetworkInput.Of(pattern);

        Assert.True(input.Mask[0].Equals(mask));
        Assert.Equal(0, input.Intensity[0].masked_select(mask).sum().item<float>());
    }

    [Fact]
    public void Of_TooSmallVolume_SaysWhatIsNeeded()
    {
        using DiffractionPattern pattern = new(ones(32, 31, 32), zeros(32, 31, 32, ScalarType.Bool));

        Assert.Contains("at least 32", Assert.Throws<InputException>(() => NetworkInput.Of(pattern)).Message);
    }

    // Of 10 voxels' radius, soft: oversampled 1.5 times.
    private sealed class Sphere : CrystalSource
    {
        public override void Draw(Random random, int size, Span<float> psi)
        {
            for (int i = 0; i < size * size * size; i++)
            {
                (int z, int y, int x) = ((i / (size * size)) - 16, (i / size % size) - 16, (i % size) - 16);
                psi[2 * i] = (float)(1 / (1 + Math.Exp(2 * (Math.Sqrt((z * z) + (y * y) + (x * x)) - 10))));
                psi[(2 * i) + 1] = 0;
            }
        }
    }
}
