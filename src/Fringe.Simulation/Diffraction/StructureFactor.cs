using Fringe.Core.Diffraction;
using static TorchSharp.torch;

namespace Fringe.Simulation.Diffraction;

/// <summary>
/// The scattered field of a crystal about a Bragg peak, from its atoms: <c>F(q) = sum_j exp(-i (Q + q).r_j)</c>, kinematic,
/// one kind of atom. The form factor is constant over the narrow range of q.
/// </summary>
public static class StructureFactor
{
    /// <summary>The field about the peak of the homogeneously strained lattice, or beside it.</summary>
    /// <param name="atoms">The crystal.</param>
    /// <param name="reflection">hkl.</param>
    /// <param name="size">Voxels along each axis.</param>
    /// <param name="fieldOfView">Edge of the periodic box, lattice units: the pattern's step is 2 pi over it.</param>
    /// <param name="offset">Moves the centre off the peak, voxels of the pattern along x, y, z.</param>
    /// <returns>complex128 <c>[z, y, x]</c>, centred, in electrons an atom's form factor; belongs to the caller.</returns>
    public static Tensor About(
        AtomicDisplacement atoms,
        MillerIndices reflection,
        int size,
        double fieldOfView,
        IReadOnlyList<double>? offset = null
    )
    {
        double[] peak = atoms.BraggPeak(reflection.ScatteringVector);
        double[] turn = [.. (offset ?? [0, 0, 0]).Select(voxels => 2 * Math.PI * voxels / fieldOfView)];
        double[] points = new double[atoms.Positions.Length];
        double[] strengths = new double[2 * atoms.Count];
        for (int atom = 0; atom < atoms.Count; atom++)
        {
            double phase = 0;
            for (int axis = 0; axis < 3; axis++)
            {
                int i = (3 * atom) + axis;
                points[i] = atoms.Positions[i] / fieldOfView;
                // Q.r is a whole turn for the strained lattice's own sites: only u is left.
                phase -= (peak[axis] * atoms.Residual[i]) + (turn[axis] * atoms.Positions[i]);
            }

            (double sine, double cosine) = Math.SinCos(phase);
            strengths[2 * atom] = cosine;
            strengths[(2 * atom) + 1] = sine;
        }

        return new NonuniformTransform(size).Apply(points, strengths);
    }
}
