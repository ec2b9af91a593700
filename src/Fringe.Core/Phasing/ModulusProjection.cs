using static TorchSharp.torch;

namespace Fringe.Core.Phasing;

/// <summary>What the modulus constraint makes of an iterate <c>x</c>, and how far x was from it.</summary>
/// <param name="Projected"><c>P_M x</c>: complex64, centred; belongs to the caller.</param>
/// <param name="Chi">
/// chi of x over constrained voxels: <c>1 - (sum |F|A)^2 / (sum |F|^2 sum A^2)</c>, which is <c>sum (c|F| - A)^2 / sum A^2</c> at the best scale c.
/// </param>
/// <param name="Misfit"><c>sum (|F| - A)^2</c> over constrained voxels, photons: the same without a scale.</param>
internal readonly record struct ModulusProjection(Tensor Projected, double Chi, double Misfit);
