using Fringe.Core.Tensors;
using Fringe.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Learning.Losses;

/// <summary>
/// How far predicted objects are from the true ones, and from their patterns, for each example. Of target and twin the better one
/// counts, example by example, so that the ambiguity is not averaged into blur. All terms are 0 for a perfect prediction, about 1 for an
/// unrelated one, and blind to scale and global phase.
/// </summary>
internal sealed class ReconstructionLoss(LossOptions options)
{
    private static readonly long[] Axes = [-3, -2, -1];

    /// <summary>The weighted sum of the terms.</summary>
    /// <param name="psi">complex <c>[batch, z, y, x]</c>, centred, borrowed.</param>
    /// <param name="target">Same shape, centre of mass at N/2, borrowed.</param>
    /// <param name="pattern">What the prediction was made from; borrowed.</param>
    /// <returns>float <c>[batch]</c>.</returns>
    public Tensor Of(Tensor psi, Tensor target, PatternInput pattern)
    {
        Tensor loss = minimum(OfObjects(psi, target), OfObjects(psi, Twin(target)));
        return options.Physics > 0 ? loss.Plus(Physics(psi, pattern).Times(options.Physics)) : loss;
    }

    /// <summary><c>1 - |&lt;o, t&gt;|^2 / (|o|^2 |t|^2)</c>, the better of target and twin; no shift is searched.</summary>
    public static Tensor RealSpaceError(Tensor psi, Tensor target) =>
        minimum(RealSpace(psi, target), RealSpace(psi, Twin(target)));

    /// <summary>
    /// Mean misfit of amplitudes over measured voxels, <c>sum |c|F| - A| / sum A</c>, with the scale that gives both the same power.
    /// </summary>
    public static Tensor Physics(Tensor psi, PatternInput pattern)
    {
        Tensor known = pattern.Amplitude.IsAtLeast(0);
        Tensor field = fft.fftn(psi, dim: Axes, norm: FFTNormType.Ortho);
        Tensor modulus = field.abs() * known;
        Tensor amplitude = pattern.Amplitude.AtLeast(0);
        Tensor power = modulus.Squared().sum(Axes, keepdim: true).AtLeast(1e-12);
        Tensor scale = (pattern.Power / power).sqrt();
        return ((modulus * scale) - amplitude).abs().sum(Axes) / amplitude.sum(Axes);
    }

    /// <summary>The conjugate-inverted objects of a batch, inverted about index N/2 (even edges).</summary>
    public static Tensor Twin(Tensor psi) => psi.flip(Axes).roll(new long[] { 1, 1, 1 }, Axes).conj();

    private Tensor OfObjects(Tensor psi, Tensor target)
    {
        Tensor loss = RealSpace(psi, target).Times(options.RealSpace);
        loss = options.Shape > 0 ? loss.Plus(Shape(psi, target).Times(options.Shape)) : loss;
        return options.Phase > 0 ? loss.Plus(Phase(psi, target).Times(options.Phase)) : loss;
    }

    private static Tensor RealSpace(Tensor psi, Tensor target)
    {
        Tensor norms = Power(psi) * Power(target);
        return (Overlap(psi, target) / norms.AtLeast(1e-20)).OneMinus();
    }

    // 1 - <|o|, |t|> / (|o| |t|): the empty voxels around a crystal cannot make a prediction of nothing look good.
    private static Tensor Shape(Tensor psi, Tensor target)
    {
        Tensor norms = (Power(psi) * Power(target)).AtLeast(1e-20).sqrt();
        return ((psi.abs() * target.abs()).sum(Axes) / norms).OneMinus();
    }

    // 1 - |mean of exp(i difference)|, weighted by the true amplitude.
    private static Tensor Phase(Tensor psi, Tensor target)
    {
        Tensor direction = psi / psi.abs().AtLeast(1e-6);
        Tensor weight = target.abs().sum(Axes);
        return (Overlap(direction, target).Plus(1e-12).sqrt() / weight.AtLeast(1e-12)).OneMinus();
    }

    private static Tensor Power(Tensor psi) => psi.real.Squared().Plus(psi.imag.Squared()).sum(Axes);

    // |<a, b>|^2 in real arithmetic: its gradient is finite at 0 too.
    private static Tensor Overlap(Tensor a, Tensor b)
    {
        Tensor real = (a.real * b.real).Plus(a.imag * b.imag).sum(Axes);
        Tensor imaginary = ((a.real * b.imag) - (a.imag * b.real)).sum(Axes);
        return real.Squared().Plus(imaginary.Squared());
    }
}
