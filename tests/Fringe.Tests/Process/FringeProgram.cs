using System.Diagnostics;
using System.Text.Json;

namespace Fringe.Tests.Process;

using Process = System.Diagnostics.Process;

/// <summary>Runs the built program as a user does.</summary>
internal static class FringeProgram
{
    /// <summary>Options of a run that takes about a second.</summary>
    public static readonly string[] Quick =
    [
        "--method",
        "iterative",
        "--recipe",
        "5*ER",
        "--starts",
        "1",
        "--shape",
        "32",
    ];

    /// <summary>
    /// Until a run counts as hanging: a run of seconds takes minutes where twenty other programs want the cores.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public static Outcome Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> text = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "fringe did not end");
        return new Outcome(process.ExitCode, text.Result, error.Result);
    }

    public static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fringe.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    /// <summary>What a run left behind.</summary>
    internal sealed record Outcome(int Code, string Text, string Error)
    {
        /// <summary>Exit 2 and exactly one line, which is given without the program's name.</summary>
        public string BadInputLine()
        {
            Assert.True(Code == 2, $"exit {Code}: {Error}");
            Assert.Equal("", Text);
            string line = Error.TrimEnd('\n');
            Assert.Equal($"{line}\n", Error);
            Assert.DoesNotContain('\n', line);
            Assert.StartsWith("fringe: ", line);
            return line["fringe: ".Length..];
        }

        public JsonElement Json()
        {
            Assert.True(Code == 0, $"exit {Code}: {Error}");
            return JsonDocument.Parse(Text).RootElement;
        }
    }
}
