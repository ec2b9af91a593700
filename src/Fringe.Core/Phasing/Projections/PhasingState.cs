using Fringe.Core.Tensors.Kernels;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// What changes while phasing: the iterate, the support, and the last modulus projection. Owns its tensors; an
/// algorithm's step reads like its equation in terms of the methods here.
/// </summary>
internal sealed class PhasingState : IDisposable
{
    private ModulusConstraint modulus;

    /// <param name="modulus">Borrowed.</param>
    /// <param name="iterate">complex64, centred; taken over.</param>
    /// <param name="support">float32, 1 inside; taken over.</param>
    public PhasingState(ModulusConstraint modulus, Tensor iterate, Tensor support)
    {
        this.modulus = modulus;
        Iterate = iterate.DetachFromDisposeScope();
        Support = support.DetachFromDisposeScope();
    }

    /// <summary><c>x</c>: complex64 <c>[z, y, x]</c>, centred.</summary>
    public Tensor Iterate { get; }

    /// <summary><c>S</c>: float32 <c>[z, y, x]</c>, centred, 1 inside and 0 outside.</summary>
    public Tensor Support { get; }

    /// <summary>The last <c>P_M x</c>: complex64, centred; null before the first projection.</summary>
    public Tensor? Projected { get; private set; }

    /// <summary>chi of the iterate that was last projected, over constrained voxels.</summary>
    public double Chi { get; private set; } = double.NaN;

    /// <summary>Replaces the modulus constraint, when the free voxels are given back.</summary>
    /// <param name="other">Borrowed.</param>
    public void Constrain(ModulusConstraint other) => modulus = other;

    /// <summary>Computes <c>P_M x</c> into <see cref="Projected"/>.</summary>
    public void ProjectModulus()
    {
        ModulusProjection projection = modulus.Project(Iterate);
        Chi = projection.Chi;
        Projected?.Dispose();
        Projected = projection.Projected.DetachFromDisposeScope();
    }

    /// <summary><c>P_M y</c> for <c>y = x</c> inside the support and <c>outside * x</c> outside; belongs to the caller.</summary>
    public Tensor ProjectModulusOf(double outside)
    {
        using var scope = NewDisposeScope();
        Tensor argument = Iterate.clone();
        SupportUpdate.Apply(argument, Iterate, Support, new RegionWeights(0, 1), new RegionWeights(0, outside));
        return modulus.Project(argument).Projected.MoveToOuterDisposeScope();
    }

    /// <summary><c>x' = inside/outside weights of (P_M x, x)</c>, in place.</summary>
    public void Update(RegionWeights inside, RegionWeights outside) => Update(Projected!, inside, outside);

    /// <summary>The same with another projected volume.</summary>
    public void Update(Tensor projected, RegionWeights inside, RegionWeights outside) =>
        SupportUpdate.Apply(Iterate, projected, Support, inside, outside);

    public void Dispose()
    {
        Iterate.Dispose();
        Support.Dispose();
        Projected?.Dispose();
    }
}
