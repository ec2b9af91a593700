using Fringe.Core.Preparation;
using Fringe.Formats;
using Fringe.Formats.Arrays;

namespace Fringe.Benchmarks;

/// <summary>The measured scan S54, prepared as its authors did: dark, flat, threshold 2, 128 x 160 x 160.</summary>
internal static class S54
{
    /// <param name="results">Folder of the tables, from which the shared data are found.</param>
    /// <returns>Belongs to the caller.</returns>
    public static PreparedPattern Prepare(string results)
    {
        string data = Path.GetFullPath(Path.Combine(results, "..", "..", "..", "shared", "data", "s54-raw"));
        MeasuredStack stack = MeasurementFile.ReadVolume(Path.Combine(data, "frames"));
        PreparationOptions options = new()
        {
            Dark = MeasurementFile.ReadImage(Path.Combine(data, "dark.tif")),
            Flat = MeasurementFile.ReadImage(Path.Combine(data, "whitefield.tif")),
            RoiOrigin = (0, 0),
            Threshold = 2,
            Shape = [128, 160, 160],
        };
        return PatternPreparer.Prepare(stack.Intensity, options, default);
    }
}
