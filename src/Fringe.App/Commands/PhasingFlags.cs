using System.CommandLine;
using Fringe.Core;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Imaging;
using Fringe.Imaging.Methods;

namespace Fringe.App.Commands;

/// <summary>The options that say how a pattern is phased.</summary>
internal sealed class PhasingFlags
{
    private static readonly ShrinkWrap Wrap = new();
    private static readonly ShrinkWrap Given = RefinedPhasing.FromObject.ShrinkWrap;
    private static readonly Iterate Defaults = new();
    private static readonly ImagingOptions ImagingDefaults = new();

    private readonly Option<string?> recipe = OptionOf.Text(
        "--recipe",
        "RECIPE",
        $"Algorithms ER, HIO, RAAR, DM, SF and SW (redraw the support), as in 3*(20*ER+180*HIO)+20*ER. Default: {Iterate.DefaultRecipe}, "
            + $"before refinement {RefinedPhasing.RecipeFromRandom}, from --init {RefinedPhasing.RecipeFromObject}."
    );

    private readonly Option<double> beta = new("--beta")
    {
        Description = "Feedback or relaxation of HIO, RAAR and DM.",
        HelpName = "BETA",
        DefaultValueFactory = _ => Iterate.DefaultBeta,
    };

    private readonly Option<int?> starts = new("--starts")
    {
        Description =
            $"Starts; all of them are run when the number is given, the first {Automatic.Passes} from the network with --method auto. "
            + $"Default: at most {new Automatic().Starts}; {new FromRandom().Starts} random ones with refine and iterative.",
        HelpName = "N",
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Seed of the first start; the same seed gives the same bytes.",
        HelpName = "N",
        DefaultValueFactory = _ => ImagingDefaults.Seed,
    };

    private readonly Option<string> support = new("--support")
    {
        Description = "First support: autocorrelation, or box or box:FRACTION of the volume.",
        HelpName = "KIND",
        DefaultValueFactory = _ => "autocorrelation",
    };

    private readonly Option<string?> trigger = OptionOf.Text(
        "--shrink-wrap-trigger",
        "FIRST,EVERY[,LAST]",
        $"First iteration, step and last iteration of redrawing the support; a step of 0 leaves it to SW in the recipe. Default: {Wrap.First},{Wrap.Every}; from --init {Given.First},{Given.Every}."
    );

    private readonly Option<string?> sigma = OptionOf.Text(
        "--shrink-wrap-sigma",
        "SIGMA[,LAST]",
        $"Gaussian blur in voxels, one value or first and last. Default: {Wrap.Sigma},{Wrap.SigmaEnd}; from --init {Given.Sigma},{Given.SigmaEnd}."
    );

    private readonly Option<string?> level = OptionOf.Text(
        "--shrink-wrap-threshold",
        "LEVEL[,LAST]",
        $"Fraction of the blurred maximum, one value or first and last. Default: {Wrap.Threshold}; from --init {Given.Threshold}."
    );

    private readonly Option<string> limits = new("--support-limits")
    {
        Description = "Smallest and largest support as fractions of the volume.",
        HelpName = "MIN,MAX",
        DefaultValueFactory = _ => $"{Wrap.MinimumFraction},{Wrap.MaximumFraction}",
    };

    private readonly Option<int?> twin = new("--twin-break")
    {
        Description =
            $"Iteration at which half of the object is cleared so that its twin goes; 0 = never. Default: {Defaults.TwinBreakIteration}; from --init 0.",
        HelpName = "N",
    };

    private readonly Option<double> free = new("--free-fraction")
    {
        Description = "Share of the measured voxels kept out of the fit to judge it by.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => ImagingDefaults.FreeFraction,
    };

    private readonly Option<int?> average = new("--average-last")
    {
        Description =
            $"Last iterations that are averaged where no refinement follows. Default: {Defaults.AverageLast}.",
        HelpName = "N",
    };

    public IReadOnlyList<Option> All =>
        [recipe, beta, starts, seed, support, trigger, sigma, level, limits, twin, free, average];

    /// <summary>How many starts there are to be; null = as many as the method wants.</summary>
    public int? ReadStarts(ParseResult parsed) => parsed.GetValue(starts);

    /// <summary>The seed.</summary>
    public int ReadSeed(ParseResult parsed) => parsed.GetValue(seed);

    /// <summary>The share of free voxels.</summary>
    public double ReadFreeFraction(ParseResult parsed) => parsed.GetValue(free);

    /// <summary>The iterations of a parsed command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="defaults">What is not given.</param>
    /// <exception cref="InputException">A value is no number, or the recipe is none.</exception>
    public Iterate Read(ParseResult parsed, Iterate defaults)
    {
        ShrinkWrap wrap = defaults.ShrinkWrap;
        int[]? due = NumberList.Integers("--shrink-wrap-trigger", parsed.GetValue(trigger), 2, 3);
        double[] blur =
            NumberList.Numbers("--shrink-wrap-sigma", parsed.GetValue(sigma), 1, 2) ?? [wrap.Sigma, wrap.SigmaEnd];
        double[] levels =
            NumberList.Numbers("--shrink-wrap-threshold", parsed.GetValue(level), 1, 2)
            ?? [wrap.Threshold, wrap.ThresholdEnd];
        double[] sizes = NumberList.Numbers("--support-limits", parsed.GetValue(limits), 2, 2)!;
        return defaults with
        {
            Recipe = PhasingRecipe.Parse(parsed.GetValue(recipe) ?? defaults.Recipe.Text, parsed.GetValue(beta)),
            ShrinkWrap = wrap with
            {
                First = due?[0] ?? wrap.First,
                Every = due?[1] ?? wrap.Every,
                Last = due?.Length == 3 ? due[2] : wrap.Last,
                Sigma = blur[0],
                SigmaEnd = blur[^1],
                Threshold = levels[0],
                ThresholdEnd = levels[^1],
                MinimumFraction = sizes[0],
                MaximumFraction = sizes[1],
            },
            InitialSupport = ReadSupport(parsed.GetValue(support)!),
            TwinBreakIteration = parsed.GetValue(twin) ?? defaults.TwinBreakIteration,
            AverageLast = parsed.GetValue(average) ?? defaults.AverageLast,
        };
    }

    private static InitialSupport ReadSupport(string kind)
    {
        string[] parts = kind.Split(':');
        return parts[0] switch
        {
            "autocorrelation" when parts.Length == 1 => new InitialSupport(),
            "box" when parts.Length == 1 => new InitialSupport { Kind = InitialSupportKind.Box },
            "box" when parts.Length == 2 => new InitialSupport
            {
                Kind = InitialSupportKind.Box,
                BoxFraction = NumberList.Numbers("--support", parts[1], 1, 1)![0],
            },
            _ => throw new InputException($"--support '{kind}': use autocorrelation, box or box:FRACTION"),
        };
    }
}
