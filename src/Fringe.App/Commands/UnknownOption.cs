using Fringe.Core;

namespace Fringe.App.Commands;

/// <summary>The parser takes an option that it does not know for an input.</summary>
internal static class UnknownOption
{
    /// <param name="inputs">What was parsed as input.</param>
    /// <param name="command">Name of the command.</param>
    /// <exception cref="InputException">One of them looks like an option.</exception>
    public static void Refuse(IEnumerable<string> inputs, string command)
    {
        if (inputs.FirstOrDefault(input => input.StartsWith('-')) is { } unknown)
        {
            throw new InputException($"{unknown}: no such option; fringe {command} --help lists them");
        }
    }
}
