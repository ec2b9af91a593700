using Fringe.App.Terminal;
using Fringe.Imaging;
using Spectre.Console.Testing;

namespace Fringe.Tests.App.Terminal;

public sealed class PhasingProgressViewTests
{
    [Fact]
    public void Run_Redirected_PrintsATenthALineWithoutCodes()
    {
        using var console = new TestConsole();

        int answer = View(console, ProgressMode.Automatic).Run("phase", report => Work(report, starts: 2));

        Assert.Equal(42, answer);
        Assert.Equal(10, console.Lines.Count);
        Assert.Equal(" 10 %  phase  start 1/2  HIO 124/620  chi 0.00174  up to 0.0 s left", console.Lines[0]);
        Assert.Equal("100 %  phase  start 2/2  HIO 620/620  chi 0.00174", console.Lines[^1]);
        Assert.DoesNotContain('\u001b', console.Output);
    }

    [Fact]
    public void Run_Silent_PrintsNothing()
    {
        using var console = new TestConsole();
        console.EmitAnsiSequences().Interactive();

        Assert.Equal(42, View(console, ProgressMode.Silent).Run("phase", report => Work(report, starts: 1)));
        Assert.Empty(console.Output);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Run_OnATerminal_DrawsABarOnOneLine(int width)
    {
        using var console = new TestConsole();
        console.EmitAnsiSequences().Interactive().Width(width);

        View(console, ProgressMode.Automatic)
            .Run(
                "phase",
                report =>
                {
                    report.Report(At(2, 5, 345));
                    Thread.Sleep(300);
                    return 0;
                }
            );

        string plain = System.Text.RegularExpressions.Regex.Replace(console.Output, "\u001b\\[[0-9;?]*[A-Za-z]", "");
        string line = Assert.Single(
            plain.Split('\n', '\r').Select(l => l.TrimEnd()).Where(l => l.Contains("chi")).Distinct()
        );
        Assert.StartsWith("phase  start 2/5  HIO  345/620  chi 0.00174 ", line);
        Assert.EndsWith("11%", line);
        Assert.True(line.Length <= width, line);
    }

    [Fact]
    public void Run_WorkThatFails_PassesTheExceptionOn()
    {
        using var console = new TestConsole();
        console.EmitAnsiSequences().Interactive();

        Assert.Throws<OperationCanceledException>(() =>
            View(console, ProgressMode.Automatic)
                .Run<int>("phase", _ => throw new OperationCanceledException("stopped"))
        );
    }

    [Fact]
    public void Run_StartsSideBySide_NeverGoesBack()
    {
        using var console = new TestConsole();

        View(console, ProgressMode.Automatic)
            .Run(
                "phase",
                report =>
                {
                    Parallel.For(
                        1,
                        5,
                        start =>
                        {
                            for (int i = 1; i <= 200; i++)
                            {
                                report.Report(At(start, 4, i) with { Steps = 200, Chi = double.NaN });
                            }
                        }
                    );
                    return 0;
                }
            );

        int[] shares = [.. console.Lines.Select(line => int.Parse(line.Split('%')[0]))];
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(100, shares[^1]);
        Assert.All(console.Lines, line => Assert.Contains("chi -", line));
    }

    // A run whose stage changes begins anew.
    [Fact]
    public void Run_NextStage_HasItsNameAndBeginsAtNothing()
    {
        using var console = new TestConsole();

        View(console, ProgressMode.Automatic)
            .Run(
                "phase",
                report =>
                {
                    report.Report(At(1, 1, 620));
                    report.Report(At(1, 1, 310) with { Stage = ImagingStage.Uncertainty });
                    return 0;
                }
            );

        Assert.Equal(2, console.Lines.Count);
        Assert.StartsWith("100 %  phase  HIO 620/620", console.Lines[0]);
        Assert.StartsWith(" 50 %  uncertainty  HIO 310/620", console.Lines[1]);
    }

    private static ImagingUpdate At(int start, int starts, int step) =>
        new()
        {
            Stage = ImagingStage.Phase,
            Start = start,
            Starts = starts,
            Step = step,
            Steps = 620,
            Algorithm = "HIO",
            Chi = 0.00174,
        };

    private static PhasingProgressView View(TestConsole console, ProgressMode mode) =>
        new(console, new StillClock(), mode);

    private static int Work(IProgress<ImagingUpdate> report, int starts)
    {
        for (int start = 1; start <= starts; start++)
        {
            for (int i = 1; i <= 620; i++)
            {
                report.Report(At(start, starts, i));
            }
        }

        return 42;
    }

    private sealed class StillClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
