using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Simulation.Diffraction;

/// <summary>A diffraction pattern and the object that made it, computed from the atoms themselves. Owns its tensors.</summary>
public sealed class BraggExample : IDisposable
{
    private BraggExample(Tensor intensity, Tensor psi, double voxel)
    {
        Intensity = intensity.DetachFromDisposeScope();
        Object = psi.DetachFromDisposeScope();
        VoxelLatticeUnits = voxel;
    }

    /// <summary>Expected photons: float32 <c>[z, y, x]</c>, centred, the brightest voxel at N/2.</summary>
    public Tensor Intensity { get; }

    /// <summary>complex64 <c>[z, y, x]</c>, canonical; |psi|^2 sums to the photons.</summary>
    public Tensor Object { get; }

    /// <summary>Edge of a voxel of the object, lattice units.</summary>
    public double VoxelLatticeUnits { get; }

    /// <summary>Computes the pattern about a reflection.</summary>
    /// <param name="atoms">The crystal.</param>
    /// <param name="reflection">hkl.</param>
    /// <param name="size">Even number of voxels along each axis.</param>
    /// <param name="oversampling">Edge of the volume over the crystal's largest extent.</param>
    /// <param name="photons">In the whole pattern.</param>
    public static BraggExample Of(
        AtomicDisplacement atoms,
        MillerIndices reflection,
        int size,
        double oversampling,
        double photons
    )
    {
        double box = oversampling * FieldBuilder.Extent(atoms.Positions).Max();
        using var scope = NewDisposeScope();
        Tensor field = CentredField(atoms, reflection, size, box);
        double power = field.abs().Squared().sum().item<double>();
        // Held until the call is over: TorchSharp may collect an implicit scalar during it.
        using Scalar factor = Math.Sqrt(photons / power).ToScalar();
        Tensor scaled = field.mul(factor).to(ScalarType.ComplexFloat32);
        Tensor psi = ForwardModel.PropagateBack(scaled);
        using CanonicalForm canonical = CanonicalForm.Of(psi, psi.abs().IsAbove(0));
        return new BraggExample(scaled.abs().Squared(), canonical.Object.clone(), box / size);
    }

    /// <summary>Counts photons: float32, belongs to the caller.</summary>
    public Tensor Count(Generator generator) => poisson(Intensity, generator);

    public void Dispose()
    {
        Intensity.Dispose();
        Object.Dispose();
    }

    // As at a beamline: the brightest voxel goes to the centre, wherever the mean lattice's peak is.
    private static Tensor CentredField(AtomicDisplacement atoms, MillerIndices reflection, int size, double box)
    {
        const int mostMoves = 4;
        double[] offset = [0, 0, 0];
        Tensor field = StructureFactor.About(atoms, reflection, size, box);
        for (int move = 0; move < mostMoves; move++)
        {
            long brightest = field.abs().argmax().item<long>();
            long[] step =
            [
                (brightest % size) - (size / 2),
                (brightest / size % size) - (size / 2),
                (brightest / size / size) - (size / 2),
            ];
            if (step.All(voxels => voxels == 0))
            {
                break;
            }

            offset = [.. offset.Zip(step, (sum, voxels) => sum + voxels)];
            field = StructureFactor.About(atoms, reflection, size, box, offset);
        }

        return field;
    }
}
