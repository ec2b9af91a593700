using System.Reflection;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Architecture;

/// <summary>
/// What others may rely on stands in <c>src/*/PublicApi.txt</c>: a change of it is seen where it is made. Written anew by
/// <c>FRINGE_WRITE_API=1 dotnet run -c Release --project tests/Fringe.Tests -- --filter-class Fringe.Tests.Architecture.PublicApiTests</c>.
/// </summary>
public sealed class PublicApiTests
{
    private const string Switch = "FRINGE_WRITE_API";

    public static TheoryData<string> Names => [.. House.Libraries.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void PublicApi_EveryLibrary_IsAsItsFileSays(string name)
    {
        Assembly library = House.Libraries.Single(assembly => assembly.GetName().Name == name);
        string file = Path.Combine(Repository.Root, "src", name, "PublicApi.txt");
        string[] lines = PublicApi.LinesOf(library);
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(file, string.Join('\n', lines) + "\n");
        }

        string[] known = File.ReadAllLines(file);
        Assert.True(
            known.SequenceEqual(lines),
            $"{name}/PublicApi.txt is not what the library shows; write it anew ({Switch}=1, see PublicApiTests)\n"
                + string.Join('\n', Difference(known, lines).Take(20))
        );
    }

    // So that a text that says nothing cannot agree with everything.
    [Fact]
    public void PublicApi_OfTypesMadeForIt_SaysAllOfThem()
    {
        string[] lines = [.. PublicApi.LinesOf(typeof(PublicApiTests).Assembly)];
        int at = Array.FindIndex(lines, line => line.Contains(".PublicApiTests.Shown", StringComparison.Ordinal));

        Assert.Equal(
            [
                "sealed record Fringe.Tests.Architecture.PublicApiTests.Shown : IDisposable",
                "  PublicApiTests.Shown(int Count, string? Word = default)",
                "  PublicApiTests.Shown.Count { get; init; } -> int",
                "  PublicApiTests.Shown.Dispose() -> void",
                "  PublicApiTests.Shown.Find<T>(IReadOnlyList<T?> list, out double[]? found) -> T",
                "  PublicApiTests.Shown.Item[int i] { get; } -> double?",
                "  PublicApiTests.Shown.Word { get; init; } -> string?",
                "  const PublicApiTests.Shown.Limit = 2.5",
                "  required PublicApiTests.Shown.Names { get; set; } -> IReadOnlyList<string>",
                "  static PublicApiTests.Shown.Empty { get; } -> PublicApiTests.Shown",
            ],
            lines[at..(at + 10)]
        );
    }

    private static IEnumerable<string> Difference(string[] known, string[] lines) =>
        known.Except(lines).Select(line => $"- {line}").Concat(lines.Except(known).Select(line => $"+ {line}"));

    public sealed record Shown(int Count, string? Word = null) : IDisposable
    {
        public const double Limit = 2.5;

        public static Shown Empty { get; } = new(0) { Names = [] };

        public required IReadOnlyList<string> Names { get; set; }

        public double? this[int i] => i;

        internal int Hidden { get; set; }

        public T Find<T>(IReadOnlyList<T?> list, out double[]? found)
            where T : class
        {
            found = null;
            return list[Count]!;
        }

        public override string ToString() => $"{Word}{Hidden}";

        public void Dispose() { }
    }
}
