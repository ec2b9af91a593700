using System.CommandLine;
using Fringe.App.Reports;
using Fringe.Core;
using Fringe.Imaging;
using Fringe.Imaging.Comparison;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe compare</c> and how they become a request.</summary>
internal sealed class CompareOptions
{
    private readonly PreparationFlags preparation = new();

    private readonly Argument<string?> input = new("input")
    {
        Description = $"{ScanInputs.FilesOrFrames}. Without it: the embedded sample.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "Folder for the result. Default: a new folder under fringe-output.",
        HelpName = "DIR",
    };

    private readonly Option<string?> truth = OptionOf.Text(
        "--truth",
        "FILE",
        "Complex NPY of the true object, of the prepared pattern's shape: compared with it too."
    );

    private readonly Option<bool> force = new("--force")
    {
        Description = "Replace a result that is in the output folder.",
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Seed of the random start and of the voxels held out.",
        HelpName = "N",
        DefaultValueFactory = _ => new ComparisonOptions().Seed,
    };

    private readonly Option<int?> threads = ThreadsOption.Create();

    /// <summary>Print compare.json to standard output and nothing else.</summary>
    public Option<bool> Json { get; } =
        new("--json") { Description = "Print compare.json and nothing else, for scripts." };

    /// <summary>Print nothing.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print nothing but errors." };

    public void AddTo(Command command)
    {
        command.Add(input);
        Option[] all = [output, truth, force, .. preparation.All, seed, threads, Json, Quiet];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    /// <summary>Where the result goes; null = a new folder.</summary>
    public string? ReadOutput(ParseResult parsed) => parsed.GetValue(output);

    /// <summary>Whether a result in the output folder is replaced.</summary>
    public bool ReadForce(ParseResult parsed) => parsed.GetValue(force);

    /// <summary>NPY file of the true object; null = not known.</summary>
    public string? ReadTruth(ParseResult parsed) => parsed.GetValue(truth);

    /// <summary>Where to compute.</summary>
    public ImagerOptions ReadImager(ParseResult parsed) => new() { Threads = parsed.GetValue(threads) };

    /// <summary>Where the measurement lies.</summary>
    /// <exception cref="InputException">The input is an unknown option.</exception>
    public MeasurementSource ReadSource(ParseResult parsed)
    {
        string? path = parsed.GetValue(input);
        UnknownOption.Refuse(path is null ? [] : [path], "compare");
        return preparation.ReadSource(parsed) with { Input = path };
    }

    /// <summary>How it is compared.</summary>
    /// <exception cref="InputException">An option's value is no good; all problems in one line.</exception>
    public ComparisonOptions Read(ParseResult parsed)
    {
        ComparisonOptions options = new() { Preparation = preparation.Read(parsed), Seed = parsed.GetValue(seed) };
        string[] problems =
        [
            .. FlagNames.Explain(options.Validate()),
            .. ThreadsOption.Problems(parsed.GetValue(threads)),
        ];
        return problems.Length == 0 ? options : throw new InputException(string.Join("; ", problems));
    }
}
