using Fringe.Core.Volumes;

namespace Fringe.App.Reports;

/// <summary>An object as the picture shows it: brought onto the others.</summary>
/// <param name="Name">Above its column.</param>
/// <param name="Below">The figures under the name.</param>
/// <param name="Object">complex64 <c>[z, y, x]</c>, centred; of the norm that the others have.</param>
/// <param name="Support">Of its length.</param>
/// <param name="Modelled">Its pattern in photons, in the measured one's frame.</param>
internal sealed record DrawnObject(
    string Name,
    string Below,
    ComplexVolume Object,
    bool[] Support,
    RealVolume Modelled
);
