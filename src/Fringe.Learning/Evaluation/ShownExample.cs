using Fringe.Core.Volumes;

namespace Fringe.Learning.Evaluation;

/// <summary>A crystal and what was predicted of its pattern, <c>[32, 32, 32]</c>, centred.</summary>
/// <param name="Truth">The object that the pattern was made of.</param>
/// <param name="Found">The prediction, aligned to it.</param>
/// <param name="Support">Where the crystal is.</param>
public sealed record ShownExample(ComplexVolume Truth, ComplexVolume Found, bool[] Support);
