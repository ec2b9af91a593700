using Fringe.Imaging.Figures;

namespace Fringe.Imaging;

/// <summary>Measures the stages of a run.</summary>
public sealed class StageClock(TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private readonly List<StageTime> stages = [];

    /// <summary>The stages so far, in order.</summary>
    public IReadOnlyList<StageTime> Stages => stages;

    /// <summary>Since the clock was made.</summary>
    public double TotalSeconds => time.GetElapsedTime(started).TotalSeconds;

    /// <summary>The times so far: the total, then each stage.</summary>
    public FigureSet Figures => TimeFigures.Of(TotalSeconds, Stages);

    /// <summary>How long a stage that is over took.</summary>
    public double SecondsOf(Stage stage) => stages.First(time => time.Stage == stage).Seconds;

    /// <summary>Does a stage's work and keeps its time.</summary>
    public T Run<T>(Stage stage, Func<T> work)
    {
        long begin = time.GetTimestamp();
        T result = work();
        stages.Add(new StageTime(stage, time.GetElapsedTime(begin).TotalSeconds));
        return result;
    }
}
