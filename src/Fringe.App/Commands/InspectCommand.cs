using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fringe.App.Pictures;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Imaging;
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
            Description = $"{ScanInputs.FilesOrFrames}, or a set of crystals to train with.",
        };
        Option<bool> json = new("--json") { Description = "Print as JSON, for scripts." };
        Option<string?> picture = OptionOf.Text(
            "--picture",
            "FILE",
            "Draw the brightest frame, the sum over the rocking curve and the mask as a PNG file; reads the data, however large."
        );
        Option<bool> force = new("--force") { Description = "Replace a picture that is there." };
        GeometryFlags geometry = new();
        PreparationFlags preparation = new();
        Command command = new(
            "inspect",
            "Show what a file holds, and what would be masked and corrected; nothing is phased."
        )
        {
            input,
            json,
            picture,
            force,
        };
        foreach (Option option in preparation.All.Concat(geometry.All))
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(input)!;
            string? png = parsed.GetValue(picture);
            MeasurementSource source = preparation.ReadSource(parsed) with { Input = path };
            if (png is not null)
            {
                InspectPicture.RequirePlace(png, [.. source.Files, .. geometry.Files(parsed)], parsed.GetValue(force));
            }

            PreparationOptions options = preparation.Read(parsed);
            RockingScan? scan = geometry.Read(parsed, path, options.Frames);
            FileDescription file = MeasurementFile.Identify(path);
            InspectedFrames inspected = InspectedFrames.Of(
                source with
                {
                    Scan = scan,
                    Dataset = source.Dataset ?? scan?.Group,
                },
                options,
                file,
                isWanted: png is not null
            );
            if (png is not null)
            {
                InspectPicture.Write(
                    png,
                    inspected.Measurement ?? throw InputException.ForFile(path, $"cannot be drawn: {inspected.Lack}")
                );
            }

            if (scan is not null)
            {
                Shape3 shape = StackShape(file, scan, options.Frames);
                VoxelPlace? place = inspected.Measurement?.PeakPlace;
                file = file with { Metadata = [.. file.Metadata, .. GeometryFigures.Of(scan, shape, place)] };
            }

            IAnsiConsole results = Consoles.CreateForResults();
            if (parsed.GetValue(json))
            {
                results.Profile.Out.Writer.WriteLine(
                    JsonSerializer.Serialize(InspectedFile.Of(file, inspected), Indented)
                );
            }
            else
            {
                results.Write(InspectView.Create(file, inspected, png, results.Profile.Width));
            }

            return 0;
        });
        return command;
    }

    // The scan's own stack: the largest that has three axes, of those beside the geometry.
    private static Shape3 StackShape(FileDescription file, RockingScan scan, int? frames)
    {
        string prefix = scan.Group is null ? "" : $"/{scan.Group}/";
        ArrayDescription? stack = file
            .Arrays.Where(array => array.Shape.Count == 3 && array.Name.StartsWith(prefix, StringComparison.Ordinal))
            .MaxBy(array => array.Bytes);
        if (stack is null)
        {
            throw InputException.ForFile(file.Path, "holds no stack of frames that a geometry could belong to");
        }

        scan.CheckFrames(stack.Shape[0], frames, file.Path);
        return Shape3.FromList(stack.Shape) with { Depth = (int)Math.Min(stack.Shape[0], scan.Points) };
    }
}
