using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using static TorchSharp.torch;

namespace Fringe.Simulation.CrystalSets;

/// <summary>The central plane (q_z = 0) of a crystal's pattern about (111), from its fields.</summary>
public static class PatternSlice
{
    /// <summary>The largest q of a crystal's fields, per nm.</summary>
    /// <param name="crystal">That has fields.</param>
    /// <param name="latticeNanometres">The lattice constant.</param>
    public static double Nyquist(CrystalRecord crystal, double latticeNanometres) =>
        Math.PI / (crystal.VoxelLatticeUnits * latticeNanometres);

    /// <summary>log10 of the intensity over its largest value.</summary>
    /// <param name="crystal">With its fields.</param>
    /// <param name="latticeNanometres">The lattice constant.</param>
    /// <param name="pixels">Edge of the picture.</param>
    /// <param name="largest">q at the picture's edges, per nm; at most <see cref="Nyquist"/>.</param>
    /// <returns>Rows q_y, columns q_x; row 0 is the lowest q_y.</returns>
    public static double[,] Of(CrystalRecord crystal, double latticeNanometres, int pixels, double largest)
    {
        using var scope = NewDisposeScope();
        CrystalFields fields = crystal.ToFields();
        long size = fields.Size;
        // As many voxels as make a pixel of the picture one of the pattern, or a whole number of them.
        long fitting = 2 * (long)Math.Ceiling(pixels * Nyquist(crystal, latticeNanometres) / largest / 2);
        long step = (size + fitting - 1) / fitting;
        long padded = step * fitting;
        Tensor density = tensor(fields.Density).reshape(size, size, size);
        Tensor phase = tensor(fields.Displacement).reshape(3, size, size, size).sum([0L]).Times(-2 * Math.PI);
        // Summed along z, which is what the plane q_z = 0 sees.
        Tensor psi = zeros([1, padded, padded], ScalarType.ComplexFloat32);
        long start = (padded / 2) - (size / 2);
        psi[0].narrow(0, start, size).narrow(1, start, size).copy_(polar(density, phase).sum([0L]));
        Tensor intensity = ForwardModel.Propagate(psi).abs().Squared();
        Tensor relative = (intensity / intensity.max()).AtLeast(float.Epsilon).log10();
        float[] values = relative.ToRealVolume().Values;
        double[,] slice = new double[pixels, pixels];
        for (int row = 0; row < pixels; row++)
        {
            for (int column = 0; column < pixels; column++)
            {
                slice[row, column] = values[(At(row) * padded) + At(column)];
            }
        }

        return slice;

        long At(int pixel) => (padded / 2) + (step * (pixel - (pixels / 2)));
    }
}
