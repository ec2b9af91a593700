using System.Diagnostics;
using System.Globalization;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>S54 frame by frame through a session, in order and shuffled: how near the object of some frames is to that of all.</summary>
internal sealed class LiveTable : IDisposable
{
    private const int Advances = 4;
    private static readonly TimeSpan Asked = TimeSpan.FromSeconds(2);
    private static readonly double[] Shares = [0.6, 0.7, 0.8, 0.9, 1];

    private static readonly ImagingOptions Options = new()
    {
        Preparation = S54.Preparation,
        Method = new FromNetwork(),
        Replicas = 0,
    };

    private readonly Imager imager = Imager.Create(new ImagerOptions());
    private readonly Measurement measurement;
    private readonly Tensor whole;
    private readonly float[] wholeNumbers;
    private readonly List<string> rows = [];

    private LiveTable(string results)
    {
        measurement = S54.Source(results).Read(new StageClock(TimeProvider.System), default);
        ImagingResult result = imager.Image(measurement, Options);
        wholeNumbers = result.Crystal.Object.Interleaved;
        whole = result.Crystal.Object.ToTensor();
    }

    /// <param name="results">Folder of the tables.</param>
    public static void Run(string results)
    {
        using LiveTable table = new(results);
        table.Feed(isShuffled: false);
        table.Feed(isShuffled: true);
        string text = $"""
            # A measurement that grows

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- live`: the frames of S54 (128 x 160 x 160) one by one into an `ImagingSession` with the method `network`, on {table.imager.Threads} threads.
            At each share of the frames `Advance` is asked for {Asked.TotalSeconds:0} s, {Advances} times. Distance = real-space distance to the object of the whole measurement; afresh = of these frames phased from the beginning to the end.
            Free misfit: of the voxels that no object of the session was fitted to. At the end `Finish` gives the whole measurement's numbers, bit by bit.

            | frames | first `Advance`, s | distance | after {Advances}, s each | distance | chi | free misfit | afresh, s | distance |
            |---|---|---|---|---|---|---|---|---|
            {string.Join('\n', table.rows)}
            """;
        File.WriteAllText(Path.Combine(results, "live.md"), text + "\n");
    }

    public void Dispose()
    {
        whole.Dispose();
        imager.Dispose();
    }

    private void Feed(bool isShuffled)
    {
        RealVolume stack = measurement.Stack;
        int pixels = stack.Height * stack.Width;
        int[] order = [.. Enumerable.Range(0, stack.Depth)];
        if (isShuffled)
        {
            new Random(5).Shuffle(order);
        }

        ScanHeader header = new()
        {
            Name = measurement.Name,
            Frames = stack.Depth,
            Height = stack.Height,
            Width = stack.Width,
        };
        using ImagingSession session = imager.Open(header, Options);
        session.Correct(measurement.Corrections);
        foreach (double share in Shares)
        {
            while (session.Frames < Math.Round(share * stack.Depth))
            {
                int frame = order[session.Frames];
                session.Add(new DetectorFrame(frame, stack.Values.AsMemory(frame * pixels, pixels)));
            }

            Show($"{(isShuffled ? "shuffled" : "in order")}, {100 * share:F0} %", session);
        }
    }

    private void Show(string name, ImagingSession session)
    {
        List<double> seconds = [];
        SessionUpdate first = Advance();
        SessionUpdate last = first;
        for (int i = 1; i < Advances; i++)
        {
            last = Advance();
        }

        long begin = Stopwatch.GetTimestamp();
        ImagingResult afresh = session.Finish();
        double finished = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        string distance = afresh.Crystal.Object.Interleaved.AsSpan().SequenceEqual(wholeNumbers)
            ? "the same bits"
            : Number(Distance(afresh.Crystal));
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {seconds[0]:F1} | {Distance(first.Crystal!):F4} | {seconds.Skip(1).Average():F1} | {Distance(last.Crystal!):F4} | {last.Fit!.Chi:F4} | {last.Fit!.FreeLogLikelihood:F3} | {finished:F1} | {distance} |"
        );
        AnsiConsole.WriteLine(row);
        rows.Add(row);

        SessionUpdate Advance()
        {
            long start = Stopwatch.GetTimestamp();
            SessionUpdate update = session.Advance(Asked);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            return update;
        }
    }

    private static string Number(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private double Distance(CrystalView crystal)
    {
        using Tensor psi = crystal.Object.ToTensor();
        return RealSpaceError.Of(psi, whole);
    }
}
