using Fringe.Core.Preparation;
using Fringe.Imaging;

namespace Fringe.Benchmarks;

/// <summary>The measured crystal of the seed paper, 64 x 64 x 64.</summary>
internal static class SeedCrystal
{
    /// <summary>How its frames become a pattern.</summary>
    public static PreparationOptions Preparation { get; } = new() { Shape = [64, 64, 64] };

    /// <summary>Its file.</summary>
    /// <param name="results">Folder of the tables, from which the shared data are found.</param>
    public static MeasurementSource Source(string results) =>
        new() { Input = Path.Combine(ResultsFolder.Data(results, "seed-crystal"), "ft_crop_64.tif") };
}
