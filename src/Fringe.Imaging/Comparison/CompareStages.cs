namespace Fringe.Imaging.Comparison;

/// <summary>The stages of <c>fringe compare</c>, as the clock names them.</summary>
internal static class CompareStages
{
    public const string Read = "read";
    public const string Prepare = "prepare";
    public const string LoadNetwork = "load network";
    public const string PredictCold = "predict cold";
    public const string Predict = "predict";
    public const string JudgePrediction = "judge prediction";
    public const string Iterate = "iterate";
    public const string Refine = "refine";
    public const string Judge = "judge";
    public const string Write = "write";

    /// <summary>What happens in a stage.</summary>
    public static string Describe(string stage) =>
        stage switch
        {
            Read => "The file, with its corrections.",
            Prepare => "From the stack to the pattern that all ways are given.",
            LoadNetwork => "Weights from the program into memory: once a process, in no way's time.",
            PredictCold => "The first prediction after loading: in no way's time.",
            Predict => "The same again, warm: resampling, one pass of the network, back onto the pattern's grid.",
            JudgePrediction =>
                "Eight passes over mirrored patterns, which say what the prediction is worth: in no way's time.",
            Iterate => "Iterative phasing from one random start.",
            Refine => "Iterations and refinement from the prediction.",
            Judge => "Objects brought onto each other, figures.",
            _ => "Files and picture.",
        };
}
