using System.CommandLine;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Refinement;

namespace Fringe.App.Commands;

/// <summary>The options that say how an object is found from a start: iterations alone, or refined through the differentiable model.</summary>
internal sealed class RefinementFlags
{
    private static readonly Refine Defaults = new();
    private static readonly TotalVariation DefaultVariation = Defaults.Regularisers.OfType<TotalVariation>().First();

    private readonly Option<string> method = new("--method")
    {
        Description =
            "auto: from the network's prediction, and as refine beside it where that is not enough; network: only the first; refine: iterations from random starts, then refinement through the differentiable model; iterative: iterations alone.",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<int> steps = new("--refine-steps")
    {
        Description =
            "Steps of refinement over which total variation is taken back; up to as many again until it settles.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.Steps,
    };

    private readonly Option<double> variation = new("--total-variation")
    {
        Description =
            "Weight of the total variation at the start of refinement, raised where photons are few; 0 = none.",
        HelpName = "WEIGHT",
        DefaultValueFactory = _ => DefaultVariation.Weight,
    };

    private readonly Option<string> misfit = new("--misfit")
    {
        Description = "What refinement minimises: differences of amplitudes, or the Poisson likelihood.",
        DefaultValueFactory = _ => "amplitude",
    };

    private readonly Option<string> coherence = new("--coherence")
    {
        Description =
            "Blur of a beam that is not fully coherent. auto: fitted from the first step where photon noise is negligible, else where it does not explain the misfit, and kept where it explains the free voxels better; full: none; fit: from the first step.",
        DefaultValueFactory = _ => "auto",
    };

    public RefinementFlags()
    {
        method.AcceptOnlyFromAmong("auto", "network", "refine", "iterative");
        coherence.AcceptOnlyFromAmong("auto", "full", "fit");
        misfit.AcceptOnlyFromAmong("amplitude", "poisson");
    }

    /// <summary>The object to start from.</summary>
    public Option<string?> Initial { get; } =
        OptionOf.Text("--init", "FILE", "Complex NPY to start from instead of random numbers, as reconstruction.npy.");

    public IReadOnlyList<Option> All => [method, Initial, steps, variation, misfit, coherence];

    /// <summary>The method's word: auto, network, refine or iterative.</summary>
    public string ReadMethod(ParseResult parsed) => parsed.GetValue(method)!;

    /// <summary>The refinement of a parsed command line.</summary>
    public RefineWithBlur Read(ParseResult parsed)
    {
        double weight = parsed.GetValue(variation);
        Refine refine = Defaults.WithSteps(parsed.GetValue(steps)) with
        {
            Misfit = parsed.GetValue(misfit) == "poisson" ? new PoissonMisfit() : new AmplitudeMisfit(),
            Regularisers = weight > 0 ? [DefaultVariation with { Weight = weight }] : [],
        };
        return new RefineWithBlur
        {
            Refine = refine,
            Coherence = parsed.GetValue(coherence) switch
            {
                "full" => CoherenceFit.Never,
                "fit" => CoherenceFit.Always,
                _ => CoherenceFit.WhereItPays,
            },
        };
    }
}
