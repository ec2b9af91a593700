using System.CommandLine;
using Fringe.App.Reports;
using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Geometry;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Writing;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Samples;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe phase</c> and how they become a request.</summary>
internal sealed class PhaseOptions
{
    private readonly PreparationFlags preparation = new();
    private readonly PhasingFlags phasing = new();
    private readonly RefinementFlags refinement = new();
    private readonly GeometryFlags geometry = new();

    private readonly Option<string> frame = new("--object-frame")
    {
        Description =
            "Frame of the crystal in nm: laboratory (z along the beam, y up) or crystal (Q along y). Needs a geometry.",
        DefaultValueFactory = _ => "laboratory",
    };

    private readonly Option<string?> reflection = OptionOf.Text(
        "--reflection",
        "H,K,L",
        "The measured reflection of a cubic crystal, as 111 or 1,-1,1: gives its lattice constant. Needs a geometry."
    );

    private readonly Option<int> replicas = new("--replicas")
    {
        Description =
            "How often the result is found again on photons drawn anew; how far those lie from it is its uncertainty. 0 = none, 2 or more.",
        HelpName = "N",
        DefaultValueFactory = _ => new ImagingOptions().Replicas,
    };

    private readonly Argument<string[]> inputs = new("scan")
    {
        Description =
            $"{ScanInputs.FilesOrFrames}. Several scans are phased in turn. Without one: the embedded sample.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description =
            "Folder for the result; of several scans each gets a folder in it, named by its stem. Default: new folders under fringe-output.",
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

    private readonly Option<int?> threads = ThreadsOption.Create();

    private readonly Option<string?> config = OptionOf.Text(
        RunFile.Config,
        "FILE",
        "JSON file with options by the names of their flags, such as the run.json of a result; what is typed wins over it."
    );

    private readonly Option<string?> saveConfig = OptionOf.Text(
        RunFile.SaveConfig,
        "FILE",
        $"Write the options to a file for {RunFile.Config}."
    );

    public PhaseOptions()
    {
        device.AcceptOnlyFromAmong("cpu", "cuda");
        frame.AcceptOnlyFromAmong("laboratory", "crystal");
    }

    /// <summary>Print metrics.json to standard output and nothing else.</summary>
    public Option<bool> Json { get; } =
        new("--json") { Description = "Print metrics.json and nothing else, for scripts; a list of several scans'." };

    /// <summary>Print nothing.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print nothing but errors." };

    public void AddTo(Command command)
    {
        command.Add(inputs);
        Option[] all =
        [
            output,
            force,
            .. preparation.All,
            .. refinement.All,
            .. phasing.All,
            replicas,
            .. geometry.All,
            frame,
            reflection,
            device,
            threads,
            config,
            saveConfig,
            Json,
            Quiet,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    /// <summary>Where to compute.</summary>
    public ImagerOptions ReadImager(ParseResult parsed) =>
        new()
        {
            Device = parsed.GetValue(device) == "cuda" ? ComputeDevice.Cuda : ComputeDevice.Cpu,
            Threads = parsed.GetValue(threads),
        };

    /// <summary>The requests of a parsed command line, one a scan.</summary>
    /// <exception cref="InputException">An option's value is no good; all problems in one line.</exception>
    public IReadOnlyList<PhaseRequest> Read(ParseResult parsed)
    {
        string[] paths = parsed.GetValue(inputs) ?? [];
        UnknownOption.Refuse(paths, "phase");
        PhaseRequest common = ReadCommon(parsed);
        if (paths.Length < 2)
        {
            return [For(common, paths.FirstOrDefault(), parsed)];
        }

        if (geometry.IsElsewhere(parsed))
        {
            throw new InputException("a geometry belongs to one scan; phase the scans one by one");
        }

        PhaseRequest[] requests = [.. paths.Select(path => For(common, path, parsed))];
        var twice = requests.GroupBy(request => request.Source.Name).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            throw new InputException(
                $"{string.Join(" and ", twice.Select(request => request.Source.Input))} would both be written to {twice.Key}; phase them one by one"
            );
        }

        return common.Output is { } folder
            ? [.. requests.Select(request => request with { Output = Path.Combine(folder, request.Source.Name) })]
            : requests;
    }

    /// <summary>Writes the options to the file that the command line names, if it names one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="requests">What it asks for.</param>
    /// <exception cref="InputException">It cannot be written, or is one of the files that are read.</exception>
    public void SaveConfig(ParseResult parsed, IReadOnlyList<PhaseRequest> requests)
    {
        if (parsed.GetValue(saveConfig) is { } path)
        {
            WrittenPath.RequireNoInput(
                path,
                [.. requests.SelectMany(request => request.Source.Files), .. geometry.Files(parsed)]
            );
            RunFileText.Save(path, RunFileText.Of(parsed, parsed.GetValue(inputs) ?? []), parsed.GetValue(force));
        }
    }

    private PhaseRequest For(PhaseRequest common, string? input, ParseResult parsed)
    {
        int? frames = common.Options.Preparation.Frames;
        RockingScan? scan = geometry.Read(parsed, input, frames) ?? (input is null ? EmbeddedSample.Scan() : null);
        Option? needy = new Option[] { frame, reflection }.FirstOrDefault(option =>
            parsed.GetResult(option) is { Implicit: false }
        );
        if (scan is null && needy is not null)
        {
            throw new InputException($"{needy.Name} needs a geometry: --beamline, and --spec and --scan or --geometry");
        }

        return common with
        {
            Source = common.Source with { Input = input, Scan = scan, Dataset = common.Source.Dataset ?? scan?.Group },
            // What a result is made from, not where it went.
            RunFile = RunFileText.Of(parsed, input is null ? [] : [input], output, force, Json, Quiet),
        };
    }

    // All but the input and its geometry.
    private PhaseRequest ReadCommon(ParseResult parsed)
    {
        string? initial = parsed.GetValue(refinement.Initial);
        ImagingMethod method = ReadMethod(parsed, initial is not null);
        ImagingOptions options = new()
        {
            Preparation = preparation.Read(parsed),
            Method = method,
            FreeFraction = phasing.ReadFreeFraction(parsed),
            Replicas = parsed.GetValue(replicas),
            Reflection = ReadReflection(parsed.GetValue(reflection)),
            Frame = Enum.Parse<ObjectFrame>(parsed.GetValue(frame)!, ignoreCase: true),
            Seed = phasing.ReadSeed(parsed),
        };
        List<string> problems = [.. FlagNames.Explain(options.Validate())];
        if (initial is not null && method is not FromObject)
        {
            problems.Add($"--init is a start of its own; leave --method {method.Name} out");
        }

        problems.AddRange(ThreadsOption.Problems(parsed.GetValue(threads)));
        return problems.Count > 0
            ? throw new InputException(string.Join("; ", problems))
            : new PhaseRequest
            {
                Source = preparation.ReadSource(parsed) with { InitialPath = initial },
                Options = options,
                Output = parsed.GetValue(output),
                Force = parsed.GetValue(force),
            };
    }

    private ImagingMethod ReadMethod(ParseResult parsed, bool hasObject)
    {
        int? starts = phasing.ReadStarts(parsed);
        RefineWithBlur refine = refinement.Read(parsed);
        return (refinement.ReadMethod(parsed), hasObject) switch
        {
            ("iterative", _) => new Iterations
            {
                Iterate = phasing.Read(parsed, new Iterate()),
                Starts = starts ?? new Iterations().Starts,
            },
            ("network", _) => new FromNetwork
            {
                Iterate = phasing.Read(parsed, RefinedPhasing.FromObject),
                Refinement = refine,
            },
            (_, true) => new FromObject
            {
                Iterate = phasing.Read(parsed, RefinedPhasing.FromObject),
                Refinement = refine,
            },
            ("refine", _) => new FromRandom
            {
                Iterate = phasing.Read(parsed, RefinedPhasing.FromRandom),
                Refinement = refine,
                Starts = starts ?? new FromRandom().Starts,
            },
            // Who asks for a number of starts gets them all.
            _ => new Automatic
            {
                FromRandom = phasing.Read(parsed, RefinedPhasing.FromRandom),
                Refinement = refine,
                Starts = starts ?? new Automatic().Starts,
                StopWhenSettled = starts is null,
            },
        };
    }

    private static MillerIndices? ReadReflection(string? text) =>
        text is null ? null
        : MillerIndices.Parse(text) is var reflection && reflection != default ? reflection
        : throw new InputException(
            "--reflection 000 is the direct beam; give three whole numbers such as 111 or 1,-1,1"
        );
}
