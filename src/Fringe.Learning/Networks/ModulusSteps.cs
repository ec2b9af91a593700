using Fringe.Core.Tensors;
using Fringe.Core.Tensors.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>
/// A few steps of hybrid input-output (Fienup, Appl. Opt. 21, 2758 (1982)) on a batch of objects: what the pattern says of them. Not
/// differentiated.
/// </summary>
internal static class ModulusSteps
{
    private const double Beta = 0.9;
    private const double Threshold = 0.12;
    private static readonly long[] Axes = [-3, -2, -1];

    /// <summary>
    /// <c>P_M x</c>: the object whose far field has the measured modulus and the phases of x's, unmeasured voxels unchanged.
    /// </summary>
    /// <param name="psi">complex64 <c>[batch, z, y, x]</c>, centred, borrowed.</param>
    /// <param name="pattern">Borrowed.</param>
    public static Tensor Project(Tensor psi, PatternInput pattern)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        // Being centred only multiplies the field by unit phases, which the projection keeps.
        Tensor field = fft.fftn(psi, dim: Axes, norm: FFTNormType.Ortho).contiguous();
        BatchPasses.Impose(field, pattern.Amplitude);
        return fft.ifftn(field, dim: Axes, norm: FFTNormType.Ortho).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Voxels that an object fills: the modulus, blurred over 3^3 voxels, above a share of its maximum; bool.</summary>
    public static Tensor Support(Tensor psi)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        Tensor blurred = psi.abs().contiguous();
        BatchPasses.AverageNeighbours(blurred);
        return blurred.ge(blurred.amax(Axes, keepdim: true).Times(Threshold)).MoveToOuterDisposeScope();
    }

    /// <summary>Runs the steps from an object within its support.</summary>
    /// <returns>The first projection, <c>P_M psi</c>, and the last.</returns>
    public static (Tensor First, Tensor Last) Run(Tensor psi, Tensor support, PatternInput pattern, int steps)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        Tensor inside = support.to(ScalarType.Float32).contiguous();
        Tensor x = psi.detach().clone().contiguous();
        Tensor first = Project(x, pattern);
        Tensor projected = first;
        for (int step = 0; step < steps; step++)
        {
            BatchPasses.FeedBack(x, projected, inside, Beta);
            projected = Project(x, pattern);
        }

        return (first.MoveToOuterDisposeScope(), projected.MoveToOuterDisposeScope());
    }
}
