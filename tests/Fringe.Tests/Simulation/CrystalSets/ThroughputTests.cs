using Fringe.Simulation.CrystalSets;
using Fringe.Simulation.TrainingSet;

namespace Fringe.Tests.Simulation.CrystalSets;

public sealed class ThroughputTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_NothingMade_IsNothing() => Assert.Null(Throughput.Of([Entry(0, 10, isMade: false)]));

    // Two at a time from 0 to 10 s, a night, one from 1000 to 1020 s: three crystals in 30 s.
    [Fact]
    public void Of_RunWithAPause_CountsTheTimeAtWork()
    {
        Throughput throughput = Throughput.Of([Entry(0, 10), Entry(0, 10), Entry(1000, 20), Entry(1005, 5, false)])!;

        Assert.Equal(3, throughput.Made);
        Assert.Equal(1, throughput.Failed);
        Assert.Equal(1, throughput.Pauses);
        Assert.Equal(TimeSpan.FromSeconds(30), throughput.Running);
        Assert.Equal(360, throughput.CrystalsPerHour, 6);
        Assert.Equal(1.5, throughput.AtATime, 6);
        Assert.Equal(0.8, throughput.LammpsShare, 6);
        Assert.Equal([10, 10, 30], throughput.FinishedSeconds);
    }

    [Fact]
    public void PerHourOverTime_AnyRun_HasTheMeanOfTheWhole()
    {
        Throughput throughput = Throughput.Of([.. Enumerable.Range(0, 100).Select(i => Entry(10 * i, 10))])!;

        IReadOnlyList<double> rates = throughput.PerHourOverTime();

        Assert.Equal(12, rates.Count);
        Assert.Equal(throughput.CrystalsPerHour, rates.Average(), 6);
    }

    private static SimulationLogEntry Entry(double begun, double seconds, bool isMade = true) =>
        new(
            Start.AddSeconds(begun + seconds),
            0,
            isMade,
            1000,
            TimeSpan.FromSeconds(0.8 * seconds),
            TimeSpan.FromSeconds(0.2 * seconds)
        );
}
