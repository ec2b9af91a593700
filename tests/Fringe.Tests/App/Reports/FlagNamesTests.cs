using System.CommandLine;
using System.Text.RegularExpressions;
using Fringe.App.Commands;
using Fringe.App.Reports;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Preparation;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Imaging.Methods;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Training;
using Fringe.Simulation.Scans;
using Fringe.Simulation.TrainingSet;
using Fringe.Tests.Architecture;

namespace Fringe.Tests.App.Reports;

/// <summary>Libraries name properties, the command line shows flags.</summary>
public sealed partial class FlagNamesTests
{
    private static readonly Dictionary<string, Type> Options = new()
    {
        ["Preparation"] = typeof(PreparationOptions),
        ["Iterate"] = typeof(Iterate),
        ["Refine"] = typeof(Refine),
        ["Method"] = typeof(Automatic),
        ["Scan"] = typeof(ScanOptions),
        ["Set"] = typeof(TrainingSetOptions),
        ["Training"] = typeof(TrainingOptions),
        ["Measurement"] = typeof(MeasurementOptions),
    };

    [Fact]
    public void Render_NamedOptions_BecomeFlags() =>
        Assert.Equal(
            "choose one with --dataset, or a smaller --shape; `ls` and Nothing stay",
            FlagNames.Render("choose one with `Dataset`, or a smaller `Preparation.Shape`; `ls` and `Nothing` stay")
        );

    [Fact]
    public void Explain_Problems_NamesTheFlagFirst() =>
        Assert.Equal(
            ["--shrink-wrap-sigma must not be negative, at the end neither", "--starts must be 1 to 10 000"],
            FlagNames.Explain(
                new ImagingOptions
                {
                    Method = new FromRandom
                    {
                        Starts = 0,
                        Iterate = new Iterate { ShrinkWrap = new ShrinkWrap { Sigma = -1 } },
                    },
                }.Validate()
            )
        );

    [Fact]
    public void All_Flags_AreOptionsOfACommand()
    {
        RootCommand root =
        [
            PhaseCommand.Build(new OutputFolders()),
            CompareCommand.Build(new OutputFolders()),
            InspectCommand.Build(),
            SimulateCommand.Build(new OutputFolders()),
            TrainCommand.Build(new OutputFolders()),
            PredictCommand.Build(new OutputFolders()),
            EvaluateCommand.Build(new OutputFolders()),
        ];

        Assert.Empty(FlagNames.All.Values.Select(flag => flag.Split(' ')[0]).Except(Flags(root)));
    }

    [Fact]
    public void All_PathsIntoOptions_AreProperties() =>
        Assert.Empty(
            FlagNames.All.Keys.Where(path =>
                Options.TryGetValue(path.Split('.')[0], out Type? options)
                && path.Contains('.')
                && !Exists(options, path.Split('.')[1..])
            )
        );

    // A library that names an option which the table lacks would show a property to a user of the command line.
    [Fact]
    public void Texts_OfLibraries_NameKnownOptions()
    {
        string[] named =
        [
            .. House
                .Libraries.SelectMany(House.Texts)
                .SelectMany(text => Named().Matches(text))
                .Select(match => match.Groups[1].Value)
                .Distinct(),
        ];

        Assert.Contains("Dataset", named);
        Assert.Equal([], named.Except(FlagNames.All.Keys));
    }

    private static IEnumerable<string> Flags(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(Flags));

    private static bool Exists(Type type, string[] path)
    {
        if (path.Length == 0)
        {
            return true;
        }

        Type element = type.IsGenericType ? type.GetGenericArguments()[0] : type;
        return element.GetProperty(path[0]) is { } property && Exists(property.PropertyType, path[1..]);
    }

    [GeneratedRegex(@"`([A-Z]\w*(?:\.[A-Z]\w*)*)`")]
    private static partial Regex Named();
}
