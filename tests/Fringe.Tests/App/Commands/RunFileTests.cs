using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Fringe.App.Commands;
using Fringe.Core;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.App.Commands;

/// <summary>A file that a run can be made from: written, edited, read, and what is wrong with it said.</summary>
public sealed class RunFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RootCommand root = [PhaseCommand.Build(new OutputFolders())];

    public RunFileTests() => DecimalPointOnly.Require(root);

    private Command Phase => root.Subcommands[0];

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Options =>
        [.. RunFile.OptionsOf(PhaseCommand.Build(new OutputFolders())).Select(option => option.Name)];

    [Theory]
    [MemberData(nameof(Options))]
    public void Complete_FileThatWasWritten_GivesEachOptionBack(string name)
    {
        Option option = Phase.Options.Single(one => one.Name == name);
        ParseResult typed = Parse(["scan.h5", .. Sample(option)]);

        ParseResult read = Parse("--config", folder.File("run.json", RunFileText.Of(typed, ["scan.h5"])));

        Assert.Equal([Path.GetFullPath("scan.h5")], read.GetValue<string[]>("scan")!);
        Assert.Equal(Values(typed), Values(read));
        Assert.NotEqual(Values(Parse("scan.h5")), Values(read));
    }

    [Fact]
    public void Complete_AllOptionsAtOnce_AreGivenBack()
    {
        ParseResult typed = Parse([
            "a.h5",
            "b/*.tif",
            .. RunFile.OptionsOf(Phase).SelectMany(Sample),
            "--save-config",
            "x.json",
        ]);

        string file = folder.File("run.json", RunFileText.Of(typed, ["a.h5", "b/*.tif"]));
        ParseResult read = Parse("--config", file);

        Assert.Equal([Path.GetFullPath("a.h5"), Path.GetFullPath("b/*.tif")], read.GetValue<string[]>("scan")!);
        Assert.Equal(Values(typed), Values(read));
        Assert.Null(read.GetValue<string?>("--save-config"));
    }

    // Every option stands in the file, with its default, ready to be set: the slashes taken away, it still says what it said.
    [Fact]
    public void Of_OptionsThatWereNotGiven_AreCommentsWithDefaults()
    {
        string text = RunFileText.Of(Parse("scan.h5", "--beta", "0.75"), ["scan.h5"]);
        string uncommented = string.Join(
            '\n',
            text.Split('\n').Select(line => line.StartsWith("  //  ", StringComparison.Ordinal) ? line[4..] : line)
        );

        Assert.All(RunFile.OptionsOf(Phase), option => Assert.Contains($"\"{option.Name[2..]}\": ", text));
        Assert.Contains("\n  \"beta\": 0.75,\n", text);
        Assert.Contains("\n  //  \"frames\": null, // N: Only the first N frames", text);
        Assert.Contains($"\n  //  \"seed\": {new ImagingOptions().Seed}, // N: Seed", text);
        Assert.NotEqual(text, uncommented);
        Assert.Equal(Values(Parse("--beta", "0.75")), Values(Parse("--config", folder.File("run.json", uncommented))));
    }

    [Fact]
    public void Complete_FileThatAPersonWrote_IsRead()
    {
        string file = folder.File(
            "run.json",
            """
            {
              // Tuesday's crystals
              "input": ["a.h5", "/data/b.h5"], /* both */
              "mask": "masks/maxipix.npy",
              "beamline": "mine.json",
              "bin": 2, "shape": [64, 96, 96], "roi-origin": "128,64",
              "beta": 0.8, "frames": 40, "amplitude": true, "keep-hot-pixels": false,
              "flat": null,
            }
            """
        );

        ParseResult read = Parse("--config", file);

        Assert.Equal([folder.File("a.h5"), "/data/b.h5"], read.GetValue<string[]>("scan")!);
        Assert.Equal(folder.File("masks/maxipix.npy"), read.GetValue<string?>("--mask"));
        Assert.Equal(folder.File("mine.json"), read.GetValue<string?>("--beamline"));
        Assert.Equal(
            ("2", "64,96,96", "128,64"),
            (read.GetValue<string?>("--bin"), read.GetValue<string?>("--shape"), read.GetValue<string?>("--roi-origin"))
        );
        Assert.Equal((0.8, 40), (read.GetValue<double>("--beta"), read.GetValue<int?>("--frames")));
        Assert.Equal((true, false), (read.GetValue<bool>("--amplitude"), read.GetValue<bool>("--keep-hot-pixels")));
        Assert.Null(read.GetValue<string?>("--flat"));
    }

    // "none" is no file, and a detector's definition may be one.
    [Theory]
    [InlineData("--mask", "none", "none")]
    [InlineData("--detector", "none", "none")]
    [InlineData("--detector", "eiger2-1m", "eiger2-1m")]
    [InlineData("--detector", "mine.json", "/mine.json")]
    [InlineData("--mask", "m.h5:/entry/mask", "/m.h5:/entry/mask")]
    public void Complete_WordsAndPaths_AreToldApart(string option, string word, string expected)
    {
        string text = RunFileText.Of(Parse("scan.h5", option, word), ["scan.h5"]);

        string? read = Parse("--config", folder.File("run.json", text)).GetValue<string?>(option);

        Assert.Equal(expected[0] == '/' ? Path.GetFullPath(word) : expected, read);
        string byHand = folder.File("hand.json", $$"""{ "{{option[2..]}}": "{{word}}" }""");
        Assert.Equal(
            expected[0] == '/' ? folder.File(word) : expected,
            Parse("scan.h5", "--config", byHand).GetValue<string?>(option)
        );
    }

    [Fact]
    public void Complete_WhatIsTyped_WinsOverTheFile()
    {
        string file = folder.File(
            "run.json",
            """{ "input": "a.h5", "beta": 0.8, "amplitude": true, "mask": "m.npy", "output": "here", "frames": 40 }"""
        );

        ParseResult read = Parse(
            "b.h5",
            "--config",
            file,
            "--beta",
            "0.5",
            "--amplitude",
            "false",
            "--mask=n.npy",
            "-o",
            "there"
        );

        Assert.Equal(["b.h5"], read.GetValue<string[]>("scan")!);
        Assert.Equal((0.5, false), (read.GetValue<double>("--beta"), read.GetValue<bool>("--amplitude")));
        Assert.Equal(("n.npy", "there"), (read.GetValue<string?>("--mask"), read.GetValue<string?>("--output")));
        Assert.Equal(40, read.GetValue<int?>("--frames"));
    }

    [Theory]
    [InlineData("{ \"tresholds\": 2 }", "\"tresholds\" is no option; did you mean \"threshold\"?")]
    [InlineData("{ \"roi_origin\": [1, 2] }", "did you mean \"roi-origin\"?")]
    [InlineData("{ \"--mask\": \"m.npy\" }", "did you mean \"mask\"?")]
    [InlineData("{ \"inputs\": \"a.h5\" }", "did you mean \"input\"?")]
    [InlineData("{ \"config\": \"other.json\" }", "\"config\" is no option")]
    [InlineData("{ \"beta\": \"0.9\" }", "\"beta\" must be a number, such as 0.5")]
    [InlineData("{ \"frames\": 4.5 }", "\"frames\" must be a whole number, such as 3")]
    [InlineData("{ \"frames\": 99999999999 }", "\"frames\" must be a whole number")]
    [InlineData("{ \"amplitude\": \"yes\" }", "\"amplitude\" must be true or false")]
    [InlineData("{ \"mask\": 3 }", "\"mask\" must be a text")]
    [InlineData("{ \"mask\": \" \" }", "\"mask\" must be a text")]
    [InlineData("{ \"bin\": [\"2\"] }", "\"bin\" must be numbers, such as [1, 2]")]
    [InlineData("{ \"input\": [1] }", "\"input\" must be a file, or several")]
    [InlineData("{ \"beta\": 0.9, \"beta\": 0.8 }", "\"beta\" is there twice")]
    [InlineData(
        "{ \"bta\": 0.9,\n \"frames\": \"x\" }",
        "\"bta\" is no option; did you mean \"beta\"? fringe phase --help lists them; \"frames\" must be"
    )]
    [InlineData("{ \"method\": \"magic\" }", "'magic'")]
    [InlineData("{ \"beta\": 0.9,\n  \"mask\": m.npy }", "is no JSON (line 2)")]
    [InlineData("[ \"mask\" ]", "expected options by name")]
    [InlineData("", "is no JSON")]
    public void Complete_FileThatCannotBe_SaysWhatIsWrong(string json, string problem)
    {
        string file = folder.File("run.json", json);

        InputException error = Assert.Throws<InputException>(() => Parse("--config", file));
        Assert.StartsWith($"{file}: ", error.Message);
        Assert.Contains(problem, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Complete_FileThatIsNotThere_SaysWhatWritesOne() =>
        Assert.Contains(
            "no such file; --save-config writes one",
            Assert.Throws<InputException>(() => Parse("--config", folder.File("none.json"))).Message
        );

    [Fact]
    public void Save_FileThatIsThere_IsReplacedByForceAlone()
    {
        string file = folder.File("run.json", "mine");

        Assert.Contains(
            "`Force`",
            Assert.Throws<InputException>(() => RunFileText.Save(file, "new", force: false)).Message
        );
        Assert.Equal("mine", File.ReadAllText(file));
        RunFileText.Save(file, "new", force: true);
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Contains(
            "cannot be written",
            Assert
                .Throws<InputException>(() => RunFileText.Save(folder.File("no/run.json"), "new", force: false))
                .Message
        );
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("beta", "beta", 0)]
    [InlineData("bta", "beta", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Between_TwoWords_CountsLetters(string one, string other, int distance)
    {
        Assert.Equal(distance, EditDistance.Between(one, other));
        Assert.Equal(distance, EditDistance.Between(other, one));
    }

    private ParseResult Parse(params string[] words)
    {
        string[] args = ["phase", .. words];
        ParseResult parsed = root.Parse(args);
        Assert.Empty(parsed.Errors);
        return RunFile.Complete(parsed, args, all => root.Parse(all));
    }

    // A value that is not the default; paths as the file has them.
    private static string[] Sample(Option option)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        string[] words = [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];
        return type == typeof(bool) ? [option.Name]
            : type == typeof(int) ? [option.Name, "7"]
            : type == typeof(double) ? [option.Name, "0.125"]
            : RunFile.IsPath(option, "") ? [option.Name, Path.GetFullPath("some file, 1.json")]
            : RunFile.IsList(option) ? [option.Name, "1,-2.5,3"]
            : words.Length > 0 ? [option.Name, words.First(word => word != DefaultOf(option) as string)]
            : [option.Name, "word: a \"b\" µ 3*(20*ER+180*HIO)"];
    }

    private static object? DefaultOf(Option option) => option.HasDefaultValue ? option.GetDefaultValue() : null;

    private string[] Values(ParseResult parsed) =>
        [
            .. RunFile
                .OptionsOf(Phase)
                .Select(option =>
                {
                    OptionResult? result = parsed.GetResult(option);
                    string given = result is null ? "" : string.Join(' ', result.Tokens.Select(token => token.Value));
                    return option.ValueType == typeof(bool)
                        ? $"{option.Name}: {result?.GetValueOrDefault<bool>() ?? false}"
                        : $"{option.Name}: {(given.Length > 0 ? given : DefaultOf(option))}";
                }),
        ];
}
