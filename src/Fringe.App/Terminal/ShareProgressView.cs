using Spectre.Console;

namespace Fringe.App.Terminal;

/// <summary>A bar for work that only knows what share of it is done; nothing where there is no terminal.</summary>
internal static class ShareProgressView
{
    /// <param name="console">Where the bar stands while the work lasts.</param>
    /// <param name="label">What is being done: "merge".</param>
    /// <param name="work">Reports from 0 to 1.</param>
    /// <param name="mode">Whether to show it.</param>
    public static T Run<T>(
        IAnsiConsole console,
        string label,
        Func<IProgress<double>, T> work,
        ProgressMode mode = ProgressMode.Automatic
    ) =>
        new ProgressFrame(console, mode).Run(
            label,
            textWidth: 40,
            work,
            (task, share) => task.Value = share,
            _ => { },
            new RemainingTimeColumn()
        );
}
