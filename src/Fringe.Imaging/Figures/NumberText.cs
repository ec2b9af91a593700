using System.Globalization;

namespace Fringe.Imaging.Figures;

/// <summary>Numbers as people read them: 0.00174, 4 012, 1.2e-7, three significant digits unless they are counts.</summary>
internal static class NumberText
{
    private const string Absent = "-";

    /// <summary>A figure with its unit, "-" where there is none.</summary>
    public static string WithUnit(double? value, string unit, int digits = 3)
    {
        string text = Figure(value, digits);
        return unit.Length == 0 || text == Absent ? text : $"{text} {unit}";
    }

    /// <summary>A count with thin groups or some significant digits; "-" for null, NaN and infinities.</summary>
    public static string Figure(double? value, int digits = 3)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return Absent;
        }

        double size = Math.Abs(number);
        return number == Math.Truncate(number) && size < 1e15 ? Count((long)number)
            : size < 1e-4 || size >= 1e15 ? number.ToString("0.00e+0", CultureInfo.InvariantCulture).Replace("e+", "e")
            : size >= 1000 ? Count((long)Math.Round(number))
            : Significant(number, size, digits);
    }

    /// <summary>Groups of three digits, separated by a space: "4 012".</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>A correlation from 0 to 1 with three decimals; "-" for NaN.</summary>
    public static string Correlation(double value) =>
        double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : Absent;

    /// <summary>Bytes in binary units: "1.0 MiB".</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        string number = unit == 0 ? Count(bytes) : size.ToString("0.0", CultureInfo.InvariantCulture);
        return $"{number} {units[unit]}";
    }

    /// <summary>Seconds below a minute as "3.2 s", longer as "4 min 05 s" and "2 h 07 min".</summary>
    public static string Duration(TimeSpan time)
    {
        double seconds = Math.Max(0, time.TotalSeconds);
        long whole = (long)Math.Round(seconds);
        return seconds < 59.95 ? $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
            : whole < 3600 ? $"{whole / 60} min {whole % 60:00} s"
            : $"{Count(whole / 3600)} h {whole % 3600 / 60:00} min";
    }

    private static string Significant(double number, double size, int digits)
    {
        int before = (int)Math.Floor(Math.Log10(size)) + 1;
        int after = Math.Clamp(digits - before, 0, 15);
        return Math.Round(number, after).ToString("0." + new string('0', after), CultureInfo.InvariantCulture);
    }
}
