using Fringe.Core.Volumes;
using Fringe.Imaging.Network;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Networks;
using Fringe.Learning.Prediction;
using Fringe.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning;

/// <summary>The network predicts on a device that is not the CPU what it predicts there.</summary>
[Collection(TensorTests.Name)]
public sealed class NetworkDeviceTests
{
    [Fact]
    public void Predict_OtherDevice_IsAsOnTheCpu()
    {
        using var scope = NewDisposeScope();
        using Predictor here = new(ShippedNetwork.Load(null).Network, ScalarType.Float32);
        using Predictor there = new(ShippedNetwork.Load(null).Network, ScalarType.Float32, OtherDevice.Get());
        using ExampleBatch batch = Examples.Noisy(2);
        using DiffractionPattern pattern = new(batch.Intensity[0].clone(), batch.Mask[0].clone());

        Tensor found = there.Predict(batch.Intensity, batch.Mask);

        Assert.Equal(CPU.type, found.device_type);
        // A voxel at the edge of a support, whose amplitude is an eighth of the largest, may fall on the other side: measured 0.0044.
        Assert.InRange(TestTensors.Difference(found, here.Predict(batch.Intensity, batch.Mask)), 0, 0.02);
        using NetworkStart first = there.Start(pattern);
        using NetworkStart second = here.Start(pattern);
        Assert.InRange(TestTensors.Difference(first.Objects[0], second.Objects[0]), 0, 0.02);
    }

    [Fact]
    public void Predict_CdinnOnOtherDevice_IsAsOnTheCpu()
    {
        using var scope = NewDisposeScope();
        using PhasingNetwork network = NetworkPreset.Create("cdinn");
        network.eval();
        using ExampleBatch batch = Examples.Noisy(1);
        Tensor here = network.Predict(PatternInput.Of(batch.Intensity, batch.Mask), ScalarType.Float32)[0];
        Device device = OtherDevice.Get();
        network.to(device);

        // Not packed: the weights are widened as they are used.
        PatternInput input = PatternInput.Of(batch.Intensity.to(device), batch.Mask.to(device));
        Tensor there = network.Predict(input, ScalarType.Float32)[0];

        Assert.InRange(TestTensors.Difference(there.cpu(), here), 0, 1e-5);
    }
}
