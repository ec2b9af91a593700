using Fringe.Imaging;

namespace Fringe.App.Terminal;

/// <summary>
/// Adds up the progress of starts that may run one after another or side by side, and estimates the time left.
/// </summary>
internal sealed class ProgressTally(TimeProvider clock)
{
    private readonly long began = clock.GetTimestamp();
    private readonly Dictionary<int, int> doneByStart = [];

    /// <summary>Finished share of all iterations, 0 to 1; never falls.</summary>
    public double Fraction { get; private set; }

    /// <summary>Null until there is something to reckon from, and at the end.</summary>
    public TimeSpan? Left { get; private set; }

    public void Add(ImagingUpdate progress)
    {
        doneByStart[progress.Start] = progress.Step;
        double all = Math.Max(1, (double)progress.Starts * progress.Steps);
        Fraction = Math.Clamp(doneByStart.Values.Sum(done => (double)done) / all, Fraction, 1);
        TimeSpan elapsed = clock.GetElapsedTime(began);
        Left = Fraction is > 0.01 and < 1 ? elapsed * ((1 - Fraction) / Fraction) : null;
    }
}
