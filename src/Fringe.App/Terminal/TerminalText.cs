namespace Fringe.App.Terminal;

/// <summary>Text from files and command lines on its way to the terminal.</summary>
internal static class TerminalText
{
    /// <summary>Replaces control characters by a question mark: a file's name must not be able to steer the terminal.</summary>
    public static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
