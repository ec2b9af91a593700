using Fringe.Core.Phasing.Refinement;

namespace Fringe.Core.Phasing.Combining;

/// <summary>Where a <see cref="RefineWithBlur"/> stands. Owns its states.</summary>
/// <param name="plain">Of a coherent beam, or with the blur that is known; taken over.</param>
/// <param name="most">The most steps of the run.</param>
internal sealed class BlurState(RefinementState plain, int most) : PhasingState
{
    /// <summary>Of a coherent beam, or with the blur that is known.</summary>
    public RefinementState Plain { get; } = plain;

    /// <summary>Whether the blur is fitted from the first step.</summary>
    public required bool IsBlurKnown { get; init; }

    /// <summary>Whether it has been decided if a blur is tried.</summary>
    public bool IsDecided { get; set; }

    /// <summary>The free misfit of the coherent refinement when that was decided.</summary>
    public double PlainFreeMisfit { get; set; } = double.NaN;

    /// <summary>With the blur that is tried; null where none is.</summary>
    public RefinementState? Blurred { get; set; }

    /// <inheritdoc/>
    public override int Steps => Plain.Steps + (Blurred?.Steps ?? 0);

    /// <inheritdoc/>
    public override int MostSteps => most;

    /// <inheritdoc/>
    public override string Algorithm => Plain.Algorithm;

    /// <inheritdoc/>
    public override double LastChi => Blurred is { Stop: null, Steps: > 0 } ? Blurred.LastChi : Plain.LastChi;

    /// <inheritdoc/>
    public override void Dispose()
    {
        Plain.Dispose();
        Blurred?.Dispose();
    }
}
