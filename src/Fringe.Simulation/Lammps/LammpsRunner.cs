using System.Diagnostics;
using System.Globalization;
using Fringe.Core;
using Fringe.Formats.Lammps;
using Fringe.Simulation.Crystals;

namespace Fringe.Simulation.Lammps;

/// <summary>Runs LAMMPS on one crystal: a process of its own, one thread, in a folder of its own.</summary>
public sealed class LammpsRunner
{
    private const double AngstromsPerNanometre = 10;

    // Minimisation does not use masses, and EAM files bring their own; the data file needs some.
    private const double AnyMass = 1;
    private const string ScriptFile = "in.lammps";
    private const string LogFile = "log.lammps";
    private const string OutputFile = "output.txt";

    // util-linux; with it, LAMMPS ends with this program even if that is killed.
    private const string Guardian = "/usr/bin/setpriv";

    private readonly LammpsInstallation installation;
    private readonly CrystalRecipe recipe;
    private readonly TimeSpan limit;

    /// <param name="installation">Program and potential.</param>
    /// <param name="recipe">Lattice constant and padding.</param>
    /// <param name="limit">A run that takes longer counts as hung.</param>
    /// <exception cref="InputException">The recipe cannot be used.</exception>
    public LammpsRunner(LammpsInstallation installation, CrystalRecipe recipe, TimeSpan limit)
    {
        OptionProblem.RequireNone(recipe.Validate());
        this.installation = installation;
        this.recipe = recipe;
        this.limit = limit;
    }

    /// <summary>Relaxes, strains and relaxes a crystal.</summary>
    /// <param name="plan">Strain and tolerance.</param>
    /// <param name="crystal">Its atoms.</param>
    /// <param name="folder">Exists and is empty; keeps LAMMPS' input and output.</param>
    /// <param name="cancellation">Kills LAMMPS.</param>
    /// <remarks>
    /// Call it from a thread that outlives the call: the process ends with the thread that started it (PR_SET_PDEATHSIG).
    /// </remarks>
    /// <exception cref="LammpsException">LAMMPS failed, hung or lost atoms.</exception>
    /// <exception cref="InputException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public RelaxedCrystal Run(
        CrystalPlan plan,
        AtomicCrystal crystal,
        string folder,
        CancellationToken cancellation = default
    )
    {
        double unit = AngstromsPerNanometre * recipe.LatticeConstantNanometres;
        LammpsDataFile.Write(
            Path.Combine(folder, LammpsScript.DataFile),
            [.. crystal.Sites.Select(coordinate => coordinate * unit)],
            [.. crystal.IsClamped.Select(held => held ? 2 : 1)],
            [AnyMass, AnyMass],
            recipe.PaddingLatticeUnits * unit
        );
        File.WriteAllText(Path.Combine(folder, ScriptFile), LammpsScript.Write(plan, installation.Potential));
        RunProcess(folder, cancellation);
        return ReadResult(folder, crystal.Count, unit);
    }

    private void RunProcess(string folder, CancellationToken cancellation)
    {
        string[] command =
        [
            installation.Program,
            "-suffix",
            "opt",
            "-in",
            ScriptFile,
            "-log",
            LogFile,
            "-screen",
            "none",
        ];
        if (File.Exists(Guardian))
        {
            command = [Guardian, "--pdeathsig", "KILL", .. command];
        }

        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        // Open MPI looks for a network for a third of a second before a single process starts; these keep it from that.
        start.Environment["OMPI_MCA_ess_singleton_isolated"] = "1";
        start.Environment["OMPI_MCA_btl"] = "self";
        start.Environment["OMPI_MCA_pml"] = "ob1";
        start.Environment["OMPI_MCA_osc"] = "^ucx";
        // All of a user's processes share a folder of Open MPI, which one that ends takes away while another makes its own in it.
        start.Environment["OMPI_MCA_orte_tmpdir_base"] = Path.GetFullPath(folder);

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using CancellationTokenRegistration kill = cancellation.Register(() => Kill(process));
        bool isOver = process.WaitForExit(limit);
        if (!isOver)
        {
            Kill(process);
            process.WaitForExit();
        }

        cancellation.ThrowIfCancellationRequested();
        if (!isOver)
        {
            throw new LammpsException($"hung: still running after {limit.TotalSeconds:0} s");
        }

        if (process.ExitCode != 0)
        {
            string printed = errors.Result + output.Result;
            File.WriteAllText(Path.Combine(folder, OutputFile), printed);
            string? reason = ErrorLine(folder) ?? FirstWords(printed);
            throw new LammpsException($"exit code {process.ExitCode}: {reason ?? "no reason given"}");
        }
    }

    private static RelaxedCrystal ReadResult(string folder, int atoms, double unit)
    {
        try
        {
            double[] positions = LammpsDumpFile.ReadPositions(Path.Combine(folder, LammpsScript.DumpFile), atoms);
            for (int i = 0; i < positions.Length; i++)
            {
                positions[i] /= unit;
            }

            string[][] steps =
            [
                .. File.ReadLines(Path.Combine(folder, LammpsScript.StepsFile)).Select(line => line.Split(' ')),
            ];
            int[] counts = [.. steps.Select(words => int.Parse(words[0], CultureInfo.InvariantCulture))];
            double energy = double.Parse(steps[1][1], CultureInfo.InvariantCulture);
            return new RelaxedCrystal(positions, counts[0], counts[1] - counts[0], energy);
        }
        catch (Exception error)
            when (error is InputException or IOException or FormatException or IndexOutOfRangeException)
        {
            throw new LammpsException($"its output is not usable: {error.Message}", error);
        }
    }

    private static string? ErrorLine(string folder)
    {
        string log = Path.Combine(folder, LogFile);
        return File.Exists(log)
            ? File.ReadLines(log).FirstOrDefault(line => line.StartsWith("ERROR", StringComparison.Ordinal))
            : null;
    }

    // MPI frames its messages with dashes.
    private static string? FirstWords(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.Any(char.IsLetter));

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
