using System.CommandLine;
using Fringe.Core;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Preparation;
using Fringe.Imaging;
using Fringe.Imaging.Comparison;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe compare</c> and how they become a request.</summary>
internal sealed class CompareOptions
{
    private readonly PreparationFlags preparation = new();

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
        DefaultValueFactory = _ => new PhasingOptions().Seed,
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

    /// <summary>The request of a parsed command line.</summary>
    /// <exception cref="InputException">An option's value is no good; all problems in one line.</exception>
    public CompareRequest Read(ParseResult parsed)
    {
        PreparationOptions prepare = preparation.Read(parsed);
        string[] problems = [.. prepare.Validate(), .. ThreadsOption.Problems(parsed.GetValue(threads))];
        if (problems.Length > 0)
        {
            throw new InputException(string.Join("; ", problems));
        }

        string? path = parsed.GetValue(input);
        UnknownOption.Refuse(path is null ? [] : [path], "compare");
        PhaseRequest measurement = new()
        {
            Input = path,
            Output = parsed.GetValue(output),
            Force = parsed.GetValue(force),
            Preparation = prepare,
            Phasing = new PhasingOptions { Starts = 1, Seed = parsed.GetValue(seed) },
            Threads = parsed.GetValue(threads),
            CommandLine = CommandLineText.Of(parsed),
        };
        return new CompareRequest(preparation.WithFiles(measurement, parsed), parsed.GetValue(truth));
    }
}
