using System.CommandLine;

namespace Fringe.App.Commands;

/// <summary>How many threads the computation takes.</summary>
internal static class ThreadsOption
{
    public static Option<int?> Create() =>
        new("--threads") { Description = "Threads of the computation. Default: one a core.", HelpName = "N" };

    /// <summary>What is wrong with the value that was given, in words.</summary>
    public static IEnumerable<string> Problems(int? threads)
    {
        if (threads is < 1 or > 1024)
        {
            yield return "--threads must be 1 to 1024";
        }
    }
}
