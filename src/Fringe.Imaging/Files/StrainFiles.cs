using Fringe.Core.Strain;
using Fringe.Core.Volumes;
using Fringe.Formats.Cxi;
using Fringe.Formats.Vtk;
using Fringe.Imaging.Crystals;

namespace Fringe.Imaging.Files;

/// <summary>The crystal in nm as files.</summary>
internal static class StrainFiles
{
    /// <summary>Amplitude, phase, displacement, strain, their uncertainty, crystal and dislocations for ParaView; 0 outside the crystal.</summary>
    public static void WriteVti(string path, CrystalInSpace found)
    {
        ComplexVolume psi = found.Crystal.Object;
        StrainMap map = found.Map;
        bool[] inside = [.. map.Inside];
        double edge = found.Crystal.VoxelNanometres;
        VtiFile.Write(
            path,
            VtiGrid.OfCubes(new(psi.Depth, psi.Height, psi.Width), edge),
            [
                VtiArray.Of("amplitude", psi.Amplitudes()),
                VtiArray.Of("phase", Within(psi.Phases(), inside)),
                VtiArray.Of("displacement_nm", Within(map.DisplacementNanometres.Values, inside)),
                VtiArray.Of("strain", Within(map.Strain.Values, inside)),
                VtiArray.Of("crystal", inside),
                VtiArray.Of("dislocation", [.. map.Dislocated]),
                VtiArray.Of("support", found.Crystal.Support),
                .. Uncertainties(found, inside),
            ]
        );
    }

    private static IEnumerable<VtiArray> Uncertainties(CrystalInSpace found, bool[] inside) =>
        found.Uncertainty is not { } uncertainty
            ? []
            :
            [
                VtiArray.Of("amplitude_uncertainty", Within(uncertainty.Amplitude.Values, inside)),
                VtiArray.Of("phase_uncertainty", Within(uncertainty.PhaseRadians.Values, inside)),
                VtiArray.Of("displacement_uncertainty_nm", Within(uncertainty.DisplacementNanometres.Values, inside)),
                VtiArray.Of("strain_uncertainty", Within(uncertainty.Strain.Values, inside)),
            ];

    /// <summary>Geometry and cubic volumes for the CXI file.</summary>
    public static CxiCrystal ForCxi(CrystalInSpace found) =>
        new()
        {
            ReciprocalSteps = found.Grid.ReciprocalSteps,
            DirectSteps = found.Grid.DirectSteps,
            ScatteringVector = found.Grid.ScatteringVector,
            Frame = FrameWords.Of(found.Crystal.Frame),
            FromLaboratory = found.Crystal.FromLaboratory,
            VoxelNanometres = found.Crystal.VoxelNanometres,
            Image = found.Crystal.Object,
            Support = found.Crystal.Support,
            Inside = [.. found.Map.Inside],
            DisplacementNanometres = found.Map.DisplacementNanometres,
            Strain = found.Map.Strain,
            Uncertainty = found.Uncertainty is { } uncertainty
                ? new CxiUncertainty
                {
                    Amplitude = uncertainty.Amplitude,
                    PhaseRadians = uncertainty.PhaseRadians,
                    DisplacementNanometres = uncertainty.DisplacementNanometres,
                    Strain = uncertainty.Strain,
                }
                : null,
            Beamline = found.Scan.Beamline.Name,
        };

    // What is not known, of voxels outside and of dislocations, as 0: ParaView draws a contour through it.
    private static float[] Within(float[] values, bool[] inside) =>
        [.. values.Select((value, i) => inside[i] && float.IsFinite(value) ? value : 0)];
}
