using Spectre.Console;

namespace Fringe.App.Terminal;

/// <summary>
/// What every progress view stands in: a bar on a terminal; elsewhere (redirected, a log, a CI job) plain lines without control codes;
/// nothing when silent.
/// </summary>
internal sealed class ProgressFrame(IAnsiConsole console, ProgressMode mode)
{
    /// <summary>Does <paramref name="work"/> while showing what it reports; reports may come from any thread.</summary>
    /// <param name="label">Stands before the bar until the first report.</param>
    /// <param name="textWidth">Columns of the terminal that the bar must leave to the text.</param>
    /// <param name="work">It is given the place to report to.</param>
    /// <param name="onBar">Shows a report on a bar from 0 to 1.</param>
    /// <param name="onLines">Prints a line for a report if one is due.</param>
    /// <param name="further">Columns behind the percentage.</param>
    /// <returns>What the work returns; its exceptions pass through and the terminal is left clean.</returns>
    public TResult Run<TReport, TResult>(
        string label,
        int textWidth,
        Func<IProgress<TReport>, TResult> work,
        Action<ProgressTask, TReport> onBar,
        Action<TReport> onLines,
        params ProgressColumn[] further
    )
    {
        if (mode == ProgressMode.Silent)
        {
            return work(new ProgressListener<TReport>(_ => { }));
        }

        Capabilities terminal = console.Profile.Capabilities;
        if (!terminal.Ansi || !terminal.Interactive)
        {
            return work(new ProgressListener<TReport>(onLines));
        }

        return console
            .Progress()
            .AutoClear(true)
            .Columns([
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = Math.Clamp(console.Profile.Width - textWidth, 5, 40) },
                new PercentageColumn(),
                .. further,
            ])
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(label), maxValue: 1);
                return work(new ProgressListener<TReport>(report => onBar(task, report)));
            });
    }
}
