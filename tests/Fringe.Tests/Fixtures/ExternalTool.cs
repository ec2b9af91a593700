using System.Diagnostics;

namespace Fringe.Tests.Fixtures;

using Process = System.Diagnostics.Process;

/// <summary>
/// Other programs that tests check Fringe against. Where one is missing the test is skipped with a reason; with the
/// environment variable FRINGE_REQUIRE_TOOLS=1 (CI) it fails instead, so that a check cannot vanish unnoticed.
/// </summary>
internal static class ExternalTool
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(20);

    /// <summary>Path of the first python3 that imports every module; Debian's own comes first.</summary>
    public static string RequirePython(params string[] modules)
    {
        string imports = modules.Length == 0 ? "pass" : $"import {string.Join(", ", modules)}";
        foreach (string python in new[] { "/usr/bin/python3", "python3" })
        {
            if (TryRun(python, ["-c", imports], out _, out _) == 0)
            {
                return python;
            }
        }

        Missing($"python3 with {string.Join(", ", modules)} is not installed");
        return "";
    }

    /// <summary>Name of a program that answers to <paramref name="versionArguments"/>.</summary>
    public static string Require(string program, params string[] versionArguments)
    {
        if (TryRun(program, versionArguments.Length == 0 ? ["--version"] : versionArguments, out _, out _) is null)
        {
            Missing($"{program} is not installed");
        }

        return program;
    }

    /// <summary>Runs a Python script text and gives what it printed; a script that fails fails the test.</summary>
    public static string RunPython(string script, string[] arguments, params string[] modules)
    {
        string python = RequirePython(modules);
        int? code = TryRun(python, ["-c", script, .. arguments], out string output, out string error);
        Assert.True(code == 0, $"python3 ended with {code}: {error}");
        return output.Trim();
    }

    private static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("FRINGE_REQUIRE_TOOLS") == "1")
        {
            Assert.Fail($"{reason}, and FRINGE_REQUIRE_TOOLS=1 wants it");
        }

        Assert.Skip(reason);
    }

    private static int? TryRun(string program, string[] arguments, out string output, out string error)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (output, error) = ("", "");
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errorText = process.StandardError.ReadToEndAsync();
            Task<string> outputText = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Timeout))
            {
                process.Kill(entireProcessTree: true);
                error = "timed out";
                return -1;
            }

            (output, error) = (outputText.Result, errorText.Result);
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
