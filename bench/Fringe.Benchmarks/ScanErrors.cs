using Fringe.Core.Geometry;
using Fringe.Core.Metrics;
using Fringe.Core.Strain;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Imaging.Crystals;
using Fringe.Simulation.Scans;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>How far a phased scan's crystal is from the one that was simulated, in the laboratory frame.</summary>
/// <param name="Error">Real-space error.</param>
/// <param name="MirroredError">The same of the crystal in a mirror: what a wrong handedness would have.</param>
/// <param name="SizeNanometres">Largest difference of an extent along x, y, z.</param>
/// <param name="VoxelNanometres">Edge of the voxels.</param>
/// <param name="OrientationDegrees">Largest turn about x, y, z that would make it fit better.</param>
/// <param name="StrainError">rms over the bulk.</param>
/// <param name="StrainUncertainty">What the found crystal says of it; NaN without replicas.</param>
/// <param name="StrainCorrelation">Between found and true strain: its sign.</param>
internal sealed record ScanErrors(
    double Error,
    double MirroredError,
    double SizeNanometres,
    double VoxelNanometres,
    double OrientationDegrees,
    double StrainError,
    double StrainUncertainty,
    double StrainCorrelation
)
{
    private const double Half = 0.5;
    private const double Turn = 1.5;

    /// <summary>The true crystal's extents along x, y, z.</summary>
    public required IReadOnlyList<double> TrueNanometres { get; init; }

    /// <summary>Its smallest and largest strain.</summary>
    public required (double Least, double Most) TrueStrains { get; init; }

    /// <param name="found">The crystal of the phased scan.</param>
    /// <param name="scan">The truth.</param>
    public static ScanErrors Of(CrystalInSpace found, SimulatedScan scan)
    {
        using var scope = NewDisposeScope();
        Tensor psi = found.Crystal.Object.ToTensor();
        int edge = (int)psi.shape.Max() + 12;
        Tensor cube = zeros([edge, edge, edge], ScalarType.ComplexFloat32);
        Tensor inside = cube;
        for (int axis = 0; axis < 3; axis++)
        {
            inside = inside.narrow(axis, (edge / 2) - (psi.shape[axis] / 2), psi.shape[axis]);
        }

        inside.copy_(psi);
        double voxel = found.Crystal.VoxelNanometres;
        double q = scan.Geometry.At(found.Peak.Place).ScatteringVector.Length;
        Tensor truth = scan.Crystal.OnGrid(edge, voxel, q).ToTensor();
        double error = RealSpaceError.Of(cube, truth);
        using AlignedObject aligned = Alignment.Align(truth, cube, removeRamp: true);
        (double strainError, double correlation) = CompareStrain(aligned.Object, truth, found);
        double[] sizes = [.. Extents(aligned.Object).Zip(Extents(truth), (a, b) => Math.Abs(a - b) * voxel)];
        return new ScanErrors(
            error,
            RealSpaceError.Of(cube, truth.flip(2).contiguous()),
            sizes.Max(),
            voxel,
            Enumerable.Range(0, 3).Max(axis => Math.Abs(BestTurn(cube, scan, voxel, q, axis))),
            strainError,
            found.Uncertainty?.BulkStrain.RootMeanSquare ?? double.NaN,
            correlation
        )
        {
            TrueNanometres = scan.ExtentsNanometres,
            TrueStrains = scan.Strains,
        };
    }

    // Of a parabola through the errors at three turns.
    private static double BestTurn(Tensor cube, SimulatedScan scan, double voxel, double q, int axis)
    {
        Vector3D about = new[] { new Vector3D(1, 0, 0), new(0, 1, 0), new(0, 0, 1) }[axis];
        double[] errors =
        [
            .. new[] { -Turn, 0, Turn }.Select(degrees =>
            {
                Matrix3 turn = Matrix3.Rotation(about, degrees * Math.PI / 180);
                using Tensor turned = scan.Crystal.OnGrid((int)cube.shape[0], voxel, q, turn).ToTensor();
                return RealSpaceError.Of(cube, turned);
            }),
        ];
        return Turn * (errors[0] - errors[2]) / (2 * (errors[0] - (2 * errors[1]) + errors[2]));
    }

    private static double[] Extents(Tensor psi)
    {
        using var scope = NewDisposeScope();
        Tensor amplitude = psi.abs();
        double typical = amplitude
            .masked_select(amplitude.IsAbove(0.3 * amplitude.max().item<float>()))
            .mean()
            .item<float>();
        bool[] filled = amplitude.IsAbove(Half * typical).ToBooleans();
        int[] shape = [.. psi.shape.Select(length => (int)length)];
        VoxelExtent extent = VoxelExtent.OfSections(filled, shape);
        return [.. Enumerable.Range(0, 3).Select(axis => (double)extent.Length(axis))];
    }

    private static (double Error, double Correlation) CompareStrain(Tensor found, Tensor truth, CrystalInSpace like)
    {
        StrainMap[] maps = [.. new[] { found, truth }.Select(psi => Map(psi, like))];
        List<(double Found, double True)> pairs = [];
        for (int i = 0; i < maps[0].Inside.Count; i++)
        {
            (float a, float b) = (maps[0].Strain.Values[i], maps[1].Strain.Values[i]);
            if (maps.All(map => map.Inside[i] && !map.Surface[i]) && float.IsFinite(a) && float.IsFinite(b))
            {
                pairs.Add((a, b));
            }
        }

        (double meanFound, double meanTrue) = (pairs.Average(pair => pair.Found), pairs.Average(pair => pair.True));
        double error = Math.Sqrt(pairs.Average(pair => Math.Pow(pair.Found - meanFound - (pair.True - meanTrue), 2)));
        double product = pairs.Average(pair => (pair.Found - meanFound) * (pair.True - meanTrue));
        double spread = Math.Sqrt(
            pairs.Average(pair => Math.Pow(pair.Found - meanFound, 2))
                * pairs.Average(pair => Math.Pow(pair.True - meanTrue, 2))
        );
        return (error, product / spread);
    }

    private static StrainMap Map(Tensor psi, CrystalInSpace like)
    {
        using var scope = NewDisposeScope();
        CubicObject cubic = like.Crystal;
        Tensor amplitude = psi.abs();
        using OrthogonalObject crystal = new(
            psi.clone().DetachFromDisposeScope(),
            amplitude.IsAbove(0.2 * amplitude.max().item<float>()).DetachFromDisposeScope()
        )
        {
            VoxelNanometres = cubic.VoxelNanometres,
            Frame = cubic.Frame,
            FromLaboratory = cubic.FromLaboratory,
            ScatteringVector = cubic.FromLaboratory.Apply(like.Grid.ScatteringVector),
        };
        return StrainAnalysis.Analyse(crystal);
    }
}
