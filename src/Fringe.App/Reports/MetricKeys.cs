namespace Fringe.App.Reports;

/// <summary>Keys of the figures that the title of the picture shows.</summary>
internal static class MetricKeys
{
    public const string Chi = "chi";
    public const string FreeLogLikelihood = "free_llk";
    public const string SupportVoxels = "support_voxels";
    public const string SecondsTotal = "seconds_total";
}
