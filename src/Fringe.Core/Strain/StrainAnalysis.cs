using System.Numerics;
using Fringe.Core.Geometry;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Core.Strain;

/// <summary>
/// Displacement, strain and dislocations from an object's phase, <c>phi = -G.u</c>. Differences of phase are taken between neighbours
/// as the argument of <c>psi(r + e) psi*(r)</c>, so that a phase's wraps do not matter; a step of more than pi from voxel to voxel,
/// a strain above <c>pi / (|G| voxel)</c>, cannot be told.
/// </summary>
public static class StrainAnalysis
{
    /// <summary>
    /// A bit below the half at which a sharp edge stands: found on scan 54 of 34-ID-C, where the support holds 339 loops that the phase
    /// winds round, all but one of them below 0.2.
    /// </summary>
    public const double DefaultLeastAmplitude = 0.3;

    // A component of a direction below this does not need its axis' slope.
    private const double Negligible = 1e-9;

    /// <param name="crystal">Borrowed.</param>
    /// <param name="leastAmplitude">Voxels of the support with less than this share of the crystal's amplitude do not count, but for
    /// dark spots of a few voxels between those that do, such as a dislocation's core.</param>
    /// <param name="cancellation">Checked between the steps.</param>
    /// <exception cref="InputException">The share is not from 0 to below 1.</exception>
    /// <exception cref="ArgumentException">The support is empty or holds no two neighbours along some axis.</exception>
    public static StrainMap Analyse(
        OrthogonalObject crystal,
        double leastAmplitude = DefaultLeastAmplitude,
        CancellationToken cancellation = default
    )
    {
        if (!(leastAmplitude >= 0 && leastAmplitude < 1))
        {
            throw new InputException($"a least amplitude of {leastAmplitude}: give a share from 0 to below 1");
        }

        ComplexVolume psi = crystal.Object.ToComplexVolume();
        Complex[] field = FieldOf(psi);
        Shape3 shape = new(psi.Depth, psi.Height, psi.Width);
        double[] amplitude = [.. field.Select(value => value.Magnitude)];
        bool[] body = CrystalBody.Of(amplitude, crystal.Support.ToBooleans(), shape, leastAmplitude);
        for (int i = 0; i < field.Length; i++)
        {
            field[i] = body[i] ? field[i] : 0;
        }

        cancellation.ThrowIfCancellationRequested();
        SupportGrid grid = new(body, shape);
        double[] slope = Flatten(field, grid);
        // A phase g.r moves the peak to G + g.
        Vector3D vector =
            crystal.ScatteringVector + (new Vector3D(slope[2], slope[1], slope[0]) / crystal.VoxelNanometres);
        bool[] dislocated = Dislocated(field, grid);
        cancellation.ThrowIfCancellationRequested();
        float[] strain = Strain(field, grid, dislocated, vector.Unit, vector.Length * crystal.VoxelNanometres);
        float[] displacement = Displacement(field, grid, vector.Length);
        bool[] surface = [.. Enumerable.Range(0, grid.Count).Select(grid.IsSurface)];
        return new StrainMap
        {
            DisplacementNanometres = new(displacement, psi.Depth, psi.Height, psi.Width),
            Strain = new(strain, psi.Depth, psi.Height, psi.Width),
            Inside = body,
            Surface = surface,
            Dislocated = dislocated,
            DislocatedVoxels = dislocated.Count(voxel => voxel),
            ScatteringVector = vector,
            WholeStrain = FieldStatistics.Of(strain),
            SurfaceStrain = FieldStatistics.Of(strain.Where((_, voxel) => surface[voxel])),
            BulkStrain = FieldStatistics.Of(strain.Where((_, voxel) => !surface[voxel])),
            WholeDisplacement = FieldStatistics.Of(displacement),
        };
    }

    /// <summary>How far replicas of a crystal lie from its map.</summary>
    /// <param name="crystal">Borrowed.</param>
    /// <param name="map">Its own.</param>
    /// <param name="replicas">On its voxels, at least one; borrowed, one after another.</param>
    /// <param name="widening">Factor on every distance.</param>
    /// <param name="cancellation">Checked once a replica.</param>
    public static StrainUncertainty Uncertainty(
        OrthogonalObject crystal,
        StrainMap map,
        IEnumerable<OrthogonalObject> replicas,
        double widening,
        CancellationToken cancellation = default
    )
    {
        ComplexVolume psi = crystal.Object.ToComplexVolume();
        Complex[] reference = FieldOf(psi);
        Complex[] back = [.. reference.Select(value => Complex.FromPolarCoordinates(1, -value.Phase))];
        SupportGrid grid = new([.. map.Inside], new Shape3(psi.Depth, psi.Height, psi.Width));
        bool[] dislocated = [.. map.Dislocated];
        double vector = map.ScatteringVector.Length;
        double[] amplitude = new double[reference.Length];
        double[] phase = new double[reference.Length];
        double[] strain = new double[reference.Length];
        int count = 0;
        foreach (OrthogonalObject replica in replicas)
        {
            cancellation.ThrowIfCancellationRequested();
            Complex[] field = FieldOf(replica.Object.ToComplexVolume());
            for (int i = 0; i < field.Length; i++)
            {
                bool inside = grid.Contains(i);
                amplitude[i] += inside ? Square(field[i].Magnitude - reference[i].Magnitude) : 0;
                field[i] = inside ? field[i] * back[i] : 0;
            }

            Flatten(field, grid);
            float[] moved = Strain(
                field,
                grid,
                dislocated,
                map.ScatteringVector.Unit,
                vector * crystal.VoxelNanometres
            );
            for (int i = 0; i < field.Length; i++)
            {
                phase[i] += Square(field[i].Phase);
                strain[i] += Square(moved[i]);
            }

            count++;
        }

        float[] turned = [.. Mean(phase).Select(angle => Math.Min(angle, (float)ObjectUncertainty.AnyPhase))];
        float[] strained = Mean(strain);
        float[] displaced = [.. turned.Select(angle => (float)(angle / vector))];
        return new StrainUncertainty
        {
            Amplitude = Volume(Mean(amplitude)),
            PhaseRadians = Volume(turned),
            DisplacementNanometres = Volume(displaced),
            Strain = Volume(strained),
            WholeDisplacement = FieldStatistics.Of(displaced),
            SurfaceStrain = FieldStatistics.Of(strained.Where((_, voxel) => map.Surface[voxel])),
            BulkStrain = FieldStatistics.Of(strained.Where((_, voxel) => !map.Surface[voxel])),
        };

        float[] Mean(double[] squares) =>
            [
                .. squares.Select(
                    (square, i) => grid.Contains(i) ? (float)(widening * Math.Sqrt(square / count)) : float.NaN
                ),
            ];

        RealVolume Volume(float[] values) => new(values, psi.Depth, psi.Height, psi.Width);
    }

