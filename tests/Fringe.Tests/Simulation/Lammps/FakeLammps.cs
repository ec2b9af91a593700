namespace Fringe.Tests.Simulation.Lammps;

/// <summary>A shell script that says it is LAMMPS and then does something else.</summary>
internal static class FakeLammps
{
    /// <param name="path">Where to write it.</param>
    /// <param name="script">What it does when it is run on a crystal, in the crystal's folder.</param>
    public static string Write(string path, string script)
    {
        File.WriteAllText(
            path,
            $"""
            #!/bin/sh
            if [ "$1" = "-h" ]; then
                echo "Large-scale Atomic/Molecular Massively Parallel Simulator - 1 Jan 2000"
                exit 0
            fi
            {script}

            """
        );
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script needs a Unix shell");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
