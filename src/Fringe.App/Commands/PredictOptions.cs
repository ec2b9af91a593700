using System.CommandLine;
using Fringe.App.Reports;
using Fringe.Core;
using Fringe.Core.Preparation;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe predict</c>.</summary>
internal sealed class PredictOptions
{
    public PreparationFlags Preparation { get; } = new();

    public Argument<string[]> Inputs { get; } =
        new("files")
        {
            Description = $"{ScanInputs.FilesOrFrames}; several are predicted in turn.",
            Arity = ArgumentArity.OneOrMore,
        };

    public Option<string?> Output { get; } =
        new("--output", "-o")
        {
            Description = "Folder for the result; with several files, one folder each in it.",
            HelpName = "DIR",
        };

    public Option<string?> Weights { get; } =
        OptionOf.Text("--weights", "FILE", "Weights of a network (safetensors). Default: those that ship.");

    public Option<bool> Force { get; } = new("--force") { Description = "Replace a result in the output folder." };

    public Option<int?> Threads { get; } = ThreadsOption.Create();

    public Option<bool> Json { get; } = new("--json") { Description = "Print metrics.json and nothing else." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print nothing but errors." };

    public void AddTo(Command command)
    {
        command.Add(Inputs);
        foreach (Option option in (Option[])[Output, Weights, Force, .. Preparation.All, Threads, Json, Quiet])
        {
            command.Add(option);
        }
    }

    /// <summary>How to prepare.</summary>
    /// <exception cref="InputException">A value is no good; all problems in one line.</exception>
    public PreparationOptions Read(ParseResult parsed)
    {
        PreparationOptions prepare = Preparation.Read(parsed);
        string[] problems =
        [
            .. FlagNames.Explain("Preparation", prepare.Validate()),
            .. ThreadsOption.Problems(parsed.GetValue(Threads)),
        ];
        return problems.Length == 0 ? prepare : throw new InputException(string.Join("; ", problems));
    }
}
