using Fringe.Core.Tensors;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>
/// Fringe's own network: a U-Net guesses the object from the pattern's autocorrelation, then lighter ones correct it, each seeing the
/// object before, its projection onto the measured modulus and where a few steps of hybrid input-output lead (unrolled phase retrieval).
/// </summary>
internal sealed class FringeNetwork : PhasingNetwork
{
    public const string Name = "fringe";
    private readonly FringeOptions options;
    private readonly HalfResolutionUNet guess;
    private readonly HalfResolutionUNet correction;

    /// <param name="options">Widths and steps.</param>
    /// <param name="weights">Draws the first weights; null leaves them to be set. Borrowed.</param>
    public FringeNetwork(FringeOptions options, Generator? weights)
        : base(nameof(FringeNetwork))
    {
        this.options = options;
        guess = new HalfResolutionUNet(weights, options.Inputs, 2, options.Guess);
        correction = new HalfResolutionUNet(weights, 6, 3, options.Correction);
        RegisterComponents();
    }

    public override string Preset => Name;

    /// <inheritdoc/>
    public override int FinalSteps => 3;

    public override IReadOnlyList<Tensor> Predict(PatternInput pattern, ScalarType compute, Generator? dropout = null)
    {
        Tensor parts = guess.forward(pattern.Features.narrow(1, 0, options.Inputs).to(compute)).to(ScalarType.Float32);
        List<Tensor> objects = [Normalise(ToComplex(parts), pattern)];
        for (int pass = 0; pass < options.Corrections; pass++)
        {
            objects.Add(Correct(objects[^1].detach(), pattern, compute));
        }

        return objects;
    }

    // gate * projected + change: the gate is the support, soft; the change what no projection finds.
    private Tensor Correct(Tensor before, PatternInput pattern, ScalarType compute)
    {
        (Tensor once, Tensor later) = ModulusSteps.Run(
            before,
            ModulusSteps.Support(before),
            pattern,
            options.Projections
        );
        Tensor seen = PatternInput.StackChannels([
            before.real,
            before.imag,
            once.real,
            once.imag,
            later.real,
            later.imag,
        ]);
        Tensor found = correction.forward(seen.to(compute)).to(ScalarType.Float32);
        Tensor gate = found.select(1, 2).sigmoid().unsqueeze(1);
        Tensor kept = stack([later.real, later.imag], dim: 1) * gate;
        return Normalise(ToComplex(kept.Plus(found.narrow(1, 0, 2))), pattern);
    }

    // To the pattern's power, so that the object and its projection are on one scale.
    private static Tensor Normalise(Tensor psi, PatternInput pattern)
    {
        long[] axes = [-3, -2, -1];
        Tensor own = psi.real.Squared().sum(axes, keepdim: true).Plus(psi.imag.Squared().sum(axes, keepdim: true));
        return psi * (pattern.Power / own.AtLeast(1e-12)).sqrt();
    }

    // [batch, 2, z, y, x] to complex.
    private static Tensor ToComplex(Tensor parts) => complex(parts.select(1, 0), parts.select(1, 1));
}
