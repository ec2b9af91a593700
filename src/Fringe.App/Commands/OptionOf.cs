using System.CommandLine;

namespace Fringe.App.Commands;

/// <summary>Short forms of options without a default.</summary>
internal static class OptionOf
{
    public static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    public static Option<double?> Number(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
