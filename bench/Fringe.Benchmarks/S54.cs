using Fringe.Core.Preparation;
using Fringe.Imaging;

namespace Fringe.Benchmarks;

/// <summary>The measured scan S54, prepared as its authors did: dark, flat, threshold 2, 128 x 160 x 160.</summary>
internal static class S54
{
    /// <summary>How its frames become a pattern.</summary>
    public static PreparationOptions Preparation { get; } =
        new()
        {
            RoiOrigin = new(0, 0),
            Threshold = 2,
            Shape = [128, 160, 160],
        };

    /// <summary>Its files.</summary>
    /// <param name="results">Folder of the tables, from which the shared data are found.</param>
    public static MeasurementSource Source(string results)
    {
        string data = ResultsFolder.Data(results, "s54-raw");
        return new MeasurementSource
        {
            Input = Path.Combine(data, "frames"),
            DarkPath = Path.Combine(data, "dark.tif"),
            FlatPath = Path.Combine(data, "whitefield.tif"),
        };
    }
}
