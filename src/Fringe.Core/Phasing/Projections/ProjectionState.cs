using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using Fringe.Core.Values;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Projections;

/// <summary>
/// What changes while a recipe runs: the iterate, the support, and the last modulus projection. Owns its tensors; an
/// algorithm's step reads like its equation in terms of the methods here.
/// </summary>
internal sealed class ProjectionState : PhasingState
{
    private readonly List<double> chi = [];
    private ModulusConstraint modulus;
    private Tensor? sum;
    private int summed;

    /// <param name="modulus">Borrowed.</param>
    /// <param name="iterate">complex64, centred; taken over.</param>
    /// <param name="support">float32, 1 inside; taken over.</param>
    public ProjectionState(ModulusConstraint modulus, Tensor iterate, Tensor support)
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

    /// <summary>chi of each iteration's iterate.</summary>
    public IReadOnlyList<double> ChiHistory => chi;

    /// <summary>Place in the recipe: the step that runs, and how many of its iterations are done.</summary>
    public (int Step, int Done) Place { get; set; }

    /// <summary>Judged before the free voxels were given back; NaN before that.</summary>
    public double FreeLogLikelihood { get; set; } = double.NaN;

    /// <summary>Why it ended; null while it goes on.</summary>
    public StopReason? Stop { get; set; }

    /// <summary>Iterations of the whole recipe.</summary>
    public required int Iterations { get; init; }

    /// <inheritdoc/>
    public override int Steps => chi.Count;

    /// <inheritdoc/>
    public override int MostSteps => Iterations;

    /// <summary>Name of the algorithm of the last iteration.</summary>
    public string LastAlgorithm { get; set; } = "";

    /// <inheritdoc/>
    public override string Algorithm => LastAlgorithm;

    /// <inheritdoc/>
    public override double LastChi => Chi;

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

    /// <summary><c>x' = inside/outside weights of (y, x)</c>, in place.</summary>
    /// <param name="projected">y: complex64, the iterate's shape; borrowed.</param>
    /// <param name="inside">Weights where the support is 1.</param>
    /// <param name="outside">Weights where the support is 0.</param>
    public void Update(Tensor projected, RegionWeights inside, RegionWeights outside) =>
        SupportUpdate.Apply(Iterate, projected, Support, inside, outside);

    /// <summary>Counts an iteration.</summary>
    public void Record() => chi.Add(Chi);

    /// <summary>Adds the iterate to the mean of the last ones.</summary>
    public void AddToMean()
    {
        sum ??= zeros_like(Iterate).DetachFromDisposeScope();
        sum.PlusInPlace(Iterate);
        summed++;
    }

    /// <summary>The mean of the iterates that were added; null if none was. In the caller's dispose scope.</summary>
    public Tensor? Mean() => sum is null ? null : sum.Over(summed);

    /// <inheritdoc/>
    public override void Dispose()
    {
        Iterate.Dispose();
        Support.Dispose();
        Projected?.Dispose();
        sum?.Dispose();
    }
}
