using Fringe.Core.Volumes;

namespace Fringe.Formats.Cxi;

/// <summary>A phased object with where it came from, as it goes into a CXI file.</summary>
/// <param name="Image">complex64 <c>[z, y, x]</c>, centred, in canonical form.</param>
/// <param name="Support">bool, C order, same shape as <paramref name="Image"/>: true is inside the crystal.</param>
/// <param name="Program">Program that phased it: "fringe".</param>
/// <param name="Version">Its version.</param>
/// <param name="Command">The command line that was run.</param>
/// <param name="Date">When the run ended.</param>
public sealed record CxiReconstruction(
    ComplexVolume Image,
    bool[] Support,
    string Program,
    string Version,
    string Command,
    DateTimeOffset Date
)
{
    /// <summary>Title for viewers.</summary>
    public string Title { get; init; } = "Bragg coherent diffraction reconstruction";

    /// <summary>Options of the run, written to <c>process_1/configuration</c>.</summary>
    public IReadOnlyList<CxiValue> Configuration { get; init; } = [];

    /// <summary>Quality figures (chi, free_llk ...), written to <c>process_1/results</c>.</summary>
    public IReadOnlyList<CxiValue> Results { get; init; } = [];

    /// <summary>Photon energy in eV (written in joules), null where unknown.</summary>
    public double? EnergyElectronvolts { get; init; }

    /// <summary>Sample to detector in metres, null where unknown.</summary>
    public double? DetectorDistanceMetres { get; init; }

    /// <summary>Pixel pitch along the columns (x) in metres, null where unknown.</summary>
    public double? PixelSizeXMetres { get; init; }

    /// <summary>Pixel pitch along the rows (y) in metres, null where unknown.</summary>
    public double? PixelSizeYMetres { get; init; }

    /// <summary>Of the image, written beside it; null where it is not known.</summary>
    public CxiUncertainty? Uncertainty { get; init; }

    /// <summary>The crystal in nm, written to <c>entry_1/image_2</c>; null where no geometry is known.</summary>
    public CxiCrystal? Crystal { get; init; }
}
