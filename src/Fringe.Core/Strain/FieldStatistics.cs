namespace Fringe.Core.Strain;

/// <summary>A field's values over a part of the crystal, in the field's unit; all but the count are NaN where there are none.</summary>
/// <param name="Count">Voxels with a value.</param>
/// <param name="Mean">Of the values.</param>
/// <param name="StandardDeviation">About the mean.</param>
/// <param name="RootMeanSquare">About 0.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
public sealed record FieldStatistics(
    int Count,
    double Mean,
    double StandardDeviation,
    double RootMeanSquare,
    double Minimum,
    double Maximum
)
{
    /// <summary>Values that are NaN are left out.</summary>
    internal static FieldStatistics Of(IEnumerable<float> values)
    {
        double[] known = [.. values.Where(value => !float.IsNaN(value)).Select(value => (double)value)];
        if (known.Length == 0)
        {
            return new(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        double mean = known.Average();
        double variance = known.Average(value => (value - mean) * (value - mean));
        double square = known.Average(value => value * value);
        return new(known.Length, mean, Math.Sqrt(variance), Math.Sqrt(square), known.Min(), known.Max());
    }
}
