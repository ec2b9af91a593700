using Fringe.Core.Values;

namespace Fringe.Simulation.Diffraction;

/// <summary>
/// Where a crystal's atoms are and how they got there: <c>r = c + (1 + M) R + u</c> with the ideal site R, one homogeneous
/// deformation M for the whole crystal (least squares) and what is left, u. All in lattice units, components x, y, z.
/// </summary>
public sealed class AtomicDisplacement
{
    private AtomicDisplacement(double[] positions, double[] residual, double[] gradient)
    {
        Positions = positions;
        Residual = residual;
        MeanGradient = gradient;
    }

    /// <summary>x, y, z of each atom in turn, about the crystal's centre of mass.</summary>
    public double[] Positions { get; }

    /// <summary>The displacement u of each atom without its mean and its homogeneous part.</summary>
    public double[] Residual { get; }

    /// <summary>M, row-major 3 x 3: component i along axis j.</summary>
    public double[] MeanGradient { get; }

    /// <summary>Atoms.</summary>
    public int Count => Positions.Length / 3;

    /// <summary>Takes the deformation apart.</summary>
    /// <param name="sites">Ideal sites R, x, y, z in turn.</param>
    /// <param name="positions">Positions r in the same order.</param>
    public static AtomicDisplacement Between(double[] sites, double[] positions)
    {
        double[] place = Centred(positions);
        double[] site = Centred(sites);
        // Normal equations: (1 + M) = (sum r R^T) (sum R R^T)^-1.
        double[] mixed = Moments(place, site);
        double[] square = Moments(site, site);
        double[] deformation = Matrix3.FromRows(mixed).Times(Matrix3.FromRows(square).Inverse()).ToArray();
        double[] residual = new double[place.Length];
        for (int i = 0; i < place.Length; i += 3)
        {
            for (int row = 0; row < 3; row++)
            {
                residual[i + row] = place[i + row];
                for (int column = 0; column < 3; column++)
                {
                    residual[i + row] -= deformation[(3 * row) + column] * site[i + column];
                }
            }
        }

        double[] gradient = [.. deformation];
        for (int i = 0; i < 3; i++)
        {
            gradient[4 * i] -= 1;
        }

        return new AtomicDisplacement(place, residual, gradient);
    }

    /// <summary>
    /// The Bragg peak of the homogeneously deformed lattice, <c>(1 + M)^-T G</c> over the lattice constant: about it the phase
    /// of an atom is <c>-Q.u</c> alone.
    /// </summary>
    /// <param name="scatteringVector">G of the ideal lattice times the lattice constant.</param>
    public double[] BraggPeak(IReadOnlyList<double> scatteringVector)
    {
        double[] deformation = [.. MeanGradient];
        for (int i = 0; i < 3; i++)
        {
            deformation[4 * i] += 1;
        }

        double[] inverse = Matrix3.FromRows(deformation).Inverse().ToArray();
        return
        [
            .. Enumerable
                .Range(0, 3)
                .Select(column =>
                    Enumerable.Range(0, 3).Sum(row => inverse[(3 * row) + column] * scatteringVector[row])
                ),
        ];
    }

    private static double[] Centred(double[] points)
    {
        double[] mean = new double[3];
        for (int i = 0; i < points.Length; i++)
        {
            mean[i % 3] += points[i] * 3 / points.Length;
        }

        double[] centred = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            centred[i] = points[i] - mean[i % 3];
        }

        return centred;
    }

    private static double[] Moments(double[] left, double[] right)
    {
        double[] sums = new double[9];
        for (int i = 0; i < left.Length; i += 3)
        {
            for (int row = 0; row < 3; row++)
            {
                for (int column = 0; column < 3; column++)
                {
                    sums[(3 * row) + column] += left[i + row] * right[i + column];
                }
            }
        }

        return sums;
    }
}
