using Fringe.Core;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Fuzzing;

using Process = System.Diagnostics.Process;

/// <summary>Ten thousand damaged files a reader, in memory: each is read or refused with one line. The benchmarks read ten times as many.</summary>
public sealed class FuzzTests
{
    private const int FilesPerReader = 10_000;

    public static TheoryData<string> Names => [.. FuzzedReaders.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_TenThousandDamagedFiles_ReadOrRefused(string name)
    {
        using TemporaryFolder folder = new();
        FuzzedReader reader = new FuzzedReaders(Fixture.File(""), folder.File("damaged.json")).Find(name);

        FuzzRun run = FuzzRun.Of(reader, FilesPerReader, 20260214, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}: {run.Read} read, {run.Refused} refused in {run.Seconds:0.0} s, slowest {run.SlowestMilliseconds} ms "
                + $"(file {run.SlowestFile}), peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"
        );
        // Damage must show and sound parts must still be read, or the mutator mutates nothing.
        Assert.InRange(run.Refused, FilesPerReader / 20, FilesPerReader - 1);
    }

    // A loop that finds no fault must not be one that cannot.
    [Fact]
    public void Of_ReaderThatFails_NamesTheFile()
    {
        FuzzedReader failing = new(
            "failing",
            1,
            [
                [1],
            ],
            (_, _) => throw new FormatException()
        );
        FuzzedReader wordy = new(
            "wordy",
            1,
            [
                [1],
            ],
            (_, _) => throw new InputException("two\nlines")
        );

        Assert.StartsWith("file 0 of failing", Assert.Throws<InvalidOperationException>(() => Run(failing)).Message);
        Assert.StartsWith("file 0 of wordy", Assert.Throws<InvalidOperationException>(() => Run(wordy)).Message);

        static FuzzRun Run(FuzzedReader reader) => FuzzRun.Of(reader, 1, 1, TestContext.Current.CancellationToken);
    }
}
