using Spectre.Console;

namespace Fringe.App.Reports;

/// <summary>A bar for work that only knows what share of it is done; nothing where there is no terminal.</summary>
internal static class ShareProgressView
{
    /// <param name="console">Where the bar stands while the work lasts.</param>
    /// <param name="label">What is being done: "merge".</param>
    /// <param name="work">Reports from 0 to 1.</param>
    public static T Run<T>(IAnsiConsole console, string label, Func<IProgress<double>, T> work)
    {
        Capabilities terminal = console.Profile.Capabilities;
        if (!terminal.Ansi || !terminal.Interactive)
        {
            return work(new Listener(_ => { }));
        }

        return console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(label), maxValue: 1);
                return work(new Listener(share => task.Value = share));
            });
    }

    private sealed class Listener(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
