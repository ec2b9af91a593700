using System.CommandLine;
using Fringe.Core;
using Spectre.Console;

namespace Fringe.Benchmarks.Hard;

/// <summary>What <c>bench -- hard</c> is asked for.</summary>
internal sealed record HardOptions
{
    public required IReadOnlyList<HardKind> Kinds { get; init; }

    /// <summary>Crystals of each kind.</summary>
    public required int Seeds { get; init; }

    /// <summary>Seed of the first.</summary>
    public required int FirstSeed { get; init; }

    /// <summary>A word of <see cref="HardStudy.Methods"/>.</summary>
    public required string Method { get; init; }

    /// <summary>Voxels of the detector's cube along each edge.</summary>
    public required int Size { get; init; }

    /// <summary>Folder of the record; null = none was named.</summary>
    public required string? Out { get; init; }

    /// <summary>Whether the found objects are written beside the record.</summary>
    public required bool KeepsObjects { get; init; }

    /// <summary>Folder to write measurements to in place of phasing them; null = phase them.</summary>
    public required string? Write { get; init; }

    /// <summary>Runs the command with what was typed.</summary>
    /// <param name="args">Behind the verb.</param>
    /// <param name="run">Does it.</param>
    /// <returns>The exit code.</returns>
    public static int Parse(IReadOnlyList<string> args, Action<HardOptions> run)
    {
        Argument<string[]> kinds = new("kinds")
        {
            Description = $"Kinds, or their families: {string.Join(", ", HardKinds.All.Select(kind => kind.Name))}.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<int> seeds = Number("--seeds", "Crystals of each kind.", 6);
        Option<int> first = Number("--first-seed", "Seed of the first crystal.", 1);
        Option<string> method = new("--method") { DefaultValueFactory = _ => "auto" };
        method.AcceptOnlyFromAmong([.. HardStudy.Methods.Keys]);
        Option<int> size = Number("--size", "Voxels of the detector's cube along each edge, even.", 64);
        Option<string?> folder = new("--out") { Description = "Folder of hard.csv, from which a killed run goes on." };
        Option<bool> keep = new("--keep-objects")
        {
            Description = "Write each found object, on the detector's grid, as KIND-SEED-METHOD.npy beside hard.csv.",
        };
        Option<string?> write = new("--write") { Description = "Write the measurements to a folder; phase nothing." };
        Command command = new("hard", "Hard kinds of crystals and measurements, phased by the product.")
        {
            kinds,
            seeds,
            first,
            method,
            size,
            folder,
            keep,
            write,
        };
        command.SetAction(parsed =>
        {
            try
            {
                run(
                    new HardOptions
                    {
                        Kinds = Find(parsed.GetValue(kinds) ?? []),
                        Seeds = parsed.GetValue(seeds),
                        FirstSeed = parsed.GetValue(first),
                        Method = parsed.GetValue(method)!,
                        Size = parsed.GetValue(size),
                        Out = parsed.GetValue(folder),
                        KeepsObjects = parsed.GetValue(keep),
                        Write = parsed.GetValue(write),
                    }
                );
                return 0;
            }
            catch (InputException error)
            {
                AnsiConsole.WriteLine(error.Message);
                return 2;
            }
        });
        return command.Parse(args).Invoke();
    }

    private static Option<int> Number(string name, string description, int usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };

    // By name or family, in the list's order.
    private static IReadOnlyList<HardKind> Find(IReadOnlyList<string> words)
    {
        string[] wanted = [.. words.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries))];
        string[] unknown = [.. wanted.Where(word => !HardKinds.All.Any(kind => IsNamed(kind, word)))];
        return unknown.Length == 0
            ? [.. HardKinds.All.Where(kind => wanted.Length == 0 || wanted.Any(word => IsNamed(kind, word)))]
            : throw new InputException(
                $"no kind is called {string.Join(", ", unknown)}; there are {string.Join(", ", HardKinds.All.Select(kind => kind.Name))}"
            );
    }

    private static bool IsNamed(HardKind kind, string word) => kind.Name == word || kind.Name.StartsWith(word + "-");
}
