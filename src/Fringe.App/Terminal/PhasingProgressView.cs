using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Spectre.Console;

namespace Fringe.App.Terminal;

/// <summary>
/// Shows a phasing run while it lasts: a bar with stage, iteration, algorithm, chi and time left on a terminal; elsewhere
/// (redirected, a log, a CI job) a plain line each tenth of the way, without control codes.
/// </summary>
internal sealed class PhasingProgressView(IAnsiConsole console, TimeProvider clock, ProgressMode mode)
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Does <paramref name="work"/> while showing what it reports; reports may come from any thread.</summary>
    /// <param name="label">Stands before the bar until the first report, and in place of "phase".</param>
    /// <param name="work">The run; it is given the place to report to.</param>
    /// <returns>What the work returns; its exceptions pass through and the terminal is left clean.</returns>
    public T Run<T>(string label, Func<IProgress<ImagingUpdate>, T> work)
    {
        ImagingStage? stage = null;
        var tally = new ProgressTally(clock);
        long shown = long.MinValue;
        int tenthsShown = 0;
        return new ProgressFrame(console, mode).Run<ImagingUpdate, T>(
            label,
            textWidth: 74,
            work,
            (task, update) =>
            {
                Follow(update);
                task.Value = tally.Fraction;
                if (shown == long.MinValue || clock.GetElapsedTime(shown) >= RefreshEvery || tally.Fraction >= 1)
                {
                    shown = clock.GetTimestamp();
                    task.Description = Markup.Escape(Describe(label, update, tally.Left, padded: true));
                }
            },
            update =>
            {
                Follow(update);
                int tenths = (int)((tally.Fraction * 10) + 1e-9);
                if (tenths > tenthsShown)
                {
                    tenthsShown = tenths;
                    string line = Describe(label, update, tally.Left, padded: false);
                    console.WriteLine($"{tenths * 10, 3} %  {line}");
                }
            }
        );

        void Follow(ImagingUpdate update)
        {
            if (update.Stage != stage)
            {
                stage = update.Stage;
                tally = new ProgressTally(clock);
                tenthsShown = 0;
            }

            tally.Add(update);
        }
    }

    private static string NameOf(ImagingStage stage, string label) =>
        stage switch
        {
            ImagingStage.Uncertainty => "uncertainty",
            ImagingStage.Iterate => "iterate",
            ImagingStage.Refine => "refine",
            _ => label,
        };

    /// <summary>"phase  start 2/5  HIO  345/620  chi 0.00174  12.0 s left"; padded so that a bar behind it stands still.</summary>
    private static string Describe(string label, ImagingUpdate progress, TimeSpan? left, bool padded)
    {
        string stage = NameOf(progress.Stage, label);
        string starts = progress.Starts > 1 ? $"start {progress.Start}/{progress.Starts}  " : string.Empty;
        string total = NumberText.Count(progress.Steps);
        string iteration = NumberText.Count(progress.Step);
        string chi = NumberText.Figure(progress.Chi);
        // Starts that settle early leave the others out.
        string most = progress.Starts > 1 ? "up to " : string.Empty;
        string time = left is { } span ? $"{most}{NumberText.Duration(span)} left" : string.Empty;
        string algorithm = TerminalText.Clean(progress.Algorithm);
        return padded
            ? $"{stage}  {starts}{algorithm, -4} {iteration.PadLeft(total.Length)}/{total}  chi {chi, -8} {time, -21}"
            : $"{stage}  {starts}{algorithm} {iteration}/{total}  chi {chi}  {time}".TrimEnd();
    }
}
