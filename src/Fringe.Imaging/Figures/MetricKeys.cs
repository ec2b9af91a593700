namespace Fringe.Imaging.Figures;

/// <summary>Keys of the figures that titles and tables show.</summary>
internal static class MetricKeys
{
    public const string Chi = "chi";
    public const string FreeLogLikelihood = "free_llk";
    public const string FreeMisfitOverNoise = "free_misfit_over_noise";
    public const string SupportVoxels = "support_voxels";
    public const string SecondsTotal = "seconds_total";
}
