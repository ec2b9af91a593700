namespace Fringe.App.Reports;

/// <summary>The phase retrieval transfer function, averaged over shells of equal spatial frequency.</summary>
/// <param name="Frequency">Shell radius as a fraction of the Nyquist frequency, rising.</param>
/// <param name="Value">PRTF of each shell, 0 to 1; NaN for an empty shell.</param>
/// <param name="ResolutionAt1OverE">Resolution in voxels where the curve falls below 1/e; null if it never does.</param>
/// <param name="ResolutionAtHalf">Resolution in voxels where the curve falls below 0.5; null if it never does.</param>
internal sealed record PrtfCurve(
    IReadOnlyList<double> Frequency,
    IReadOnlyList<double> Value,
    double? ResolutionAt1OverE,
    double? ResolutionAtHalf
);
