using Fringe.Core;
using Fringe.Core.Tensors;
using Fringe.Formats.Crystals;
using Fringe.Simulation.Lammps;

namespace Fringe.Simulation.TrainingSet;

/// <summary>
/// Makes a set of crystals: as many LAMMPS processes at a time as there are workers, every finished crystal on disk at once, so
/// that a killed run loses those under way and its rerun ends with the same bytes.
/// </summary>
public sealed class TrainingSetGenerator
{
    // Where as many runs fail one after the other, LAMMPS or its input is at fault and not one crystal.
    private const int MostFailuresInARow = 10;
    private const int MostDraws = 1000;

    private readonly LammpsInstallation installation;
    private readonly TrainingSetOptions options;
    private readonly TimeProvider time;

    /// <param name="installation">LAMMPS.</param>
    /// <param name="options">Which set.</param>
    /// <param name="time">For the log.</param>
    /// <exception cref="InputException">The options cannot be used.</exception>
    public TrainingSetGenerator(LammpsInstallation installation, TrainingSetOptions options, TimeProvider time)
    {
        OptionProblem.RequireNone(options.Validate());
        this.installation = installation;
        this.options = options;
        this.time = time;
    }

    /// <summary>Makes what is missing in the folder.</summary>
    /// <param name="path">A new folder, or one that a run with the same options began.</param>
    /// <param name="programVersion">For provenance.</param>
    /// <param name="progress">Told after every crystal, from any thread, one at a time.</param>
    /// <param name="cancellation">Ends LAMMPS; finished crystals stay.</param>
    /// <exception cref="InputException">The folder is foreign or not writable, the disk is full, LAMMPS fails every time.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SimulationProgress Run(
        string path,
        string programVersion,
        IProgress<SimulationProgress> progress,
        CancellationToken cancellation
    )
    {
        CrystalProvenance provenance = new(
            options.Seed,
            RecipeJson.Write(options.Recipe),
            installation.Version,
            Path.GetFileName(installation.Potential),
            installation.PotentialHash,
            programVersion,
            options.Recipe.LatticeConstantNanometres
        );
        using TrainingSetFolder folder = TrainingSetFolder.Open(path, options, provenance);
        folder.Tidy();
        ShardAssembler shards = new(folder, options, provenance);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using SimulationLog log = new(path, time);
        Tally tally = new(shards.Missing(), options.Indices().Count(), progress);
        CrystalMaker maker = new(options, installation, folder, time);
        tally.Report();
        // Threads of their own: LAMMPS ends with the thread that started it.
        Thread[] workers =
        [
            .. Enumerable
                .Range(0, Math.Min(options.Workers, Math.Max(1, tally.Left)))
                .Select(number => new Thread(() => Work(maker, shards, tally, log, stop))
                {
                    Name = $"crystals {number}",
                }),
        ];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        cancellation.ThrowIfCancellationRequested();
        if (tally.Fault is { } fault)
        {
            throw fault is IOException or UnauthorizedAccessException
                ? new InputException(
                    $"{path}: cannot be written ({fault.Message}); free some space and run it again",
                    fault
                )
            : fault is InputException ? fault
            : new InvalidOperationException(fault.Message, fault);
        }

        shards.Finish();
        folder.Tidy();
        return tally.Now();
    }

    private static void Work(
        CrystalMaker maker,
        ShardAssembler shards,
        Tally tally,
        SimulationLog log,
        CancellationTokenSource stop
    )
    {
        // A new thread has the number that was set last, wherever that was, and sums are rounded as the threads share them. Each worker brings a
        // LAMMPS process, too: more threads would only fight for the cores.
        ThreadLimit.Set(1);
        try
        {
            while (!stop.IsCancellationRequested && tally.Next() is { } index)
            {
                MakeUntilItWorks(maker, shards, tally, log, index, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller knows.
        }
        catch (Exception error)
        {
            tally.Fault = error;
            stop.Cancel();
        }
    }

    private static void MakeUntilItWorks(
        CrystalMaker maker,
        ShardAssembler shards,
        Tally tally,
        SimulationLog log,
        int index,
        CancellationToken cancellation
    )
    {
        for (int attempt = 0; ; attempt++)
        {
            CrystalOutcome outcome = maker.Make(index, attempt, cancellation);
            if (outcome.Record is { } record)
            {
                shards.WritePart(record);
            }

            lock (tally)
            {
                if (outcome.Record is null && outcome.Failure is null)
                {
                    tally.AddRedrawn();
                    if (attempt + 1 >= MostDraws)
                    {
                        throw new InputException(
                            $"{MostDraws} draws in a row left no crystal; take fewer `Recipe.MostPlanes`, a larger `Recipe.NearestPlane` or a larger `Recipe.LargestBlockNanometres`"
                        );
                    }

                    continue;
                }

                string word = outcome.Record is null ? "failed" : "made";
                log.Add(
                    index,
                    attempt,
                    word,
                    outcome.Atoms,
                    outcome.LammpsTime,
                    outcome.OtherTime,
                    outcome.Failure ?? ""
                );
                tally.Add(outcome);
                if (outcome.Record is not null)
                {
                    shards.AddDone(index);
                    return;
                }

                if (tally.FailuresInARow >= MostFailuresInARow)
                {
                    throw new InputException(
                        $"LAMMPS failed {MostFailuresInARow} times in a row, last: {outcome.Failure}; its inputs are kept in the folder failures"
                    );
                }
            }
        }
    }

    // What the workers share; whoever changes it holds its lock.
    private sealed class Tally(IReadOnlyCollection<int> missing, int total, IProgress<SimulationProgress> progress)
    {
        private readonly Queue<int> open = new(missing);
        private readonly int before = total - missing.Count;
        private int made;
        private int redrawn;
        private int failed;
        private TimeSpan lammpsTime;

        public int FailuresInARow { get; private set; }

        public Exception? Fault { get; set; }

        public int Left => open.Count;

        public int? Next()
        {
            lock (this)
            {
                return open.TryDequeue(out int index) ? index : null;
            }
        }

        public void AddRedrawn() => redrawn++;

        public void Add(CrystalOutcome outcome)
        {
            lammpsTime += outcome.LammpsTime;
            made += outcome.Record is null ? 0 : 1;
            failed += outcome.Record is null ? 1 : 0;
            FailuresInARow = outcome.Record is null ? FailuresInARow + 1 : 0;
            Report();
        }

        public SimulationProgress Now() => new(before + made, total, made, redrawn, failed, lammpsTime);

        public void Report() => progress.Report(Now());
    }
}
