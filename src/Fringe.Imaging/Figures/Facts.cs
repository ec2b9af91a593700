namespace Fringe.Imaging.Figures;

/// <summary>Every text of a result that is no figure: what it says of itself, what made it and from what.</summary>
public static class Facts
{
    public static Fact Verdict { get; } =
        new(
            "verdict",
            "verdict",
            "How far the result can be trusted, \"good\", \"doubtful\" or \"failed\", calibrated on "
                + "crystals whose objects are known ([verdict](results/verdict.md))."
        );

    public static Fact VerdictReasons { get; } =
        new("verdict_reasons", "because", "Why the verdict is what it is, in clauses.");

    public static Fact Method { get; } =
        new(
            "method",
            "method",
            "\"network\": from its prediction; \"refine\": a few iterations from random starts, then "
                + "refinement; \"iterative\": iterations alone; \"auto: network\", \"auto: refine\", \"auto: "
                + "network, refine\": which starts the automatic method kept."
        );

    public static Fact Recipe { get; } =
        new("recipe", "recipe", "Iterations of the best start on its coarsest grid, then on each finer one.");

    public static Fact RecipeIterative { get; } =
        new("recipe_iterative", "recipe of the iterative way", "Iterations of the way that iterates alone.");

    public static Fact RecipeRefined { get; } =
        new(
            "recipe_refined",
            "recipe before refinement",
            "Iterations between the network's prediction and its refinement."
        );

    public static Fact Notes { get; } =
        new("notes", "notes", "What a person should know before trusting the result, as the terminal prints it.");

    public static Fact NetworkIsTrusted { get; } =
        new("network_is_trusted", "network is trusted", "Whether nothing speaks against the network's prediction.");

    public static Fact NetworkDoubt { get; } =
        new(
            "network_doubt",
            "doubt of the network",
            "Why the network's prediction should not be trusted; null where nothing says so."
        );

    public static Fact IsTwin { get; } =
        new(
            "is_twin",
            "is the twin",
            "Whether an object is the twin: the stored one of what came out of the network, the "
                + "predicted one of the true crystal."
        );

    public static Fact Network { get; } =
        new("network", "network", "What the network's weights say of how it was trained, by name.");

    public static Fact Beamline { get; } = new("beamline", "beamline", "Name of the beamline's definition.");

    public static Fact Scan { get; } = new("scan", "angles from", "File and scan that the angles are from.");

    public static Fact DirectBeam { get; } =
        new(
            "direct_beam",
            "pixel of the direct beam",
            "Row and column of the pixel that the direct beam meets; empty where the detector is taken "
                + "to point at the peak."
        );

    public static Fact FringeVersion { get; } = new("fringe_version", "Fringe", "Version of Fringe that computed.");

    public static Fact TorchSharpVersion { get; } =
        new("torchsharp_version", "TorchSharp", "Version of TorchSharp that computed.");

    public static Fact DotnetVersion { get; } = new("dotnet_version", ".NET", "Version of .NET that computed.");

    public static Fact Device { get; } = new("device", "device", "Device that computed: \"cpu\" or \"cuda\".");

    public static Fact Input { get; } =
        new("input", "input", "File, folder or pattern of files that was read, as given.");

    public static Fact Dataset { get; } =
        new("dataset", "dataset", "Array of the input that was read; empty where there is one.");

    public static Fact Account { get; } =
        new(
            "data_account",
            "account of the data",
            "What was read and what was done to it before it was phased: frames, masked voxels by cause, corrections and their files."
        );

    public static Fact DataHash { get; } =
        new(
            "data_sha256",
            "SHA-256 of the stack as read (float32)",
            "SHA-256 of the stack as read, before any correction: float32, in C order, hexadecimal."
        );

    public static Fact Truth { get; } = new("truth", "truth", "File of the object that the pattern was made from.");

    public static Fact Command { get; } = new("command", "command", "Command line that made the result.");

    public static Fact Date { get; } = new("date", "date", "Local time at which the run ended, ISO 8601.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fact> All =>
        [
            Verdict,
            VerdictReasons,
            Notes,
            Method,
            Recipe,
            RecipeIterative,
            RecipeRefined,
            NetworkIsTrusted,
            NetworkDoubt,
            Network,
            IsTwin,
            Beamline,
            Scan,
            DirectBeam,
            FringeVersion,
            TorchSharpVersion,
            DotnetVersion,
            Device,
            Input,
            Dataset,
            Account,
            DataHash,
            Truth,
            Command,
            Date,
        ];
}
