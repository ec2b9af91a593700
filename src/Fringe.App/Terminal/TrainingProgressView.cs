using Fringe.Imaging.Figures;
using Fringe.Learning.Training;
using Spectre.Console;

namespace Fringe.App.Terminal;

/// <summary>
/// Shows how a training gets on: a bar with loss, validation and speed on a terminal; elsewhere a plain line each two minutes and at
/// every new validation, without control codes.
/// </summary>
internal sealed class TrainingProgressView(IAnsiConsole console, TimeProvider clock, ProgressMode mode)
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromMinutes(2);

    /// <summary>Does <paramref name="work"/> while showing what it reports.</summary>
    public TrainingOutcome Run(Func<IProgress<TrainingProgress>, TrainingOutcome> work)
    {
        long shown = clock.GetTimestamp();
        double validation = double.NaN;
        return new ProgressFrame(console, mode).Run(
            "training",
            textWidth: 90,
            work,
            (task, progress) =>
            {
                task.Value = (double)progress.Step / progress.Steps;
                task.Description = Markup.Escape(Describe(progress));
            },
            progress =>
            {
                bool isNew = !validation.Equals(progress.ValidationError);
                if (isNew || clock.GetElapsedTime(shown) > LineEvery || progress.Step == progress.Steps)
                {
                    (shown, validation) = (clock.GetTimestamp(), progress.ValidationError);
                    console.WriteLine(Describe(progress));
                }
            },
            new RemainingTimeColumn()
        );
    }

    /// <summary>"all  step 1 200/25 000  loss 0.0812  validation 0.0312  14.2 examples/s  waiting 7 %".</summary>
    private static string Describe(TrainingProgress progress)
    {
        string text =
            $"{progress.Stage}  step {NumberText.Count(progress.Step)}/{NumberText.Count(progress.Steps)}  "
            + $"loss {NumberText.Figure(progress.Loss)}";
        string validation = double.IsNaN(progress.ValidationError)
            ? ""
            : $"  validation {NumberText.Figure(progress.ValidationError)}";
        return FormattableString.Invariant(
            $"{text}{validation}  {progress.SamplesPerSecond:F1} examples/s  waiting {100 * progress.DataShare:F0} %"
        );
    }
}
