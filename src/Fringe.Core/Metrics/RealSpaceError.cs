using static TorchSharp.torch;

namespace Fringe.Core.Metrics;

/// <summary>
/// Distance of an object from the truth up to trivial changes: <c>E = 1 - |&lt;o, t&gt;|^2 / (|o|^2 |t|^2)</c> after the best
/// of twin, sub-voxel shift, phase ramp and global phase. 0 = equal, 1 = unrelated.
/// </summary>
public static class RealSpaceError
{
    /// <param name="psi">complex <c>[z, y, x]</c>, centred, borrowed.</param>
    /// <param name="truth">Same shape, borrowed.</param>
    public static double Of(Tensor psi, Tensor truth)
    {
        using AlignedObject aligned = Alignment.Align(truth, psi, removeRamp: true);
        return 1 - (aligned.Correlation * aligned.Correlation);
    }
}
