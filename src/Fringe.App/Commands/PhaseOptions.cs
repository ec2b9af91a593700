using System.CommandLine;
using Fringe.App.Phasing;
using Fringe.Core;
using Fringe.Core.PhaseRetrieval;
using Fringe.Core.Preparation;
using Fringe.Core.Refinement;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe phase</c> and how they become a request.</summary>
internal sealed class PhaseOptions
{
    private readonly PreparationFlags preparation = new();
    private readonly PhasingFlags phasing = new();
    private readonly RefinementFlags refinement = new();

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
            .. preparation.All,
            .. refinement.All,
            .. phasing.All,
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
        PreparationOptions prepare = preparation.Read(parsed);
        string? initial = parsed.GetValue(refinement.Initial);
        PhaseMethod asked = refinement.ReadMethod(parsed);
        PhaseMethod method = asked == PhaseMethod.Auto && initial is not null ? PhaseMethod.Refine : asked;
        bool isGiven = initial is not null || method == PhaseMethod.Network;
        PhasingOptions phase = phasing.Read(parsed, Defaults(method, isGiven));
        RefinementOptions refine = refinement.Read(parsed);
        List<string> problems = [.. prepare.Validate(), .. phase.Validate(), .. refine.Validate()];
        if (initial is not null && method != PhaseMethod.Refine)
        {
            problems.Add($"--init is a start of its own; leave --method {method.ToString().ToLowerInvariant()} out");
        }

        if (parsed.GetValue(threads) is < 1 or > 1024)
        {
            problems.Add("--threads must be 1 to 1024");
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
            Dataset = parsed.GetValue(preparation.Dataset),
            DarkPath = parsed.GetValue(preparation.Dark),
            FlatPath = parsed.GetValue(preparation.Flat),
            MaskPath = parsed.GetValue(preparation.Mask),
            Output = parsed.GetValue(output),
            Force = parsed.GetValue(force),
            Preparation = prepare,
            Method = method,
            InitialPath = initial,
            // From a given object all starts would be the same.
            Phasing = isGiven ? phase with { Starts = 1 } : phase,
            Refinement = refine,
            Device = parsed.GetValue(device)!,
            Threads = parsed.GetValue(threads),
            CommandLine = CommandLineText.Of(parsed),
        };
    }

    private static PhasingOptions Defaults(PhaseMethod method, bool isGiven) =>
        (method, isGiven) switch
        {
            (PhaseMethod.Iterative, _) => new PhasingOptions(),
            (_, true) => RefinedPhasing.OptionsFromGiven,
            (PhaseMethod.Auto, _) => RefinedPhasing.DefaultOptions with { StopWhenSettled = true },
            _ => RefinedPhasing.DefaultOptions,
        };
}
