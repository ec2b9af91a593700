using Fringe.Core.Metrics;
using Fringe.Core.Volumes;

namespace Fringe.Imaging;

/// <summary>A crystal as it is shown and stored: managed data.</summary>
/// <param name="Object">complex64 <c>[z, y, x]</c>, centred, in canonical form.</param>
/// <param name="Support">true inside; of its length, C order.</param>
public sealed record CrystalView(ComplexVolume Object, bool[] Support)
{
    internal static CrystalView Of(CanonicalForm canonical) =>
        new(canonical.Object.ToComplexVolume(), canonical.Support.ToBooleans());
}
