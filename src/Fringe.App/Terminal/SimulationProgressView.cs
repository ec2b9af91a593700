using Fringe.Imaging.Figures;
using Fringe.Simulation.TrainingSet;
using Spectre.Console;

namespace Fringe.App.Terminal;

/// <summary>
/// Shows how a run of <c>fringe simulate</c> gets on: a bar with crystals an hour and time left on a terminal; elsewhere a
/// plain line each twentieth of the way, without control codes.
/// </summary>
internal sealed class SimulationProgressView(IAnsiConsole console, TimeProvider clock, ProgressMode mode)
{
    private const int Steps = 20;
    private static readonly TimeSpan LineEvery = TimeSpan.FromMinutes(5);

    /// <summary>Does <paramref name="work"/> while showing what it reports.</summary>
    public SimulationProgress Run(Func<IProgress<SimulationProgress>, SimulationProgress> work)
    {
        long began = clock.GetTimestamp();
        long shown = began;
        int lastStep = -1;
        return new ProgressFrame(console, mode).Run(
            "crystals",
            textWidth: 76,
            work,
            (task, progress) =>
            {
                task.Value = (double)progress.Done / progress.Total;
                task.Description = Markup.Escape(Describe(progress, clock.GetElapsedTime(began)));
            },
            progress =>
            {
                int step = Steps * progress.Done / progress.Total;
                if (step > lastStep || clock.GetElapsedTime(shown) > LineEvery)
                {
                    (lastStep, shown) = (step, clock.GetTimestamp());
                    console.WriteLine(Describe(progress, clock.GetElapsedTime(began)));
                }
            }
        );
    }

    /// <summary>"crystals 120/1 500  390/h  3 h 32 min left  2 failed".</summary>
    private static string Describe(SimulationProgress progress, TimeSpan elapsed)
    {
        string text = $"crystals {NumberText.Count(progress.Done)}/{NumberText.Count(progress.Total)}";
        if (progress.MadeNow > 0 && elapsed > TimeSpan.Zero)
        {
            double hourly = progress.MadeNow / elapsed.TotalHours;
            text += $"  {NumberText.Count((long)Math.Round(hourly))}/h";
            int left = progress.Total - progress.Done;
            text += left > 0 ? $"  {NumberText.Duration(TimeSpan.FromHours(left / hourly))} left" : "";
        }

        return progress.Failed > 0 ? $"{text}  {NumberText.Count(progress.Failed)} failed" : text;
    }
}
