using System.Globalization;
using ScottPlot.TickGenerators;

namespace Fringe.App.Pictures.Panels;

/// <summary>Axis ticks at round values, linear and logarithmic.</summary>
internal static class NiceTicks
{
    /// <summary>Steps of 1, 2 or 5 times a power of ten, at most about <paramref name="most"/> of them.</summary>
    public static IReadOnlyList<double> Between(double low, double high, int most)
    {
        double rough = (high - low) / Math.Max(1, most);
        if (!(rough > 0) || !double.IsFinite(rough))
        {
            return [low];
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(size => size >= rough * 0.999);
        long first = (long)Math.Ceiling((low / step) - 1e-9);
        long last = (long)Math.Floor((high / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
    }

    /// <summary>The same as the ticks of an axis.</summary>
    public static NumericManual Linear(double low, double high, int most)
    {
        NumericManual ticks = new();
        foreach (double value in Between(low, high, most))
        {
            ticks.AddMajor(value, Plain(value));
        }

        return ticks;
    }

    /// <summary>Ticks for an axis that holds log10 of the value: decades, or 1-2-5 where there is hardly one.</summary>
    public static NumericManual Logarithmic(double low, double high)
    {
        bool wide = high - low >= 1.5;
        int every = Math.Max(1, (int)Math.Ceiling((high - low) / 7));
        var ticks = new NumericManual { MaxTickCount = 1000 };
        for (int decade = (int)Math.Floor(low); decade <= (int)Math.Ceiling(high); decade++)
        {
            for (int digit = 1; digit < 10; digit++)
            {
                double position = decade + Math.Log10(digit);
                bool labelled = wide ? digit == 1 && decade % every == 0 : digit is 1 or 2 or 5;
                if (position < low - 1e-9 || position > high + 1e-9)
                {
                    continue;
                }

                if (labelled)
                {
                    ticks.AddMajor(position, wide ? Power(decade) : Plain(Math.Pow(10, decade) * digit));
                }
                else if (every == 1 || digit == 1)
                {
                    ticks.AddMinor(position);
                }
            }
        }

        return ticks;
    }

    /// <summary>A tick label with a real minus sign.</summary>
    public static string Plain(double value)
    {
        bool extreme = value != 0 && Math.Abs(value) is < 1e-4 or >= 1e6;
        string text = value.ToString(extreme ? "0.###e0" : "0.######", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>"10⁻³".</summary>
    private static string Power(int exponent)
    {
        const string raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string digits = string.Concat(
            Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => raised[digit - '0'])
        );
        return $"10{(exponent < 0 ? "⁻" : string.Empty)}{digits}";
    }
}
