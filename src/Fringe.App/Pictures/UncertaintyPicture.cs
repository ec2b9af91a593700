using Fringe.App.Pictures.Panels;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Crystals;
using Fringe.Imaging.Figures;
using SkiaSharp;

namespace Fringe.App.Pictures;

/// <summary>
/// <c>uncertainty.png</c>: slices of the standard uncertainty of phase, amplitude and strain, on cubic voxels in nm where the geometry is
/// known. The same object gives the same bytes.
/// </summary>
internal static class UncertaintyPicture
{
    private const int Width = 1400;
    private const int Left = 82;
    private const int Top = 128;
    private const int Edge = 350;
    private const int Pitch = 416;
    private const int RowPitch = Edge + 96;

    /// <summary>The picture as PNG.</summary>
    /// <param name="name">Of the sample.</param>
    /// <param name="view">The object, canonical, and its support.</param>
    /// <param name="uncertainty">Of the object.</param>
    /// <param name="crystal">The same in nm; null where no geometry is known; borrowed.</param>
    public static byte[] Render(string name, CrystalView view, ObjectUncertainty uncertainty, CrystalInSpace? crystal)
    {
        IReadOnlyList<FieldPanels> rows = crystal is { Uncertainty: not null }
            ? InNanometres(crystal)
            : InVoxels(view.Object, view.Support, uncertainty);
        int height = Top + (rows.Count * RowPitch) - 20;
        using var surface = SKSurface.Create(new SKImageInfo(Width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        string title = $"{name}   ·   standard uncertainty from {uncertainty.Replicas} replicas";
        PictureText.Draw(canvas, PictureText.Shorten(title, 22, Width - 40), 20, 44, 22, PictureStyle.Ink);
        string figures =
            $"rms: phase {NumberText.Figure(uncertainty.MeanPhaseRadians)} rad, amplitude {uncertainty.MeanAmplitude:P1}"
            + (
                crystal?.Uncertainty is { } strain
                    ? $", strain {NumberText.Figure(strain.BulkStrain.RootMeanSquare)} in the bulk, {NumberText.Figure(strain.SurfaceStrain.RootMeanSquare)} at the surface"
                    : ""
            )
            + (
                uncertainty.Widening is { } widening
                    ? $"; {NumberText.Figure(widening)} times the replicas' distance, as the free voxels say"
                    : "; as far as the replicas lie, without free voxels to say whether that is enough"
            );
        PictureText.Draw(canvas, figures, 20, 74, PictureStyle.HeadingSize, PictureStyle.Faint);
        foreach ((int row, FieldPanels panels) in rows.Index())
        {
            panels.Draw(canvas, PanelRow.Of(Left, Top + (row * RowPitch), Edge, Pitch, 3));
        }

        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static IReadOnlyList<FieldPanels> InNanometres(CrystalInSpace crystal)
    {
        double edge = crystal.Crystal.VoxelNanometres;
        VoxelSize voxel = new(edge, edge, edge);
        bool[] inside = [.. crystal.Map.Inside];
        RealVolume strain = crystal.Uncertainty!.Strain;
        VolumeBox window = VolumeBox.Around(inside, [strain.Depth, strain.Height, strain.Width]);
        return
        [
            Phase(crystal.Uncertainty.PhaseRadians, voxel, window),
            Amplitude(crystal.Uncertainty.Amplitude, crystal.Crystal.Object, inside, voxel, window),
            new(
                strain,
                "strain",
                "uncertainty of the strain (10⁻⁴)",
                StrainPicture.StrainUnits,
                voxel,
                window,
                isSigned: false
            ),
        ];
    }

    private static IReadOnlyList<FieldPanels> InVoxels(ComplexVolume psi, bool[] support, ObjectUncertainty uncertainty)
    {
        float[] amplitude = psi.Amplitudes();
        float least = (float)(
            ObjectPanels.LeastShownAmplitude * amplitude.Where((_, i) => support[i]).DefaultIfEmpty(0).Max()
        );
        RealVolume phase = Shown(uncertainty.PhaseRadians, i => support[i] && amplitude[i] > least);
        VolumeBox window = VolumeBox.Around(support, [psi.Depth, psi.Height, psi.Width]);
        return
        [
            Phase(phase, voxel: null, window),
            Amplitude(Shown(uncertainty.Amplitude, i => support[i]), psi, support, voxel: null, window),
        ];
    }

    private static RealVolume Shown(RealVolume volume, Func<int, bool> isShown) =>
        new(
            [.. volume.Values.Select((value, i) => isShown(i) ? value : float.NaN)],
            volume.Depth,
            volume.Height,
            volume.Width
        );

    private static FieldPanels Phase(RealVolume values, VoxelSize? voxel, VolumeBox window) =>
        new(values, "phase", "uncertainty of the phase (rad)", 1, voxel, window, isSigned: false);

    // As a share of the crystal's own.
    private static FieldPanels Amplitude(
        RealVolume values,
        ComplexVolume psi,
        bool[] inside,
        VoxelSize? voxel,
        VolumeBox window
    )
    {
        double square = psi.Amplitudes().Where((_, i) => inside[i]).Average(value => (double)value * value);
        return new(
            values,
            "amplitude",
            "uncertainty of the amplitude (%)",
            100 / Math.Sqrt(square),
            voxel,
            window,
            isSigned: false
        );
    }
}
