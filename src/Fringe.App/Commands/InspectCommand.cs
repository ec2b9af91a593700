using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fringe.App.Reports;
using Fringe.Formats;
using Spectre.Console;

namespace Fringe.App.Commands;

/// <summary><c>fringe inspect</c>: what a file holds, without reading the data.</summary>
internal static class InspectCommand
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Build()
    {
        Argument<string> input = new("input")
        {
            Description =
                "NPY, NPZ, TIFF, HDF5/NeXus/CXI file, a folder or glob of TIFF frames, or a set of crystals to train with.",
        };
        Option<bool> json = new("--json") { Description = "Print as JSON, for scripts." };
        Command command = new("inspect", "Show what a file holds without reading the data.") { input, json };
        command.SetAction(parsed =>
        {
            FileDescription file = MeasurementFile.Identify(parsed.GetValue(input)!);
            IAnsiConsole results = Terminal.CreateForResults();
            if (parsed.GetValue(json))
            {
                results.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(file, Indented));
            }
            else
            {
                results.Write(InspectView.Create(file, results.Profile.Width));
            }

            return 0;
        });
        return command;
    }
}
