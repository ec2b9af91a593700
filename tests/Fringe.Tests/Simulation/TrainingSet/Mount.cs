using System.Diagnostics;

namespace Fringe.Tests.Simulation.TrainingSet;

using Process = System.Diagnostics.Process;

/// <summary>A small disk in memory, to fill up; only root may make one.</summary>
internal static class Mount
{
    public static void RequireTmpfs(string folder, string size)
    {
        bool isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
        Assert.SkipUnless(isMounted, "only root can mount a small disk to fill up");
    }

    public static void Resize(string folder, string size) =>
        Assert.True(Run("mount", "-o", $"remount,size={size}", folder));

    public static void Remove(string folder) => Run("umount", folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true }
            )!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
