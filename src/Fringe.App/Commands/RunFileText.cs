using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.Writing;
using Fringe.Imaging.Files;

namespace Fringe.App.Commands;

/// <summary>Writes what a command line says as a file that <see cref="RunFile"/> reads; paths become absolute.</summary>
internal static class RunFileText
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The options that were given, and as comments those that were not, with their defaults.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="inputs">Paths of the inputs.</param>
    /// <param name="without">Options that the file shall not hold.</param>
    public static string Of(ParseResult parsed, IReadOnlyList<string> inputs, params IReadOnlyList<Option> without)
    {
        Command command = parsed.CommandResult.Command;
        Option[] options = [.. RunFile.OptionsOf(command).Except(without)];
        Option[] given = [.. options.Where(option => parsed.GetResult(option) is { Implicit: false })];
        StringBuilder text = new();
        text.AppendLine("{");
        text.AppendLine(
            $"  // Options of fringe {command.Name} ({Provenance.Version}). To repeat it: fringe {command.Name} {RunFile.Config} FILE"
        );
        text.AppendLine("  // What is typed wins over this file; relative paths start at its folder.");
        string[] paths = [.. inputs.Select(Path.GetFullPath)];
        if (paths.Length > 0)
        {
            text.AppendLine(Line(RunFile.Inputs, paths.Length == 1 ? paths[0] : paths));
        }

        foreach (Option option in given)
        {
            text.AppendLine(Line(option.Name[2..], ValueOf(option, parsed.GetResult(option)!)));
        }

        text.AppendLine();
        text.AppendLine("  // Not given; these are the defaults, null is none:");
        foreach (Option option in options.Except(given))
        {
            string value = option.HelpName is { } name ? $"{name}: " : "";
            text.AppendLine(
                $"  //{Line(option.Name[2..], Split(option, DefaultOf(option)))} // {value}{option.Description}"
            );
        }

        return text.AppendLine("}").ToString();
    }

    /// <summary>Writes the text to a file that the user names.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="text">Of <see cref="Of"/>.</param>
    /// <param name="force">Replace a file that is there.</param>
    /// <exception cref="InputException">There is one, or it cannot be written.</exception>
    public static void Save(string path, string text, bool force)
    {
        if (Path.Exists(path) && !force)
        {
            throw InputException.ForFile(path, "is there already; name another file, or replace it with `Force`");
        }

        AsideFile.WriteAll(path, Encoding.UTF8.GetBytes(text));
    }

    private static object? DefaultOf(Option option) =>
        option.HasDefaultValue ? option.GetDefaultValue()
        : option.ValueType == typeof(bool) ? false
        : null;

    private static object? ValueOf(Option option, OptionResult result)
    {
        if (option.ValueType == typeof(bool))
        {
            return result.GetValueOrDefault<bool>();
        }

        string word = result.Tokens[^1].Value;
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type == typeof(int) ? int.Parse(word, CultureInfo.InvariantCulture)
            : type == typeof(double) ? double.Parse(word, CultureInfo.InvariantCulture)
            : RunFile.IsPath(option, word) ? Path.GetFullPath(word)
            : Split(option, word);
    }

    // Numbers in a row as such.
    private static object? Split(Option option, object? value)
    {
        if (value is not string text || !RunFile.IsList(option) || !text.Contains(','))
        {
            return value;
        }

        double[] numbers = new double[text.Count(letter => letter == ',') + 1];
        int i = 0;
        return text.Split(',')
            .All(part =>
                double.TryParse(part, CultureInfo.InvariantCulture, out numbers[i++]) && double.IsFinite(numbers[i - 1])
            )
            ? numbers
            : text;
    }

    private static string Line(string name, object? value) =>
        $"  \"{name}\": {JsonSerializer.Serialize(value, Plain)},";
}
