using System.CommandLine;
using Fringe.App.Phasing;
using Fringe.Core;
using Fringe.Core.PhaseRetrieval;
using Fringe.Core.Preparation;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe phase</c> and how they become a request.</summary>
internal sealed class PhaseOptions
{
    private static readonly ShrinkWrap Wrap = new();
    private static readonly PhasingOptions Defaults = new();

    private readonly Argument<string?> input = new("input")
    {
        Description =
            "NPY, NPZ, TIFF, HDF5/NeXus/CXI file, or a folder or glob of TIFF frames. Without it: the embedded sample.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "Folder for the result. Default: a new folder under fringe-output.",
        HelpName = "DIR",
    };

    private readonly Option<bool> force = new("--force")
    {
        Description = "Replace a result that is in the output folder.",
    };

    private readonly Option<string?> dataset = new("--dataset")
    {
        Description = "HDF5 path or NPZ array name; found by itself when there is one candidate.",
        HelpName = "PATH",
    };

    private readonly Option<string?> dark = Text("--dark", "FILE", "Dark counts: subtracted, outliers masked.");
    private readonly Option<string?> flat = Text(
        "--flat",
        "FILE",
        "Flat field (white field): divided out, dead pixels masked."
    );
    private readonly Option<string?> mask = Text("--mask", "FILE", "Mask: not 0 = not measured.");

    private readonly Option<string?> roiOrigin = Text(
        "--roi-origin",
        "ROW,COL",
        "First pixel of the frames on the chip that dark, flat and mask show whole."
    );

    private readonly Option<bool> amplitude = new("--amplitude")
    {
        Description = "The file holds amplitudes, not intensities.",
    };

    private readonly Option<double?> saturation = Number(
        "--saturation",
        "COUNTS",
        "Mask voxels at or above. Default: the largest uint16 or uint32 value for files of these types."
    );

    private readonly Option<bool> keepHotPixels = new("--keep-hot-pixels")
    {
        Description = "Do not mask isolated hot pixels.",
    };
    private readonly Option<double?> background = Number(
        "--background",
        "COUNTS",
        "Subtracted from every voxel. Default 0."
    );
    private readonly Option<double?> threshold = Number(
        "--threshold",
        "COUNTS",
        "Voxels below it count as 0. Default 0."
    );
    private readonly Option<string?> bin = Text(
        "--bin",
        "N[,N,N]",
        "Voxels summed into one along rocking, row, column."
    );

    private readonly Option<string?> shape = Text(
        "--shape",
        "N[,N,N]",
        "Crop or pad to this shape about the peak. Default: a fast size that keeps the signal."
    );

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

    private readonly Option<string> device = new("--device")
    {
        Description = "Where to compute; cuda needs a build with CUDA's libtorch.",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<int?> threads = new("--threads")
    {
        Description = "Threads of the computation. Default: one a core.",
        HelpName = "N",
    };

    public PhaseOptions()
    {
        device.AcceptOnlyFromAmong("cpu", "cuda");
    }

    /// <summary>Print metrics.json to standard output and nothing else.</summary>
    public Option<bool> Json { get; } =
        new("--json") { Description = "Print metrics.json and nothing else, for scripts." };

    /// <summary>Print nothing.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print nothing but errors." };

    public void AddTo(Command command)
    {
        command.Add(input);
        Option[] all =
        [
            output,
            force,
            dataset,
            dark,
            flat,
            mask,
            roiOrigin,
            amplitude,
            saturation,
            keepHotPixels,
            background,
            threshold,
            bin,
            shape,
            recipe,
            beta,
            starts,
            seed,
            support,
            trigger,
            sigma,
            level,
            limits,
            twin,
            free,
            average,
            device,
            threads,
            Json,
            Quiet,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    /// <summary>The request of a parsed command line.</summary>
    /// <exception cref="InputException">An option's value is no good; all problems in one line.</exception>
    public PhaseRequest Read(ParseResult parsed)
    {
        PreparationOptions preparation = ReadPreparation(parsed);
        PhasingOptions phasing = ReadPhasing(parsed);
        List<string> problems = [.. preparation.Validate(), .. phasing.Validate()];
        if (parsed.GetValue(threads) is < 1 or > 1024)
        {
            problems.Add("--threads must be 1 to 1024");
        }

        if (parsed.GetValue(beta) is not (> 0 and <= 2))
        {
            problems.Add("--beta must be above 0 and at most 2");
        }

        if (problems.Count > 0)
        {
            throw new InputException(string.Join("; ", problems));
        }

        string? path = parsed.GetValue(input);
        if (path?.StartsWith('-') == true)
        {
            // The parser takes an unknown option for the input.
            throw new InputException($"{path}: no such option; fringe phase --help lists them");
        }

        return new PhaseRequest
        {
            Input = path,
            Dataset = parsed.GetValue(dataset),
            DarkPath = parsed.GetValue(dark),
            FlatPath = parsed.GetValue(flat),
            MaskPath = parsed.GetValue(mask),
            Output = parsed.GetValue(output),
            Force = parsed.GetValue(force),
            Preparation = preparation,
            Phasing = phasing,
            Device = parsed.GetValue(device)!,
            Threads = parsed.GetValue(threads),
            CommandLine = $"fringe {string.Join(' ', parsed.Tokens.Select(token => Quote(token.Value)))}",
        };
    }

    private PreparationOptions ReadPreparation(ParseResult parsed)
    {
        int[]? origin = NumberList.Integers("--roi-origin", parsed.GetValue(roiOrigin), 2, 2);
        return new PreparationOptions
        {
            RoiOrigin = origin is null ? null : (origin[0], origin[1]),
            IsAmplitude = parsed.GetValue(amplitude),
            Saturation = parsed.GetValue(saturation),
            MaskHotPixels = !parsed.GetValue(keepHotPixels),
            Background = parsed.GetValue(background) ?? 0,
            Threshold = parsed.GetValue(threshold) ?? 0,
            Bin = NumberList.Triple("--bin", parsed.GetValue(bin)) ?? [1, 1, 1],
            Shape = NumberList.Triple("--shape", parsed.GetValue(shape)),
        };
    }

    private PhasingOptions ReadPhasing(ParseResult parsed)
    {
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

    private static string Quote(string token) => token.Contains(' ') || token.Contains('*') ? $"'{token}'" : token;

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private static Option<double?> Number(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