    private static double Square(double value) => value * value;

    private static Complex[] FieldOf(ComplexVolume psi)
    {
        Complex[] field = new Complex[psi.Interleaved.Length / 2];
        for (int i = 0; i < field.Length; i++)
        {
            field[i] = new Complex(psi.Interleaved[2 * i], psi.Interleaved[(2 * i) + 1]);
        }

        return field;
    }

    // Takes the mean slope and the mean phase away; gives the slope along z, y, x, radians a voxel.
    private static double[] Flatten(Complex[] field, SupportGrid grid)
    {
        double[] slope = [.. Enumerable.Range(0, 3).Select(axis => MeanStep(field, grid, axis))];
        Complex mean = 0;
        for (int i = 0; i < field.Length; i++)
        {
            double ramp = Enumerable
                .Range(0, 3)
                .Sum(axis => slope[axis] * (grid.Place(i, axis) - (grid.Shape[axis] / 2)));
            field[i] *= Complex.FromPolarCoordinates(1, -ramp);
            mean += field[i] * field[i].Magnitude;
        }

        Complex turn = Complex.FromPolarCoordinates(1, -mean.Phase);
        for (int i = 0; i < field.Length; i++)
        {
            field[i] *= turn;
        }

        return slope;
    }

    private static double MeanStep(Complex[] field, SupportGrid grid, int axis)
    {
        (Complex sum, int pairs) = (0, 0);
        for (int i = 0; i < field.Length; i++)
        {
            if (grid.After(i, axis) is >= 0 and int next)
            {
                sum += field[next] * Complex.Conjugate(field[i]);
                pairs++;
            }
        }

        return pairs > 0 ? sum.Phase : throw new ArgumentException("the support holds no two neighbours along an axis");
    }

    private static double Step(Complex[] field, int from, int to) => (field[to] * Complex.Conjugate(field[from])).Phase;

    // Round a loop of four voxels the steps add up to 0, or to a whole turn round a singularity of the phase.
    private static bool[] Dislocated(Complex[] field, SupportGrid grid)
    {
        bool[] found = new bool[field.Length];
        (int, int)[] planes = [(0, 1), (0, 2), (1, 2)];
        for (int i = 0; i < field.Length; i++)
        {
            foreach ((int first, int second) in planes)
            {
                int right = grid.After(i, first);
                int up = grid.After(i, second);
                int across = right < 0 ? -1 : grid.After(right, second);
                if (up < 0 || across < 0)
                {
                    continue;
                }

                double winding =
                    Step(field, i, right) + Step(field, right, across) + Step(field, across, up) + Step(field, up, i);
                if (Math.Abs(winding) > Math.PI)
                {
                    (found[i], found[right], found[across], found[up]) = (true, true, true, true);
                }
            }
        }

        return found;
    }

    // -d phi / d x_G / |G|: the mean of the steps to both sides, or the one there is at the surface.
    private static float[] Strain(
        Complex[] field,
        SupportGrid grid,
        bool[] dislocated,
        Vector3D along,
        double vectorVoxels
    )
    {
        double[] direction = [along.Z, along.Y, along.X];
        float[] strain = new float[field.Length];
        for (int i = 0; i < field.Length; i++)
        {
            double slope = grid.Contains(i) && !dislocated[i] ? 0 : double.NaN;
            for (int axis = 0; axis < 3 && !double.IsNaN(slope); axis++)
            {
                if (Math.Abs(direction[axis]) > Negligible)
                {
                    slope += direction[axis] * Slope(field, grid, i, axis);
                }
            }

            strain[i] = (float)(-slope / vectorVoxels);
        }

        return strain;
    }

    private static double Slope(Complex[] field, SupportGrid grid, int voxel, int axis)
    {
        int next = grid.After(voxel, axis);
        int previous = grid.Before(voxel, axis);
        return (next, previous) switch
        {
            (< 0, < 0) => double.NaN,
            (< 0, _) => Step(field, previous, voxel),
            (_, < 0) => Step(field, voxel, next),
            _ => (Step(field, previous, voxel) + Step(field, voxel, next)) / 2,
        };
    }

    private static float[] Displacement(Complex[] field, SupportGrid grid, double vectorLength)
    {
        float[] amplitude = [.. field.Select(value => (float)value.Magnitude)];
        double[] phase = PhaseUnwrapping.Follow(amplitude, [.. field.Select(value => value.Phase)], grid.Shape);
        return [.. phase.Select((value, i) => grid.Contains(i) ? (float)(-value / vectorLength) : float.NaN)];
    }
}
