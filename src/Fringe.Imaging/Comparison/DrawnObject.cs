using Fringe.Core.Volumes;

namespace Fringe.Imaging.Comparison;

/// <summary>An object as the picture shows it: brought onto the others.</summary>
/// <param name="Name">Above its column.</param>
/// <param name="Chi">Over all measured voxels; null for the truth as given.</param>
/// <param name="Seconds">From the prepared pattern to the object; null for the truth as given.</param>
/// <param name="Object">complex64 <c>[z, y, x]</c>, centred; of the norm that the others have.</param>
/// <param name="Support">Of its length.</param>
/// <param name="Modelled">Its pattern in photons, in the measured one's frame.</param>
public sealed record DrawnObject(
    string Name,
    double? Chi,
    double? Seconds,
    ComplexVolume Object,
    bool[] Support,
    RealVolume Modelled
);
