namespace Fringe.Imaging.Figures;

/// <summary>A part of a run whose time is taken.</summary>
public sealed class Stage
{
    private Stage(string jsonName, string name, string doing)
    {
        JsonName = jsonName;
        Name = name;
        Meaning = $"{char.ToUpperInvariant(doing[0])}{doing[1..]}.";
        Seconds = new($"seconds_{jsonName}", $"time to {name}", $"Wall time of the stage that {doing}.") { Unit = "s" };
    }

    public static Stage Read { get; } = new("read", "read", "reads the measured file and its corrections");

    public static Stage Prepare { get; } =
        new("prepare", "prepare", "makes the pattern of the stack: corrects, bins, crops and masks");

    public static Stage FindCoherence { get; } =
        new(
            "find_coherence",
            "find coherence",
            "finds how far the beam blurs the pattern, and in turn with it an object"
        );

    public static Stage LoadNetwork { get; } =
        new(
            "load_network",
            "load network",
            "brings the network's weights from the program into memory, once in a process; of no way's time"
        );

    public static Stage PredictCold { get; } =
        new("predict_cold", "predict cold", "predicts for the first time after loading; of no way's time");

    public static Stage Predict { get; } =
        new(
            "predict",
            "predict",
            "predicts the object: resampling, eight passes of the network in one call, the best back onto the pattern's grid, "
                + "after waiting for a network that still loads"
        );

    public static Stage JudgePrediction { get; } =
        new(
            "judge_prediction",
            "judge prediction",
            "compares the passes of the network, which says what the prediction is worth; of no way's time"
        );

    public static Stage Phase { get; } = new("phase", "phase", "phases the pattern from all starts and averages them");

    public static Stage EstimateUncertainty { get; } =
        new("estimate_uncertainty", "estimate uncertainty", "phases the replicas");

    public static Stage Strain { get; } =
        new("strain", "strain", "brings the crystal onto cubic voxels and reads displacement and strain");

    public static Stage Iterate { get; } =
        new("iterate", "iterate", "phases the pattern by iterations alone, from one random start");

    public static Stage Refine { get; } = new("refine", "refine", "iterates and refines from the network's prediction");

    public static Stage Judge { get; } =
        new("judge", "judge", "brings the objects onto each other and takes their figures");

    public static Stage Write { get; } = new("write", "write", "draws the pictures and writes the files");

    /// <summary>All stages, in the order of a run.</summary>
    public static IReadOnlyList<Stage> All =>
        [
            Read,
            Prepare,
            LoadNetwork,
            PredictCold,
            FindCoherence,
            Predict,
            JudgePrediction,
            Phase,
            EstimateUncertainty,
            Strain,
            Iterate,
            Refine,
            Judge,
            Write,
        ];

    /// <summary>Name in files: "judge_prediction".</summary>
    public string JsonName { get; }

    /// <summary>Name for people: "judge prediction".</summary>
    public string Name { get; }

    /// <summary>What happens in it.</summary>
    public string Meaning { get; }

    /// <summary>The figure of its wall time.</summary>
    public Figure Seconds { get; }
}
