namespace Fringe.Core.Phasing;

/// <summary>How well an object explains a measurement.</summary>
public readonly record struct ObjectFit
{
    /// <summary><c>sum (c|F| - A)^2 / sum A^2</c> over all measured voxels; 1 for an object without far field.</summary>
    public required double Chi { get; init; }

    /// <summary>c, between the object's far field and the measured amplitudes; 0 for an object without far field.</summary>
    public required double Scale { get; init; }

    /// <summary>Mean Poisson misfit of the free voxels; NaN without any, or without far field.</summary>
    public double FreeLogLikelihood { get; init; } = double.NaN;

    /// <summary>What photon noise alone would leave of that if the object were the true one; NaN without free voxels, or without far field.</summary>
    public double FreeNoise { get; init; } = double.NaN;

    /// <summary>
    /// Mean Poisson misfit of all measured voxels in which the object predicts more than one photon, over what photon noise alone would leave if
    /// it were the true one. They are many, so that a wrong object shows here when chance hides it from the few free voxels
    /// (docs/results/spread.md). NaN where the object predicts so many nowhere.
    /// </summary>
    public double MisfitRatio { get; init; } = double.NaN;

    /// <summary>The share of the object's photons that fall where nothing was measured; NaN without far field.</summary>
    public double HiddenFraction { get; init; } = double.NaN;

    /// <summary><see cref="FreeLogLikelihood"/> over <see cref="FreeNoise"/>.</summary>
    public double NoiseRatio => FreeLogLikelihood / FreeNoise;

    /// <summary>Makes one of an object without far field.</summary>
    public ObjectFit() { }

    /// <summary>
    /// What objects of one measurement are compared by, less is better: both misfits over photon noise, as one that fits the noise pays in the
    /// free voxels; that of the free voxels twice where the object predicts more than one photon nowhere. chi in a measurement without free
    /// voxels. Infinite for an object that was never judged by them.
    /// </summary>
    /// <param name="freeLogLikelihood">Of the free voxels while the object had not seen them; NaN = it was not judged.</param>
    public double Rank(double freeLogLikelihood)
    {
        double ratio = freeLogLikelihood / FreeNoise;
        return double.IsNaN(FreeNoise) ? Chi
            : double.IsNaN(ratio) ? double.PositiveInfinity
            : ratio + (double.IsNaN(MisfitRatio) ? ratio : MisfitRatio);
    }
}
