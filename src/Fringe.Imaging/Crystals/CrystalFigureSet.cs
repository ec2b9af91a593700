using Fringe.Core.Geometry;
using Fringe.Core.Metrics;
using Fringe.Core.Strain;
using Fringe.Imaging.Figures;

namespace Fringe.Imaging.Crystals;

/// <summary>The figures of a crystal in nm.</summary>
internal static class CrystalFigureSet
{
    // Of a lattice spacing, where the detector is only taken to point at the peak.
    private const int SpacingDigitsWithoutBeam = 4;

    /// <param name="found">Borrowed.</param>
    /// <param name="prtf">null = not known.</param>
    /// <param name="correlation">With its replicas; null = not known.</param>
    public static FigureSet Of(CrystalInSpace found, ShellCurve? prtf, ShellCurve? correlation)
    {
        BraggGeometry geometry = found.Scan.Geometry;
        StrainMap map = found.Map;
        double cube = found.Grid.CubeNanometres;
        string frame = $"Here in the {FrameWords.Of(found.Crystal.Frame)} frame.";
        return
        [
            .. StrainFigures.Size.Of(found.SizeNanometres).Select(size => size with { Remark = frame }),
            StrainFigures.Energy.Of(geometry.EnergyElectronvolts),
            StrainFigures.DetectorDistance.Of(geometry.DistanceMetres),
            StrainFigures.Pixel.Of(geometry.ColumnPitchMetres * 1e6),
            StrainFigures.Voxel.Of(found.Crystal.VoxelNanometres),
            .. StrainFigures.SkewedVoxel.Of(found.Grid.VoxelNanometres),
            StrainFigures.PrtfResolution.OfResolution(prtf, 1 / Math.E, cube),
            StrainFigures.FscResolution.OfResolution(correlation, FourierShellCorrelation.Level, cube),
            .. Spacings(found),
            StrainFigures.StrainRms.Of(map.WholeStrain.RootMeanSquare),
            StrainFigures.StrainMinimum.Of(map.BulkStrain.Minimum),
            StrainFigures.StrainMaximum.Of(map.BulkStrain.Maximum),
            StrainFigures.StrainBulk.Of(map.BulkStrain.RootMeanSquare),
            StrainFigures.StrainSurface.Of(map.SurfaceStrain.RootMeanSquare),
            .. Uncertainties(found.Uncertainty),
            StrainFigures.DisplacementRms.Of(map.WholeDisplacement.RootMeanSquare),
            StrainFigures.DislocatedVoxels.Of(map.DislocatedVoxels),
        ];
    }

    private static IEnumerable<FigureValue> Spacings(CrystalInSpace found)
    {
        StrainMap map = found.Map;
        List<FigureValue> values =
        [
            StrainFigures.ScatteringVector.Of(map.ScatteringVector.Length),
            StrainFigures.DSpacing.Of(map.DSpacingNanometres),
        ];
        if (found.Reflection is { } reflection)
        {
            values.Add(
                StrainFigures.LatticeConstant.Of(map.LatticeConstantNanometres(reflection)) with
                {
                    Remark = $"Here from {reflection}.",
                }
            );
        }

        values.Add(StrainFigures.TwoTheta.Of(found.Peak.TwoThetaRadians * 180 / Math.PI));
        return found.Scan.Geometry.DirectBeam is not null
            ? values
            : values.Select(value => value with { Digits = SpacingDigitsWithoutBeam });
    }

    private static FigureValue[] Uncertainties(StrainUncertainty? uncertainty) =>
        uncertainty is null
            ? []
            :
            [
                StrainFigures.StrainBulkUncertainty.Of(uncertainty.BulkStrain.RootMeanSquare),
                StrainFigures.StrainSurfaceUncertainty.Of(uncertainty.SurfaceStrain.RootMeanSquare),
                StrainFigures.DisplacementUncertainty.Of(uncertainty.WholeDisplacement.RootMeanSquare),
            ];
}
