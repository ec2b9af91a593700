namespace Fringe.Core.Tensors.Kernels;

/// <summary>
/// What a real-space update takes from the modulus-projected object <c>P_M x</c> and from the iterate <c>x</c>:
/// <c>x' = Projected * P_M x + Iterate * x</c>, in one region (inside or outside the support).
/// </summary>
internal readonly record struct RegionWeights(double Projected, double Iterate);
