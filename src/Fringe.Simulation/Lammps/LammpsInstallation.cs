using System.Diagnostics;
using System.Security.Cryptography;
using Fringe.Core;

namespace Fringe.Simulation.Lammps;

/// <summary>The LAMMPS program and the EAM potential of this machine.</summary>
public sealed record LammpsInstallation
{
    private const string DefaultProgram = "lmp";
    private const string DefaultPotential = "Au_u3.eam";
    private const string PotentialsVariable = "LAMMPS_POTENTIALS";
    private const string DebianPotentials = "/usr/share/lammps/potentials";

    private LammpsInstallation(string program, string potential, string version, string potentialHash)
    {
        Program = program;
        Potential = potential;
        Version = version;
        PotentialHash = potentialHash;
    }

    /// <summary>Full path of the executable.</summary>
    public string Program { get; }

    /// <summary>Full path of the potential.</summary>
    public string Potential { get; }

    /// <summary>What the program says of itself, such as "29 Sep 2021 - Update 2".</summary>
    public string Version { get; }

    /// <summary>SHA-256 of the potential, hexadecimal.</summary>
    public string PotentialHash { get; }

    /// <summary>Finds both.</summary>
    /// <param name="program">Path or name of the executable; null: <c>lmp</c> on the PATH.</param>
    /// <param name="potential">Path or name of an EAM file; null: gold's <c>Au_u3.eam</c>. A bare name is looked for in
    /// <c>LAMMPS_POTENTIALS</c> and in Debian's folder.</param>
    /// <exception cref="InputException">One of them is missing; says which package has it.</exception>
    public static LammpsInstallation Find(string? program, string? potential)
    {
        string executable =
            Candidates(program ?? DefaultProgram, Environment.GetEnvironmentVariable("PATH"))
                .FirstOrDefault(File.Exists)
            ?? throw new InputException(
                $"LAMMPS: no program '{program ?? DefaultProgram}'; install it (Debian and Ubuntu: apt install lammps lammps-data) or give its path with `LammpsPath`"
            );
        string? folders = string.Join(
            Path.PathSeparator,
            Environment.GetEnvironmentVariable(PotentialsVariable),
            DebianPotentials
        );
        string file =
            Candidates(potential ?? DefaultPotential, folders).FirstOrDefault(File.Exists)
            ?? throw new InputException(
                $"LAMMPS: no potential '{potential ?? DefaultPotential}'; install it (Debian and Ubuntu: apt install lammps-data), set {PotentialsVariable}, or give an EAM file with `PotentialPath`"
            );
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return new LammpsInstallation(
            Path.GetFullPath(executable),
            Path.GetFullPath(file),
            AskVersion(executable),
            hash
        );
    }

    private static IEnumerable<string> Candidates(string name, string? folders) =>
        name.Contains(Path.DirectorySeparatorChar)
            ? [name]
            : (folders ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, name));

    private static string AskVersion(string executable)
    {
        const string marker = "Simulator - ";
        ProcessStartInfo start = new(executable, ["-h"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string? line = text.Split('\n').FirstOrDefault(at => at.Contains(marker));
            return line is null
                ? throw new InputException($"{executable}: does not answer like LAMMPS ({errors.Result.Trim()})")
                : line[(line.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..].Trim();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InputException($"{executable}: cannot be run ({error.Message})", error);
        }
    }
}
