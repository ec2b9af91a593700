using Fringe.App.Terminal;
using Fringe.Imaging;

namespace Fringe.Tests.App.Terminal;

public sealed class ProgressTallyTests
{
    [Fact]
    public void Left_AfterAQuarter_IsThreeTimesTheElapsedTime()
    {
        var clock = new HandClock();
        var tally = new ProgressTally(clock);
        clock.Now = TimeSpan.FromSeconds(10);

        tally.Add(At(start: 1, starts: 2, step: 50));

        Assert.Equal(0.25, tally.Fraction);
        Assert.Equal(30, tally.Left!.Value.TotalSeconds, 1e-6);
    }

    [Fact]
    public void Left_AtTheBeginningAndTheEnd_IsNotKnown()
    {
        var tally = new ProgressTally(new HandClock());
        tally.Add(At(start: 1, starts: 1, step: 0));
        Assert.Null(tally.Left);
        tally.Add(At(start: 1, starts: 1, step: 100));
        Assert.Null(tally.Left);
    }

    private static ImagingUpdate At(int start, int starts, int step) =>
        new()
        {
            Stage = ImagingStage.Phase,
            Start = start,
            Starts = starts,
            Step = step,
            Steps = 100,
            Algorithm = "ER",
            Chi = 0.1,
        };

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
