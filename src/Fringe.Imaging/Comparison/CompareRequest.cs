namespace Fringe.Imaging.Comparison;

/// <summary>What <c>fringe compare</c> was asked to do.</summary>
/// <param name="Measurement">
/// What to read, how to prepare it and where to put the result; the iterative way takes its options, the refined one those from the
/// network.
/// </param>
/// <param name="TruthPath">Complex NPY of the object that the pattern was made from; null = not known.</param>
internal sealed record CompareRequest(PhaseRequest Measurement, string? TruthPath);
