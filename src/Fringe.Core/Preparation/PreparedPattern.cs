using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>A pattern ready to be phased, and what was done to get it. Owns the pattern.</summary>
/// <param name="Pattern">Peak at index N/2.</param>
/// <param name="Summary">What was done.</param>
public sealed record PreparedPattern(DiffractionPattern Pattern, PreparationSummary Summary) : IDisposable
{
    public void Dispose() => Pattern.Dispose();
}

/// <summary>What preparation did, for the report.</summary>
/// <param name="InputShape">Shape of the stack as read, <c>[rocking, row, column]</c>.</param>
/// <param name="Peak">The peak's index in the (binned) stack.</param>
/// <param name="BadPixels">Pixels masked by dark, flat or mask file.</param>
/// <param name="InvalidVoxels">NaN, infinite or negative voxels, masked.</param>
/// <param name="SaturatedVoxels">Saturated voxels, masked.</param>
/// <param name="HotVoxels">Isolated hot voxels, masked.</param>
/// <param name="MaskedFraction">Share of the prepared volume that was not measured.</param>
/// <param name="Photons">Sum over the prepared volume.</param>
/// <param name="KeptFraction">Share of the stack's photons that the prepared volume keeps.</param>
/// <param name="BeyondPeakFraction">Measured frames after the peak's, over the prepared pattern's length along rocking.</param>
/// <param name="OversamplingRatio">Along each axis.</param>
public sealed record PreparationSummary(
    IReadOnlyList<int> InputShape,
    IReadOnlyList<int> Peak,
    int BadPixels,
    int InvalidVoxels,
    int SaturatedVoxels,
    int HotVoxels,
    double MaskedFraction,
    double Photons,
    double KeptFraction,
    double BeyondPeakFraction,
    IReadOnlyList<double> OversamplingRatio
);
