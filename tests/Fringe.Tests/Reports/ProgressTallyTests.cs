using Fringe.App.Terminal;
using Fringe.Core.Phasing;

namespace Fringe.Tests.Reports;

public sealed class ProgressTallyTests
{
    [Fact]
    public void Left_AfterAQuarter_IsThreeTimesTheElapsedTime()
    {
        var clock = new HandClock();
        var tally = new ProgressTally(clock);
        clock.Now = TimeSpan.FromSeconds(10);

        tally.Add(new PhasingProgress(1, 2, 50, 100, "ER", 0.1));

        Assert.Equal(0.25, tally.Fraction);
        Assert.Equal(30, tally.Left!.Value.TotalSeconds, 1e-6);
    }

    [Fact]
    public void Left_AtTheBeginningAndTheEnd_IsNotKnown()
    {
        var tally = new ProgressTally(new HandClock());
        tally.Add(new PhasingProgress(1, 1, 0, 100, "ER", 0.1));
        Assert.Null(tally.Left);
        tally.Add(new PhasingProgress(1, 1, 100, 100, "ER", 0.1));
        Assert.Null(tally.Left);
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
