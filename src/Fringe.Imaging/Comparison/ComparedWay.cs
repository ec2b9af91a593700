using Fringe.Core.Volumes;

namespace Fringe.Imaging.Comparison;

/// <summary>What one way made of the pattern.</summary>
/// <param name="Way">Which one.</param>
/// <param name="Object">complex64 <c>[z, y, x]</c>, in canonical form.</param>
/// <param name="Chi">Over all measured voxels.</param>
/// <param name="FreeLogLikelihood">Of the voxels held out; NaN without any.</param>
/// <param name="SupportVoxels">Voxels inside its outline.</param>
/// <param name="Seconds">From the prepared pattern to the object, without loading the network.</param>
/// <param name="Distances">Real-space error against each way, in their order.</param>
/// <param name="Error">Real-space error against the truth; null where it is not known.</param>
public sealed record ComparedWay(
    Way Way,
    ComplexVolume Object,
    double Chi,
    double FreeLogLikelihood,
    long SupportVoxels,
    double Seconds,
    IReadOnlyList<double> Distances,
    double? Error
);
