using System.Text.RegularExpressions;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Architecture;

/// <summary>How files are named, how long they are, and that tests stand where their subject stands.</summary>
public sealed partial class SourceFilesTests
{
    // "Under about 300": the list of options of `fringe phase` is the longest.
    private const int MostLines = 300;

    [Fact]
    public void SourceFiles_Length_StaysReadable() =>
        Assert.All(House.SourceFiles(), file => Assert.InRange(File.ReadLines(file).Count(), 1, MostLines));

    [Fact]
    public void SourceFiles_Name_IsATypeInThem() =>
        Assert.All(
            House.SourceFiles().Where(file => Path.GetFileName(file) != "Program.cs"),
            file =>
                Assert.Contains(
                    Path.GetFileNameWithoutExtension(file),
                    TypeDeclaration().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
                )
        );

    // XTests stands at X's path, or in Process where it starts the program as its users do.
    [Fact]
    public void Tests_Mirror()
    {
        ILookup<string, string> folders = House
            .SourceFiles()
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), file => Folder("src", file));

        House.AreKnown(
            House
                .SourceFiles("tests")
                .Where(file => Path.GetFileName(file).EndsWith("Tests.cs", StringComparison.Ordinal))
                .Select(file => (Subject: Path.GetFileName(file)[..^"Tests.cs".Length], Folder: TestFolder(file)))
                .Where(test => test.Folder != "Process" && folders.Contains(test.Subject))
                .Where(test => !folders[test.Subject].Contains(test.Folder))
                .Select(test =>
                    $"{test.Subject}Tests in {test.Folder}, not in {string.Join(" or ", folders[test.Subject])}"
                )
        );
    }

    [Fact]
    public void Tests_Mirror_EveryFolder()
    {
        string[] tests = [.. House.SourceFiles("tests").Select(TestFolder).Distinct()];

        House.AreKnown(
            House
                .SourceFiles()
                .Select(file => Folder("src", file))
                .Where(folder =>
                    !tests.Contains(folder)
                    && !tests.Any(test => test.StartsWith(folder + "/", StringComparison.Ordinal))
                ),
            "App/Runtime",
            "App/Writing",
            "Formats/Arrays",
            "Formats/Writing",
            "Imaging/Comparison",
            "Imaging/Crystals",
            "Imaging/Samples",
            "Learning/Evaluation"
        );
    }

    // Starting the program costs a second a test: a test of a class calls the class.
    [Fact]
    public void Tests_OfTheProcess_StandInProcess() =>
        Assert.Empty(
            House
                .SourceFiles("tests")
                .Where(file => TestFolder(file) != "Process" && StartsProgram().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetRelativePath(Repository.Root, file))
        );

    // A program that was told to use one thread uses one.
    [Fact]
    public void ParallelLoops_All_KeepToTheThreadLimit()
    {
        string[] sources = [.. House.SourceFiles().Select(File.ReadAllText)];

        Assert.Equal(
            sources.Sum(source => ParallelLoop().Count(source)),
            sources.Sum(source => LimitedLoop().Count(source))
        );
        Assert.True(sources.Sum(source => LimitedLoop().Count(source)) >= 5);
        Assert.DoesNotContain(sources, source => source.Contains(".AsParallel(", StringComparison.Ordinal));
    }

    // src/Fringe.Core/Strain is Core/Strain.
    private static string Folder(string top, string file) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, top), Path.GetDirectoryName(file)!)
            .Replace(Path.DirectorySeparatorChar, '/')["Fringe.".Length..];

    private static string TestFolder(string file) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Fringe.Tests"), Path.GetDirectoryName(file)!)
            .Replace(Path.DirectorySeparatorChar, '/');

    [GeneratedRegex(@"(?:class|record|struct|enum|interface) (?:struct |class )?(\w+)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"Parallel\.\w+\(")]
    private static partial Regex ParallelLoop();

    [GeneratedRegex(@"Parallel\.\w+\([^{]*?ThreadLimit\.Options\(")]
    private static partial Regex LimitedLoop();

    [GeneratedRegex(@"\bFringeProgram\.")]
    private static partial Regex StartsProgram();
}
