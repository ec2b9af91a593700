namespace Fringe.Core.Phasing;

/// <summary>How well an object explains a measurement.</summary>
/// <param name="Chi"><c>sum (c|F| - A)^2 / sum A^2</c> over all measured voxels; 1 for an object without far field.</param>
/// <param name="Scale">c, between the object's far field and the measured amplitudes; 0 for an object without far field.</param>
/// <param name="FreeLogLikelihood">Mean Poisson misfit of the free voxels; NaN without any.</param>
/// <param name="NoiseRatio">That over what photon noise alone would leave if the object were the true one; NaN without free voxels.</param>
/// <param name="HiddenFraction">The share of the object's photons that fall where nothing was measured.</param>
public readonly record struct ObjectFit(
    double Chi,
    double Scale,
    double FreeLogLikelihood,
    double NoiseRatio,
    double HiddenFraction
);
