using Fringe.Core;
using Fringe.Formats.SafeTensors;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Networks;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Networks;

/// <summary>The presets' shapes, their steps of phase retrieval, and their weights as files.</summary>
[Collection(TensorTests.Name)]
public sealed class NetworkTests : IDisposable
{
    // Made before tensors are counted: TorchSharp counts the tensors that parameters were made of as alive for ever.
    private readonly PhasingNetwork fringe = NetworkPreset.Create("fringe");

    public void Dispose() => fringe.Dispose();

    // The paper's released model.
    [Fact]
    public void Create_Cdinn_HasThePapersParameters()
    {
        using PhasingNetwork network = NetworkPreset.Create("cdinn");

        Assert.Equal(3_459_938, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory]
    [InlineData("fringe", 32)]
    [InlineData("cdinn", 32)]
    [InlineData("fringe", 64)]
    public void Predict_AnySize_GivesObjectsOfIt(string preset, int size)
    {
        using var scope = NewDisposeScope();
        using PhasingNetwork network = NetworkPreset.Create(preset);
        using ExampleBatch batch = new ExampleMaker(
            new ProceduralCrystals(),
            MeasurementOptions.Clean(1e7),
            size,
            1
        ).Make(0, 1);

        IReadOnlyList<Tensor> objects = network.Predict(
            PatternInput.Of(batch.Intensity, batch.Mask),
            ScalarType.Float32
        );

        Assert.All(objects, psi => Assert.Equal(batch.Target.shape, psi.shape));
        Assert.All(objects, psi => Assert.True(psi.abs().isfinite().all().item<bool>()));
    }

    [Fact]
    public void Create_Seed_GivesTheWeights()
    {
        using PhasingNetwork one = NetworkPreset.Create("cdinn", seed: 5);
        using PhasingNetwork same = NetworkPreset.Create("cdinn", seed: 5);
        using PhasingNetwork other = NetworkPreset.Create("cdinn", seed: 6);

        Assert.All(one.parameters().Zip(same.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.False(one.parameters().First().Equals(other.parameters().First()));
    }

    [Fact]
    public void Predict_Dropout_FollowsItsGenerator()
    {
        using var scope = NewDisposeScope();
        using PhasingNetwork network = NetworkPreset.Create("cdinn", dropout: 0.3);
        using ExampleBatch batch = Examples.Clean(1);
        PatternInput input = PatternInput.Of(batch.Intensity, batch.Mask);

        Tensor one = Find(5);
        Assert.True((one == Find(5)).all().item<bool>());
        Assert.False((one == Find(6)).all().item<bool>());
        Tensor whole = network.Predict(input, ScalarType.Float32)[0];
        Assert.False((one == whole).all().item<bool>());
        Assert.True((whole == network.Predict(input, ScalarType.Float32)[0]).all().item<bool>());

        Tensor Find(ulong seed)
        {
            using Generator dropout = new(seed);
            return network.Predict(input, ScalarType.Float32, dropout)[0];
        }
    }

    // Networks halve the edges three times.
    [Fact]
    public void Of_PatternsThatDoNotFit_AreRefused()
    {
        using var scope = NewDisposeScope();
        Tensor mask = zeros(1, 32, 32, 32, ScalarType.Bool);

        Assert.Throws<ArgumentException>(() =>
            PatternInput.Of(ones(1, 32, 36, 32), zeros(1, 32, 36, 32, ScalarType.Bool))
        );
        Assert.Throws<ArgumentException>(() => PatternInput.Of(ones(32, 32, 32), mask[0]));
        Assert.Throws<ArgumentException>(() => PatternInput.Of(ones(2, 32, 32, 32), mask));
        Assert.Throws<ArgumentException>(() => PatternInput.Of(ones(1, 32, 32, 32, ScalarType.Float64), mask));
        Assert.Throws<ArgumentException>(() => PatternInput.Of(ones(1, 32, 32, 32), mask.to(ScalarType.Float32)));
    }

    // 24 channels are computed as 32.
    [Theory]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(1)]
    public void Forward_PackedOrNot_IsTheConvolutionOfItsWeights(int outputs)
    {
        using var scope = NewDisposeScope();
        using Generator weights = new(1);
        using Convolution convolution = new(weights, 6, outputs, offset: 0.5);
        Tensor input = TestTensors.RandomReal(3, 2, 6, 8, 8, 8);
        Tensor expected = nn.functional.conv3d(
            input,
            convolution.get_parameter("weight")!,
            convolution.get_parameter("bias")!,
            padding: [1, 1, 1]
        );

        Tensor learning = convolution.forward(input);
        convolution.Pack(ScalarType.Float32);

        Assert.True(TestTensors.Difference(learning, expected) < 1e-6);
        Assert.True(TestTensors.Difference(convolution.forward(input), expected) < 1e-6);
    }

    [Fact]
    [LeakCheck]
    public void Predict_InAScope_LeavesNothing()
    {
        using ExampleBatch batch = Examples.Clean(1);
        using var scope = NewDisposeScope();
        fringe.Predict(PatternInput.Of(batch.Intensity, batch.Mask), ScalarType.BFloat16);
    }

    [Fact]
    public void Project_AnyObject_HasTheMeasuredModulusAndMaskedVoxelsFloat()
    {
        using var scope = NewDisposeScope();
        MeasurementOptions options = new() { GapChance = 1 };
        using ExampleBatch batch = new ExampleMaker(new ProceduralCrystals(), options, 32, 5).Make(0, 2);
        PatternInput pattern = PatternInput.Of(batch.Intensity, batch.Mask);
        Tensor psi = TestTensors.RandomComplex(3, 2, 32, 32, 32);

        Tensor before = Field(psi);
        Tensor after = Field(ModulusSteps.Project(psi, pattern));

        Tensor known = pattern.Amplitude.ge(0);
        Assert.True((after.abs() - pattern.Amplitude).masked_select(known).abs().max().item<float>() < 1e-3);
        Assert.True((after - before).masked_select(known.logical_not()).abs().max().item<float>() < 1e-3);
    }

    // One step of hybrid input-output in plain torch calls.
    [Fact]
    public void Run_OneStep_AgreesWithTheEquations()
    {
        using var scope = NewDisposeScope();
        using ExampleBatch batch = Examples.Noisy(2);
        PatternInput pattern = PatternInput.Of(batch.Intensity, batch.Mask);
        Tensor psi = batch.Target + (TestTensors.RandomComplex(3, 2, 32, 32, 32) * 0.05f);

        Tensor support = ModulusSteps.Support(psi);
        Tensor projected = ModulusSteps.Project(psi, pattern);
        Tensor next = where(support, projected, psi - (projected * 0.9f));
        Tensor expected = ModulusSteps.Project(next, pattern);

        (Tensor first, Tensor last) = ModulusSteps.Run(psi, support, pattern, 1);

        Assert.True(TestTensors.Difference(first, projected) < 1e-6);
        Assert.True(TestTensors.Difference(last, expected) < 1e-5);
    }

    [Fact]
    public void Import_Export_GivesTheSameWeights()
    {
        using var scope = NewDisposeScope();
        using PhasingNetwork network = NetworkPreset.Create("fringe");
        SafeTensorsContent content = NetworkWeights.Export(
            network,
            ScalarType.Float32,
            new Dictionary<string, string>()
        );
        using PhasingNetwork read = NetworkWeights.Create(content, "a");

        Assert.All(
            network.named_parameters().Zip(read.named_parameters()),
            pair => Assert.True(pair.First.parameter.Equals(pair.Second.parameter))
        );
    }

    [Fact]
    public void Import_WeightsThatDoNotFit_AreNamed()
    {
        using PhasingNetwork network = NetworkPreset.Create("fringe");
        using PhasingNetwork other = NetworkPreset.Create("cdinn");
        SafeTensorsContent content = NetworkWeights.Export(
            network,
            ScalarType.Float16,
            new Dictionary<string, string>()
        );
        string first = content.Tensors.Keys.Order().First();
        Dictionary<string, StoredTensor> tensors = new(content.Tensors);
        tensors.Remove(first);

        Assert.Contains("'fringe', not of 'cdinn'", Problem(() => NetworkWeights.Import(other, content, "w")));
        Assert.Contains($"w [{first}]", Problem(() => NetworkWeights.Create(content with { Tensors = tensors }, "w")));
        Assert.Contains(
            "no weights of a network",
            Problem(() => NetworkWeights.Create(content with { Metadata = new Dictionary<string, string>() }, "w"))
        );
        Assert.Contains(
            "another version",
            Problem(() =>
                NetworkWeights.Create(content with { Metadata = Changed(content, "fringe_weights", "0") }, "w")
            )
        );
        tensors[first] = content.Tensors[first] with { Data = Infinite(content.Tensors[first].Data) };
        Assert.Contains("no number", Problem(() => NetworkWeights.Create(content with { Tensors = tensors }, "w")));

        static string Problem(Action act) => Assert.Throws<InputException>(act).Message;
    }

    private static Dictionary<string, string> Changed(SafeTensorsContent content, string key, string value) =>
        new(content.Metadata) { [key] = value };

    private static byte[] Infinite(byte[] data)
    {
        byte[] copy = [.. data];
        BitConverter.GetBytes(Half.NaN).CopyTo(copy, 0);
        return copy;
    }

    private static Tensor Field(Tensor psi) => fft.fftn(psi, dim: [-3, -2, -1], norm: TorchSharp.FFTNormType.Ortho);
}
