using System.CommandLine;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Crystals;
using Fringe.Simulation.TrainingSet;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe simulate merge</c>: joins the crystals of a cluster's jobs.</summary>
internal static class SimulateMergeCommand
{
    public static Command Build()
    {
        Argument<string[]> sources = new("sources")
        {
            Description = "Folders that fringe simulate --shard made, or shards.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> output = new("--output", "-o")
        {
            Description = "A new folder for the joined set.",
            HelpName = "DIR",
        };
        Option<int?> count = new("--count", "-n")
        {
            Description = "Crystals the whole set should have. Default: up to the largest number that is there.",
            HelpName = "N",
        };
        Command command = new("merge", "Join the shards of several jobs; names what is missing or double.")
        {
            sources,
            output,
            count,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Task.Run(
                    () => Run(parsed.GetValue(sources)!, parsed.GetValue(output), parsed.GetValue(count), cancellation),
                    cancellation
                )
        );
        return command;
    }

    private static int Run(string[] sources, string? output, int? count, CancellationToken cancellation)
    {
        if (output is null)
        {
            throw new InputException("--output is missing; name a new folder for the joined set, such as -o crystals");
        }

        if (count is < 1)
        {
            throw new InputException("--count must be at least 1");
        }

        MergeResult result = ShareProgressView.Run(
            Consoles.CreateForErrors(),
            "merge",
            progress => new TrainingSetMerger().Merge(sources, output, count, progress, cancellation)
        );
        IAnsiConsole console = Consoles.CreateForResults();
        ResultRow[] rows =
        [
            ResultRow.Of("shards read", result.Files),
            ResultRow.Of("crystals in the joined set", result.Crystals),
            ResultRow.Of("missing", result.Missing.Count),
            ResultRow.Of("there twice, one kept", result.Twice.Count),
        ];
        string[] files = [.. CrystalSetFiles.Of(output).Select(file => Path.GetFileName(file))];
        console.Write(ResultTable.Create(rows, output, SimulationView.Shorten(files)));
        Name(console, "missing", result.Missing);
        Name(console, "there twice", result.Twice);
        return 0;
    }

    private static void Name(IAnsiConsole console, string what, IReadOnlyList<int> indices)
    {
        if (indices.Count > 0)
        {
            console.Profile.Out.Writer.WriteLine($"{what}: {string.Join(", ", IndexRanges.Of(indices))}");
        }
    }
}
