using System.CommandLine;

namespace Fringe.App.Commands;

/// <summary>A command line as it can be typed again, for provenance.</summary>
internal static class CommandLineText
{
    public static string Of(ParseResult parsed) => Of(parsed.Tokens.Select(token => token.Value).Prepend("fringe"));

    /// <summary>The same of its words.</summary>
    public static string Of(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string token) => token.Contains(' ') || token.Contains('*') ? $"'{token}'" : token;
}
