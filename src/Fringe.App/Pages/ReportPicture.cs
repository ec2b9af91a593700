using Fringe.App.Pictures;

namespace Fringe.App.Pages;

/// <summary>A picture inside <c>report.html</c>.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Description">What it shows: the caption, and the text for those who do not see it.</param>
/// <param name="Png">The PNG file's bytes.</param>
internal sealed record ReportPicture(string Title, string Description, byte[] Png)
{
    /// <summary>The picture that <see cref="SummaryPicture"/> draws.</summary>
    public static ReportPicture Summary(byte[] png) =>
        new(
            "Summary",
            "Central slices of amplitude (support outlined) and phase in three planes; the measured and the modelled "
                + "pattern on one logarithmic scale; chi of every iteration; the PRTF, or without independent starts the correlation with the replicas.",
            png
        );

    /// <summary>The picture that <see cref="StrainPicture"/> draws.</summary>
    public static ReportPicture Strain(byte[] png) =>
        new(
            "Strain",
            "The crystal on cubic voxels in nm: central slices of strain and displacement along Q, its surface from two sides coloured by "
                + "strain, and the histogram of the strain.",
            png
        );

    /// <summary>The picture that <see cref="UncertaintyPicture"/> draws.</summary>
    public static ReportPicture Uncertainty(byte[] png) =>
        new(
            "Uncertainty",
            "How far the object would differ had other photons come from it: the root mean square distance of replicas from it, in central "
                + "slices of phase, amplitude and, with a geometry, strain.",
            png
        );
}
