using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fringe.App.Commands;

/// <summary>
/// Numbers of options with a decimal point and no groups: .NET's own parser takes 0,5 for 5, and a detector stands ten times as far.
/// </summary>
internal static class DecimalPointOnly
{
    /// <summary>Has all options of a command and of those within it read that way.</summary>
    public static void Require(Command command)
    {
        foreach (Option option in command.Options)
        {
            if (option is Option<double> number)
            {
                number.CustomParser = result => Read(result) ?? 0;
            }
            else if (option is Option<double?> optional)
            {
                optional.CustomParser = Read;
            }
        }

        foreach (Command inner in command.Subcommands)
        {
            Require(inner);
        }
    }

    private static double? Read(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return value;
        }

        string name = result.Parent is OptionResult { IdentifierToken.Value: { } given } ? given : result.Argument.Name;
        string hint =
            text.Count(letter => letter == ',') == 1 ? $"; write a decimal point, as in {text.Replace(',', '.')}" : "";
        result.AddError($"{name}: '{text}' is no number{hint}");
        return null;
    }
}
