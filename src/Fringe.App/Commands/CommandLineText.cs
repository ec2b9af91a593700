using System.CommandLine;

namespace Fringe.App.Commands;

/// <summary>A command line as it can be typed again, for provenance.</summary>
internal static class CommandLineText
{
    public static string Of(ParseResult parsed) =>
        $"fringe {string.Join(' ', parsed.Tokens.Select(token => Quote(token.Value)))}";

    private static string Quote(string token) => token.Contains(' ') || token.Contains('*') ? $"'{token}'" : token;
}
