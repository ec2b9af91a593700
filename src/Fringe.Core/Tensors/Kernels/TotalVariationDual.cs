using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>
/// The dual variables of the total variation, one complex volume along each axis, kept from step to step. Owns its tensors.
/// </summary>
internal sealed class TotalVariationDual : IDisposable
{
    private const double LargestDifference = 12;
    private readonly Tensor[] dual;

    /// <param name="psi">complex64 of the object's shape; borrowed.</param>
    public TotalVariationDual(Tensor psi)
    {
        dual = [.. Enumerable.Range(0, 3).Select(_ => zeros_like(psi).DetachFromDisposeScope())];
    }

    /// <summary>Element i along an axis belongs to the difference of voxels i + 1 and i: z, y, x.</summary>
    public IReadOnlyList<Tensor> Volumes => dual;

    /// <summary>One step of <c>ProximalGradient</c>, in place.</summary>
    /// <param name="psi">complex64, 0 outside the support; changed.</param>
    /// <param name="toward"><c>T</c>, where the misfit's gradient is <c>2 (x - T)</c>; borrowed.</param>
    /// <param name="support">float32, 1 inside; borrowed.</param>
    /// <param name="box">Around the support.</param>
    /// <param name="weight">Of the total variation; 0 clears the dual variables.</param>
    /// <param name="length">t.</param>
    public void Step(Tensor psi, Tensor toward, Tensor support, SupportBox box, double weight, double length)
    {
        bool isFused = NativeMemory.IsReachable(psi, toward, support);
        if (weight <= 0)
        {
            foreach (Tensor volume in dual)
            {
                volume.zero_();
            }
        }

        if (isFused)
        {
            TotalVariationPasses.StepPrimal(psi, toward, support, dual, box, length);
        }
        else
        {
            StepPrimalWithTorch(psi, toward, support, length);
        }

        double ascent = 1 / (LargestDifference * length);
        if (weight > 0 && isFused)
        {
            TotalVariationPasses.StepDual(psi, dual, box, weight, ascent);
        }
        else if (weight > 0)
        {
            StepDualWithTorch(psi, weight, ascent);
        }
    }

    public void Dispose()
    {
        foreach (Tensor volume in dual)
        {
            volume.Dispose();
        }
    }

    /// <summary>The primal half in torch calls, for any device.</summary>
    internal void StepPrimalWithTorch(Tensor psi, Tensor toward, Tensor support, double length)
    {
        using var scope = NewDisposeScope();
        Tensor gradient = (psi - toward).Times(2);
        for (int axis = 0; axis < 3; axis++)
        {
            long pairs = psi.shape[axis] - 1;
            Tensor flow = dual[axis].narrow(axis, 0, pairs);
            gradient.narrow(axis, 0, pairs).sub_(flow);
            gradient.narrow(axis, 1, pairs).PlusInPlace(flow);
        }

        psi.sub_(gradient.Times(length)).mul_(support);
    }

    /// <summary>The dual half in torch calls, for any device.</summary>
    internal void StepDualWithTorch(Tensor psi, double weight, double length)
    {
        using var scope = NewDisposeScope();
        for (int axis = 0; axis < 3; axis++)
        {
            long pairs = psi.shape[axis] - 1;
            Tensor flow = dual[axis].narrow(axis, 0, pairs);
            flow.PlusInPlace(psi.narrow(axis, 1, pairs) - psi.narrow(axis, 0, pairs), length);
            flow.mul_(flow.abs().AtLeast(weight).reciprocal().Times(weight));
        }
    }
}
