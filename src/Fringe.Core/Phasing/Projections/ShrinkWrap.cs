using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// Shrink-wrap (Marchesini et al., Phys. Rev. B 68, 140101 (2003)): the support is redrawn as the voxels where the blurred
/// amplitude exceeds a fraction of its maximum. Sigma and threshold go linearly from their first to their last value over
/// <see cref="AnnealFraction"/> of the run, then stay.
/// </summary>
public sealed record ShrinkWrap : IOptions
{
    /// <summary>First iteration (counted from 1) after which the support is redrawn.</summary>
    public int First { get; init; } = 10;

    /// <summary>Iterations from one redrawing to the next; 0 redraws only where the recipe says SW.</summary>
    public int Every { get; init; } = 10;

    /// <summary>Last iteration after which the support is redrawn; null = to the end.</summary>
    public int? Last { get; init; }

    /// <summary>Gaussian blur of the amplitude at the start, voxels.</summary>
    public double Sigma { get; init; } = 3;

    /// <summary>Gaussian blur of the amplitude at the end, voxels.</summary>
    public double SigmaEnd { get; init; } = 1;

    /// <summary>Fraction of the blurred amplitude's maximum at the start.</summary>
    public double Threshold { get; init; } = 0.095;

    /// <summary>Fraction of the blurred amplitude's maximum at the end.</summary>
    public double ThresholdEnd { get; init; } = 0.095;

    /// <summary>Share of the run over which sigma and threshold change, 0 to 1.</summary>
    public double AnnealFraction { get; init; } = 0.7;

    /// <summary>Smallest support as a fraction of the volume; the threshold is lowered to keep it.</summary>
    public double MinimumFraction { get; init; } = 1e-4;

    /// <summary>Largest support as a fraction of the volume; the threshold is raised to keep it.</summary>
    public double MaximumFraction { get; init; } = 0.5;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        if (First < 1 || Every < 0 || Last < First)
        {
            yield return new(
                nameof(First),
                "must be at least 1 and at most the last iteration, with no fewer than 0 iterations between two redrawings"
            );
        }

        if (!(Sigma >= 0 && SigmaEnd >= 0 && double.IsFinite(Sigma + SigmaEnd)))
        {
            yield return new(nameof(Sigma), "must not be negative, at the end neither");
        }

        if (Threshold is not (> 0 and < 1) || ThresholdEnd is not (> 0 and < 1))
        {
            yield return new(nameof(Threshold), "must lie between 0 and 1, at the end too");
        }

        if (AnnealFraction is not (>= 0 and <= 1))
        {
            yield return new(nameof(AnnealFraction), "must lie between 0 and 1");
        }

        if (!(MinimumFraction >= 0 && MaximumFraction <= 1 && MinimumFraction < MaximumFraction))
        {
            yield return new(
                nameof(MinimumFraction),
                "must be a fraction of the volume from 0 and below the largest, which must be at most 1"
            );
        }
    }

    /// <summary>The redrawings that are left of a run.</summary>
    /// <param name="steps">That are done.</param>
    /// <param name="progress">Share of the run that is done, 0 to 1.</param>
    internal ShrinkWrap After(int steps, double progress)
    {
        int first = Every == 0 || steps < First ? First - steps : Every - ((steps - First) % Every);
        double annealed = Annealed(progress);
        return this with
        {
            First = Math.Max(1, first),
            Every = steps >= Last ? 0 : Every,
            Last = Last is null ? null : Math.Max(Math.Max(1, first), Last.Value - steps),
            Sigma = Sigma + ((SigmaEnd - Sigma) * annealed),
            Threshold = Threshold + ((ThresholdEnd - Threshold) * annealed),
            AnnealFraction = progress < 1 ? Math.Max(0, (AnnealFraction - progress) / (1 - progress)) : 0,
        };
    }

    /// <summary>Whether the support is redrawn after this iteration (counted from 1).</summary>
    internal bool IsDue(int iteration) =>
        Every > 0 && iteration >= First && iteration <= (Last ?? int.MaxValue) && (iteration - First) % Every == 0;

    /// <summary>Redraws the support in place.</summary>
    /// <param name="density">complex64: the object whose amplitude is drawn; borrowed.</param>
    /// <param name="support">float32, 1 inside; overwritten.</param>
    /// <param name="progress">Share of the run that is done, 0 to 1.</param>
    internal void Redraw(Tensor density, Tensor support, double progress)
    {
        using var scope = NewDisposeScope();
        double annealed = Annealed(progress);
        Tensor blurred = density.abs();
        GaussianBlur.Apply(blurred, Sigma + ((SigmaEnd - Sigma) * annealed));
        double level = (Threshold + ((ThresholdEnd - Threshold) * annealed)) * blurred.max().item<float>();
        support.copy_(blurred.IsAtLeast(level));
        double voxels = support.sum(ScalarType.Float64).item<double>();
        double least = Math.Max(1, MinimumFraction * support.numel());
        double most = MaximumFraction * support.numel();
        if (voxels < least || voxels > most)
        {
            long rank = support.numel() - (long)Math.Clamp(voxels, least, most) + 1;
            using Tensor limit = blurred.flatten().kthvalue(Math.Clamp(rank, 1, support.numel()), 0).values;
            support.copy_(blurred.ge(limit));
        }
    }

    private double Annealed(double progress) => AnnealFraction > 0 ? Math.Min(1, progress / AnnealFraction) : 1;
}
