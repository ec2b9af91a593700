namespace Fringe.Tests.Fixtures;

/// <summary>A clock that goes on by a millisecond whenever it is looked at.</summary>
internal sealed class StepClock : TimeProvider
{
    private long looks;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => looks++;
}
