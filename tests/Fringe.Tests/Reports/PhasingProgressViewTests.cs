using Fringe.App.Terminal;
using Fringe.Core.Phasing;
using Spectre.Console.Testing;

namespace Fringe.Tests.Reports;

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
                    report.Report(new PhasingProgress(2, 5, 345, 620, "HIO", 0.00174));
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
                                report.Report(new PhasingProgress(start, 4, i, 200, "ER", double.NaN));
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

    private static PhasingProgressView View(TestConsole console, ProgressMode mode) =>
        new(console, new StillClock(), mode);

    private static int Work(IProgress<PhasingProgress> report, int starts)
    {
        for (int start = 1; start <= starts; start++)
        {
            for (int i = 1; i <= 620; i++)
            {
                report.Report(new PhasingProgress(start, starts, i, 620, "HIO", 0.00174));
            }
        }

        return 42;
    }

    private sealed class StillClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
