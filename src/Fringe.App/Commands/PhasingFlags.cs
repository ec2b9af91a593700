using System.CommandLine;
using Fringe.Core;
using Fringe.Core.PhaseRetrieval;

namespace Fringe.App.Commands;

/// <summary>The options that say how a pattern is phased.</summary>
internal sealed class PhasingFlags
{
    private static readonly ShrinkWrap Wrap = new();
    private static readonly PhasingOptions Defaults = new();

    private readonly Option<string> recipe = new("--recipe")
    {
        Description = "Algorithms ER, HIO, RAAR, DM, SF and SW (redraw the support), as in 3*(20*ER+180*HIO)+20*ER.",
        HelpName = "RECIPE",
        DefaultValueFactory = _ => PhasingOptions.DefaultRecipe,
    };

    private readonly Option<double> beta = new("--beta")
    {
        Description = "Feedback or relaxation of HIO, RAAR and DM.",
        HelpName = "BETA",
        DefaultValueFactory = _ => PhasingOptions.DefaultBeta,
    };

    private readonly Option<int> starts = new("--starts")
    {
        Description = "Independent random starts.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.Starts,
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Seed of the first start; the same seed gives the same bytes.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.Seed,
    };

    private readonly Option<string> support = new("--support")
    {
        Description = "First support: autocorrelation, or box or box:FRACTION of the volume.",
        HelpName = "KIND",
        DefaultValueFactory = _ => "autocorrelation",
    };

    private readonly Option<string> trigger = new("--shrink-wrap-trigger")
    {
        Description =
            "First iteration, step and last iteration of redrawing the support; a step of 0 leaves it to SW in the recipe.",
        HelpName = "FIRST,EVERY[,LAST]",
        DefaultValueFactory = _ => $"{Wrap.First},{Wrap.Every}",
    };

    private readonly Option<string> sigma = new("--shrink-wrap-sigma")
    {
        Description = "Gaussian blur in voxels, one value or first and last.",
        HelpName = "SIGMA[,LAST]",
        DefaultValueFactory = _ => $"{Wrap.Sigma},{Wrap.SigmaEnd}",
    };

    private readonly Option<string> level = new("--shrink-wrap-threshold")
    {
        Description = "Fraction of the blurred maximum, one value or first and last.",
        HelpName = "LEVEL[,LAST]",
        DefaultValueFactory = _ => $"{Wrap.Threshold},{Wrap.ThresholdEnd}",
    };

    private readonly Option<string> limits = new("--support-limits")
    {
        Description = "Smallest and largest support as fractions of the volume.",
        HelpName = "MIN,MAX",
        DefaultValueFactory = _ => $"{Wrap.MinimumFraction},{Wrap.MaximumFraction}",
    };

    private readonly Option<int> twin = new("--twin-break")
    {
        Description = "Iteration at which half of the object is cleared so that its twin goes; 0 = never.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.TwinBreakIteration,
    };

    private readonly Option<double> free = new("--free-fraction")
    {
        Description = "Share of the measured voxels kept out of the fit to judge it by.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => Defaults.FreeFraction,
    };

    private readonly Option<int> average = new("--average-last")
    {
        Description = "Last iterations that are averaged.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.AverageLast,
    };

    public IReadOnlyList<Option> All =>
        [recipe, beta, starts, seed, support, trigger, sigma, level, limits, twin, free, average];

    /// <summary>The options of a parsed command line.</summary>
    /// <exception cref="InputException">A value is no number, or the recipe is none.</exception>
    public PhasingOptions Read(ParseResult parsed)
    {
        if (parsed.GetValue(beta) is not (> 0 and <= 2))
        {
            throw new InputException("--beta must be above 0 and at most 2");
        }

        int[] due = NumberList.Integers("--shrink-wrap-trigger", parsed.GetValue(trigger), 2, 3)!;
        double[] blur = NumberList.Numbers("--shrink-wrap-sigma", parsed.GetValue(sigma), 1, 2)!;
        double[] levels = NumberList.Numbers("--shrink-wrap-threshold", parsed.GetValue(level), 1, 2)!;
        double[] sizes = NumberList.Numbers("--support-limits", parsed.GetValue(limits), 2, 2)!;
        return Defaults with
        {
            Recipe = PhasingRecipe.Parse(parsed.GetValue(recipe)!, parsed.GetValue(beta)),
            ShrinkWrap = Wrap with
            {
                First = due[0],
                Every = due[1],
                Last = due.Length == 3 ? due[2] : null,
                Sigma = blur[0],
                SigmaEnd = blur[^1],
                Threshold = levels[0],
                ThresholdEnd = levels[^1],
                MinimumFraction = sizes[0],
                MaximumFraction = sizes[1],
            },
            InitialSupport = ReadSupport(parsed.GetValue(support)!),
            TwinBreakIteration = parsed.GetValue(twin),
            AverageLast = parsed.GetValue(average),
            FreeFraction = parsed.GetValue(free),
            Starts = parsed.GetValue(starts),
            Seed = parsed.GetValue(seed),
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
