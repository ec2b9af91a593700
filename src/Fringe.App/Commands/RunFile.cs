using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Fringe.Core;
using Fringe.Imaging;

namespace Fringe.App.Commands;

/// <summary>
/// The options of a command in a JSON file that people write and edit: each by the name of its flag without dashes, the inputs as
/// <c>input</c>; comments and trailing commas are welcome. It becomes words of the command line, so that what holds for those holds
/// for it. What the user types wins. Relative paths start at the file's folder.
/// </summary>
internal static class RunFile
{
    /// <summary>Name of the option that names such a file.</summary>
    public const string Config = "--config";

    /// <summary>Name of the option that writes one.</summary>
    public const string SaveConfig = "--save-config";

    /// <summary>Name of the inputs in the file.</summary>
    public const string Inputs = "input";

    private static readonly JsonDocumentOptions ByPeople = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>What the command line says together with the file that it names, if it names one.</summary>
    /// <param name="parsed">The command line alone, without errors.</param>
    /// <param name="args">Its words.</param>
    /// <param name="parse">Parses words.</param>
    /// <exception cref="InputException">The file cannot be read, or holds what is no option or no value of one.</exception>
    public static ParseResult Complete(ParseResult parsed, string[] args, Func<string[], ParseResult> parse)
    {
        Command command = parsed.CommandResult.Command;
        if (
            command.Options.FirstOrDefault(option => option.Name == Config) is not Option<string?> config
            || parsed.GetValue(config) is not { } path
        )
        {
            return parsed;
        }

        int first = Array.IndexOf(args, command.Name) + 1;
        ParseResult completed = parse([.. args[..first], .. Words(path, parsed), .. args[first..]]);
        return completed.Errors.Count == 0
            ? completed
            : throw InputException.ForFile(path, CommandRunner.Explain(completed));
    }

    /// <summary>A message about an option, with the file that it stands in, if it was not typed.</summary>
    /// <param name="message">Begins with the option's name where it is about one.</param>
    /// <param name="typed">The command line alone.</param>
    /// <param name="completed">With what the file says.</param>
    public static string Place(string message, ParseResult typed, ParseResult completed)
    {
        Command command = completed.CommandResult.Command;
        bool isOfFile = OptionsOf(command)
            .Any(option =>
                message.StartsWith(option.Name, StringComparison.Ordinal)
                && message.AsSpan(option.Name.Length) is [' ' or ':' or '.', ..]
                && completed.GetResult(option) is { Implicit: false }
                && typed.GetResult(option) is null or { Implicit: true }
            );
        return
            isOfFile
            && command.Options.FirstOrDefault(option => option.Name == Config) is Option<string?> config
            && typed.GetValue(config) is { } path
            ? $"{path}: {message}"
            : message;
    }

    /// <summary>The options that such a file may hold.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Where(option => option.Name is not (Config or SaveConfig));

    /// <summary>Whether an option takes numbers in a row, as in 1,2,3.</summary>
    public static bool IsList(Option option) => option.HelpName?.Contains(',') == true;

    /// <summary>Whether a value of an option is the path of a file or folder.</summary>
    public static bool IsPath(Option option, string value) =>
        (option.HelpName is "FILE" or "DIR" && !(option.Name == "--mask" && value == MeasurementSource.None))
        || (option.Name is "--beamline" or "--detector" && value.EndsWith(".json", StringComparison.OrdinalIgnoreCase));

    private static List<string> Words(string path, ParseResult parsed)
    {
        using JsonDocument json = Parse(path);
        Command command = parsed.CommandResult.Command;
        List<string> words = [];
        List<string> problems = [];
        HashSet<string> seen = [];
        foreach (JsonProperty entry in json.RootElement.EnumerateObject())
        {
            Option? option = OptionsOf(command).FirstOrDefault(one => one.Name == $"--{entry.Name}");
            try
            {
                if (!seen.Add(entry.Name))
                {
                    throw new InputException("is there twice");
                }

                words.AddRange(
                    entry.Name == Inputs ? InputWords(entry.Value, path, parsed)
                    : option is null ? throw new InputException(Unknown(entry.Name, command))
                    : OptionWords(option, entry.Value, path, parsed)
                );
            }
            catch (InputException problem)
            {
                problems.Add($"\"{entry.Name}\" {problem.Message}");
            }
        }

        return problems.Count == 0 ? words : throw InputException.ForFile(path, string.Join("; ", problems));
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            JsonDocument json = JsonDocument.Parse(File.ReadAllText(path), ByPeople);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json
                : throw InputException.ForFile(path, "expected options by name, as in { \"mask\": \"mask.npy\" }");
        }
        catch (JsonException error)
        {
            string at = error.LineNumber is { } line ? $" (line {line + 1})" : "";
            throw InputException.ForFile(
                path,
                $"is no JSON{at}; expected options by name, as in {{ \"mask\": \"mask.npy\" }}",
                inner: error
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(
                path,
                File.Exists(path) ? error.Message
                    : Directory.Exists(path) ? $"is a folder; name the file in it that {SaveConfig} wrote"
                    : $"no such file; {SaveConfig} writes one",
                inner: error
            );
        }
    }

    private static string[] InputWords(JsonElement value, string path, ParseResult parsed)
    {
        JsonElement[] inputs = value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array => [.. value.EnumerateArray()],
            _ => [value],
        };
        string[] words =
        [
            .. inputs.Select(input => Beside(path, TextOf(input, "a file, or several as [\"a.h5\", \"b.h5\"]"))),
        ];
        bool isTyped = parsed.CommandResult.Command.Arguments.Any(argument =>
            parsed.GetResult(argument) is { Tokens.Count: > 0 }
        );
        return isTyped ? [] : words;
    }

    private static IEnumerable<string> OptionWords(Option option, JsonElement value, string path, ParseResult parsed)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        string text = WordOf(option, value);
        text = IsPath(option, text) ? Beside(path, text) : text;
        return parsed.GetResult(option) is { Implicit: false } ? [] : [$"{option.Name}={text}"];
    }

    private static string WordOf(Option option, JsonElement value)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (type == typeof(bool))
        {
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? (value.GetBoolean() ? "true" : "false")
                : throw Expected("true or false");
        }

        if (type == typeof(int))
        {
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole)
                ? whole.ToString(CultureInfo.InvariantCulture)
                : throw Expected("a whole number, such as 3");
        }

        if (type == typeof(double))
        {
            return value.ValueKind == JsonValueKind.Number
                ? value.GetRawText()
                : throw Expected("a number, such as 0.5");
        }

        if (!IsList(option))
        {
            return TextOf(value, "a text, such as \"mask.npy\"");
        }

        const string Numbers = "numbers, such as [1, 2] or \"1,2\"";
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Number) =>
                string.Join(',', value.EnumerateArray().Select(one => one.GetRawText())),
            _ => TextOf(value, Numbers),
        };
    }

    private static string TextOf(JsonElement value, string expected) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Trim().Length > 0
            ? text
            : throw Expected(expected);

    private static string Beside(string path, string value) => Path.Combine(Path.GetDirectoryName(path) ?? "", value);

    private static InputException Expected(string what) => new($"must be {what}");

    private static string Unknown(string name, Command command)
    {
        string nearest = OptionsOf(command)
            .Select(option => option.Name[2..])
            .Append(Inputs)
            .MinBy(known => EditDistance.Between(known, name))!;
        return $"is no option; did you mean \"{nearest}\"? fringe {command.Name} --help lists them";
    }
}
