using System.Globalization;
using Fringe.Core;

namespace Fringe.App.Commands;

/// <summary>Comma-separated numbers of an option.</summary>
internal static class NumberList
{
    /// <exception cref="InputException">Not numbers, or too few or many.</exception>
    public static double[]? Numbers(string option, string? text, int least, int most)
    {
        if (text is null)
        {
            return null;
        }

        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        double[] values = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool good =
                double.TryParse(parts[i], CultureInfo.InvariantCulture, out values[i]) && double.IsFinite(values[i]);
            if (!good)
            {
                throw new InputException($"{option} '{text}': '{parts[i]}' is not a number");
            }
        }

        string wanted = least == most ? $"{least}" : $"{least} to {most}";
        return values.Length >= least && values.Length <= most
            ? values
            : throw new InputException($"{option} '{text}': {wanted} numbers are expected, separated by commas");
    }

    /// <exception cref="InputException">Not whole numbers, or too few or many.</exception>
    public static int[]? Integers(string option, string? text, int least, int most) =>
        Numbers(option, text, least, most)
            ?.Select(value =>
                value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
                    ? (int)value
                    : throw new InputException($"{option} '{text}': whole numbers are expected")
            )
            .ToArray();

    /// <summary>One number for all three axes, or three.</summary>
    /// <exception cref="InputException">Not one or three whole numbers.</exception>
    public static int[]? Triple(string option, string? text)
    {
        int[]? values = Integers(option, text, 1, 3);
        return values?.Length switch
        {
            null => null,
            1 => [values[0], values[0], values[0]],
            3 => values,
            _ => throw new InputException($"{option} '{text}': give one number, or three (rocking,row,column)"),
        };
    }
}
