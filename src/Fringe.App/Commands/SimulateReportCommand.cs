using System.CommandLine;
using Fringe.App.Pages;
using Fringe.App.Pictures.CrystalSets;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Simulation.CrystalSets;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe simulate report</c>: a page that shows what a set of crystals looks like.</summary>
internal static class SimulateReportCommand
{
    private const string DefaultName = "report.html";
    private const int MostShown = 400;

    public static Command Build()
    {
        Argument<string> set = new("dir") { Description = "Folder of a set that fringe simulate made or is making." };
        Option<string?> output = new("--output", "-o")
        {
            Description = "The page; pictures and numbers go beside it. Default: report.html in the set's folder.",
            HelpName = "FILE",
        };
        Option<int> crystals = new("--crystals")
        {
            Description = $"Crystals to show, evenly over the set: 1 to {MostShown}.",
            HelpName = "N",
            DefaultValueFactory = _ => CrystalGridPicture.Usual,
        };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };
        Command command = new("report", "Draw a page of a set: crystals, distributions, throughput.")
        {
            set,
            output,
            crystals,
            quiet,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Task.Run(
                    () =>
                        Run(
                            parsed.GetValue(set)!,
                            parsed.GetValue(output),
                            parsed.GetValue(crystals),
                            parsed.GetValue(quiet),
                            cancellation
                        ),
                    cancellation
                )
        );
        return command;
    }

    private static int Run(string folder, string? output, int crystals, bool isQuiet, CancellationToken cancellation)
    {
        string page = output ?? Path.Combine(folder, DefaultName);
        if (Directory.Exists(page))
        {
            throw new InputException($"{page}: is a folder; --output needs the name of a file, such as report.html");
        }

        if (!page.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException($"{page}: --output is the page and must end in .html");
        }

        if (crystals is < 1 or > MostShown)
        {
            throw new InputException($"--crystals must be 1 to {MostShown}");
        }

        (CrystalSetData data, IReadOnlyList<string> files) = Watch(
            isQuiet,
            progress =>
            {
                CrystalSetData read = CrystalSetReader.Read(folder, crystals, progress, cancellation);
                return (read, CrystalSetReport.Write(read, page));
            }
        );
        if (!isQuiet)
        {
            string place = Path.GetDirectoryName(page) is { Length: > 0 } parent ? parent : ".";
            Consoles.CreateForResults().Write(CrystalSetView.Create(data, place, files));
        }

        return 0;
    }

    // A bar on a terminal, nothing elsewhere: it takes seconds.
    private static T Watch<T>(bool isQuiet, Func<IProgress<double>, T> work)
    {
        IAnsiConsole errors = Consoles.CreateForErrors();
        Capabilities terminal = errors.Profile.Capabilities;
        return isQuiet || !terminal.Ansi || !terminal.Interactive
            ? work(new ProgressListener<double>(_ => { }))
            : errors
                .Progress()
                .AutoClear(true)
                .Start(context =>
                {
                    ProgressTask task = context.AddTask("reading crystals", maxValue: 1);
                    return work(
                        new ProgressListener<double>(share =>
                        {
                            task.Value = share;
                            task.Description = share < 1 ? "reading crystals" : "drawing";
                        })
                    );
                });
    }
}
