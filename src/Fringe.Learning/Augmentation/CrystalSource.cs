namespace Fringe.Learning.Augmentation;

/// <summary>Where the objects of examples come from: made up, or cut from simulated crystals.</summary>
public abstract class CrystalSource
{
    /// <summary>Draws one object.</summary>
    /// <param name="random">All that is random about it.</param>
    /// <param name="size">Voxels along each edge.</param>
    /// <param name="psi">Receives complex64 <c>[z, y, x]</c> as pairs (real, imaginary), <c>2 * size^3</c> values; centred to
    /// about a voxel, |psi| about 1 inside the crystal.</param>
    public abstract void Draw(Random random, int size, Span<float> psi);
}
