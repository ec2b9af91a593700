using Fringe.Core.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Fringe.Learning.Networks;

/// <summary>
/// The network of 3D-CDI-NN as its authors released it (Chan et al., Appl. Phys. Rev. 8, 021407): one encoder over the amplitude, one
/// decoder for the shape and one for the phase; no skips. 3 459 938 parameters.
/// </summary>
internal sealed class CdinnNetwork : PhasingNetwork
{
    public const string Name = "cdinn";
    private readonly ModuleList<Convolution> encoder;
    private readonly ModuleList<Convolution> shape;
    private readonly ModuleList<Convolution> phase;
    private readonly double dropoutChance;

    /// <param name="dropout">Chance of dropping a value after the input and every convolution but the last.</param>
    /// <param name="weights">Draws the first weights; null leaves them to be set. Borrowed.</param>
    public CdinnNetwork(double dropout, Generator? weights)
        : base(nameof(CdinnNetwork))
    {
        dropoutChance = dropout;
        encoder = Convolutions(weights, 1, 32, 32, 64, 64, 128, 128);
        shape = Convolutions(weights, 128, 128, 128, 64, 64, 32, 32, 1);
        phase = Convolutions(weights, 128, 128, 128, 64, 64, 32, 32, 1);
        RegisterComponents();
    }

    public override string Preset => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<Parameter>> Parts =>
        [
            [.. encoder.parameters()],
            [.. shape.parameters()],
            [.. phase.parameters()],
        ];

    public override IReadOnlyList<Tensor> Predict(PatternInput pattern, ScalarType compute, Generator? dropout = null)
    {
        Tensor code = Drop(pattern.Relative.to(compute).unsqueeze(1), dropout);
        for (int i = 0; i < encoder.Count; i++)
        {
            code = Drop(relu(encoder[i].forward(code)), dropout);
            code = i % 2 == 1 ? max_pool3d(code, [2, 2, 2]) : code;
        }

        Tensor amplitude = Decode(shape, code, dropout);
        // Encoded as phi / 2 pi + 1/2.
        Tensor angle = Decode(phase, code, dropout).Minus(0.5).Times(2 * Math.PI);
        return [complex(amplitude * angle.cos(), amplitude * angle.sin())];
    }

    private Tensor Decode(ModuleList<Convolution> layers, Tensor code, Generator? dropout)
    {
        for (int i = 0; i < layers.Count - 1; i++)
        {
            code = Drop(relu(layers[i].forward(code)), dropout);
            code = i % 2 == 1 ? interpolate(code, scale_factor: [2, 2, 2], mode: InterpolationMode.Nearest) : code;
        }

        return relu(layers[layers.Count - 1].forward(code)).to(ScalarType.Float32).squeeze(1);
    }

    // torch's own dropout draws from the process's generator.
    private Tensor Drop(Tensor values, Generator? dropout)
    {
        if (dropout is null || dropoutChance == 0)
        {
            return values;
        }

        Tensor kept = empty_like(values).bernoulli_(1 - dropoutChance, dropout).Over(1 - dropoutChance);
        return values * kept;
    }

    private static ModuleList<Convolution> Convolutions(Generator? weights, params int[] channels) =>
        nn.ModuleList([
            .. channels.Zip(
                channels.Skip(1),
                // The output passes a ReLU: it must start above 0, or it may never learn.
                (inputs, outputs) => new Convolution(weights, inputs, outputs, offset: outputs == 1 ? 0.5 : 0)
            ),
        ]);
}
