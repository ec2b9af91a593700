using System.Diagnostics.CodeAnalysis;
using Fringe.Core.Volumes;

namespace Fringe.Formats.Arrays;

/// <summary>A measured stack as it stands in the file: nothing corrected, nothing masked.</summary>
/// <param name="Intensity">float32 <c>[rocking, row, column]</c>; NaN and negative values are kept as the file has them.</param>
/// <param name="DtypeMaximum">
/// 65535 or 4294967295 where the file stores uint16 or uint32 (detectors write it for saturated and dead pixels), else null.
/// Compare with <c>(float)DtypeMaximum</c>: float32 holds 4294967295 as 4294967296.
/// </param>
/// <param name="Source">What the file holds; the array that was read is <paramref name="Dataset"/>.</param>
/// <param name="Dataset">Name of the array that was read; "" for a file with one unnamed array.</param>
[SuppressMessage("Naming", "CA1711", Justification = "A stack of frames, as beamlines say; no collection type.")]
public sealed record MeasuredStack(RealVolume Intensity, double? DtypeMaximum, FileDescription Source, string Dataset);
