using Fringe.Core.Volumes;

namespace Fringe.Formats.Cxi;

/// <summary>What <c>fringe phase</c> found, read back from its CXI file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Image">complex64 <c>[z, y, x]</c>, centred, in canonical form.</param>
/// <param name="Support">bool, C order, same shape; true somewhere.</param>
/// <param name="Chi">Misfit of its pattern.</param>
/// <param name="DataHash">SHA-256 of the measured stack, hexadecimal.</param>
/// <param name="ProgramVersion">Version of Fringe that phased it.</param>
public sealed record PhasedResult(
    string Path,
    ComplexVolume Image,
    bool[] Support,
    double Chi,
    string DataHash,
    string ProgramVersion
);
