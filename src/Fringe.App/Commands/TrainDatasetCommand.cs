using System.CommandLine;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Formats.Crystals;
using Fringe.Formats.Cxi;
using Fringe.Imaging.Files;
using Fringe.Learning.Augmentation;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe train dataset</c>: turns a user's own reconstructions into a training set.</summary>
internal static class TrainDatasetCommand
{
    private static readonly Argument<string[]> Results = new("results")
    {
        Description = "Folders that fringe phase wrote, or their reconstruction.cxi; to learn from.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Validation = new("--validation")
    {
        Description = "Results of other crystals, held out to validate with. Without them: made-up crystals.",
        HelpName = "RESULT",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Folder for the set, for fringe train --data.",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace a set that is there." };

    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };

    /// <param name="folders">Of the program's results.</param>
    public static Command Build(OutputFolders folders)
    {
        Command command = new("dataset", "Make a training set of phased measurements, to fine-tune with.")
        {
            Results,
            Validation,
            Output,
            Force,
            Quiet,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(folders, parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(OutputFolders folders, ParseResult parsed, CancellationToken cancellation)
    {
        string output =
            parsed.GetValue(Output)
            ?? throw new InputException("--output is missing; name a folder for the set, such as -o own");
        using OutputFolder folder = folders.Reserve(output, [PhasedCrystalFile.Name], parsed.GetValue(Force));
        PhasedCrystal[] crystals =
        [
            .. Read(parsed.GetValue(Results)!, CrystalSplit.Train, cancellation),
            .. Read(parsed.GetValue(Validation) ?? [], CrystalSplit.Validation, cancellation),
        ];
        RequireDifferent(crystals);
        PhasedCrystalFile.Write(
            folder.FilePath(PhasedCrystalFile.Name),
            new PhasedCrystalSet(Provenance.Version, crystals)
        );
        folder.Commit();
        if (!parsed.GetValue(Quiet))
        {
            Show(crystals, output);
        }

        return 0;
    }

    private static IEnumerable<PhasedCrystal> Read(
        string[] results,
        CrystalSplit split,
        CancellationToken cancellation
    ) =>
        results.Select(result =>
        {
            cancellation.ThrowIfCancellationRequested();
            return PhasedCrystalMaker.Of(CxiReader.ReadResult(result), split);
        });

    // Learnt from twice, one crystal would outweigh the others; held out as well, it would judge what it taught.
    private static void RequireDifferent(PhasedCrystal[] crystals)
    {
        IGrouping<string, PhasedCrystal>? same = crystals
            .GroupBy(crystal => crystal.DataHash)
            .FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            throw new InputException(
                $"{string.Join(" and ", same.Select(crystal => crystal.Source))}: results of the same measurement; name one of them"
            );
        }
    }

    private static void Show(PhasedCrystal[] crystals, string output)
    {
        int held = crystals.Count(crystal => crystal.Split == CrystalSplit.Validation);
        IAnsiConsole console = Consoles.CreateForResults();
        ResultRow[] rows =
        [
            ResultRow.Of("crystals to learn from", crystals.Length - held),
            ResultRow.Of("crystals held out", held),
            .. crystals.Select(crystal => ResultRow.Of($"chi of {crystal.Source}", crystal.Chi)),
        ];
        console.Write(ResultTable.Create(rows, output, [PhasedCrystalFile.Name]));
        if (held == 0)
        {
            console.Profile.Out.Writer.WriteLine(
                "no crystal is held out (--validation): training will validate with made-up crystals"
            );
        }
    }
}
