using Fringe.Core;
using Fringe.Formats.SafeTensors;
using Fringe.Learning.Augmentation;
using Fringe.Learning.Losses;
using Fringe.Learning.Networks;
using Fringe.Learning.Training;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Training;

/// <summary>A training resumes as if it had not stopped, and never collapses in silence.</summary>
[Collection(TensorTests.Name)]
public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Stopped in the middle of an epoch and of a stage; cdinn draws dropout, too.
    [Theory]
    [InlineData("fringe", false, 3)]
    [InlineData("cdinn", true, 3)]
    [InlineData("cdinn", true, 4)]
    public void Run_Interrupted_EndsWithTheSameWeights(string preset, bool isStaged, int stopAfter)
    {
        TrainingOptions options = Small(preset) with { IsStaged = isStaged };
        string whole = NewFolder("whole");
        string parts = NewFolder("parts");
        Run(options, whole);

        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => Run(options, parts, new StopAt(stopAfter, stop), stop.Token));

        TrainingOutcome outcome = Run(options, parts);

        Assert.Equal(TrainingStop.Finished, outcome.Stop);
        SafeTensorsContent a = Checkpoint(whole);
        SafeTensorsContent b = Checkpoint(parts);
        Assert.Equal(a.Metadata["step"], b.Metadata["step"]);
        Assert.All(a.Tensors, item => Assert.Equal(item.Value.Data, b.Tensors[item.Key].Data));
        Assert.Equal(
            File.ReadAllLines(Path.Combine(whole, HistoryFile.Name)).Length,
            File.ReadAllLines(Path.Combine(parts, HistoryFile.Name)).Length
        );
    }

    // A service's other requests draw from it, too.
    [Theory]
    [InlineData("fringe")]
    [InlineData("cdinn")]
    public void Run_AnyNetwork_LeavesTheProcessGeneratorAlone(string preset)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(7);
        Tensor expected = rand(8);
        random.manual_seed(7);

        Run(Small(preset) with { Epochs = 1 }, NewFolder("a"));

        Assert.True(rand(8).Equals(expected));
    }

    // The loop by itself: no file, no folder.
    [Fact]
    public void Next_WithoutAFolder_TrainsAsInOne()
    {
        TrainingOptions options = Small("fringe");
        string path = NewFolder("a");
        TrainingOutcome outcome = Run(options, path);
        using TrainingLoop loop = Loop(options);
        List<TrainingStep> steps = [];
        while (loop.Step < loop.Steps)
        {
            // What lives from step to step is no caller's.
            using var scope = NewDisposeScope();
            steps.Add(loop.Next());
        }

        Assert.Equal(outcome.Step, steps.Count);
        Assert.Equal(
            outcome.History.Select(record => record.ValidationLoss),
            steps.Where(step => step.Epoch is not null).Select(step => step.Epoch!.ValidationLoss)
        );
        SafeTensorsContent saved = Checkpoint(path);
        SafeTensorsContent own = NetworkWeights.Export(
            loop.Network,
            ScalarType.Float32,
            new Dictionary<string, string>()
        );
        Assert.All(own.Tensors, item => Assert.Equal(saved.Tensors[item.Key].Data, item.Value.Data));
    }

    [Fact]
    public void Run_AFewSteps_LowersTheLoss()
    {
        TrainingOptions options = Small("fringe") with
        {
            ExamplesPerEpoch = 40,
            BatchSize = 4,
            Epochs = 2,
            WarmUpSteps = 5,
        };

        TrainingOutcome outcome = Run(options, NewFolder("a"));

        Assert.True(outcome.History[1].Loss < outcome.History[0].Loss);
    }

    [Fact]
    public void Run_StageThatHoldsTheEncoder_LeavesItAsItWas()
    {
        // Two steps an epoch, one epoch a stage: stop at the end of the first and of the second stage.
        TrainingOptions options = Small("cdinn") with
        {
            IsStaged = true,
            Epochs = 1,
        };
        string path = NewFolder("a");
        SafeTensorsContent first = StopAndRead(options, path, 2);
        SafeTensorsContent second = StopAndRead(options, path, 4);

        Assert.All(
            first.Tensors.Where(item =>
                item.Key.StartsWith("encoder", StringComparison.Ordinal)
                || item.Key.StartsWith("shape", StringComparison.Ordinal)
            ),
            item => Assert.Equal(item.Value.Data, second.Tensors[item.Key].Data)
        );
        Assert.Contains(
            first.Tensors.Where(item => item.Key.StartsWith("phase", StringComparison.Ordinal)),
            item => !item.Value.Data.SequenceEqual(second.Tensors[item.Key].Data)
        );
    }

    [Fact]
    public void Run_ExampleThatIsNoNumber_IsNamed()
    {
        using TrainingLoop loop = Loop(Small("fringe"), new Broken());

        InputException error = Assert.Throws<InputException>(() =>
            Folder(NewFolder("a")).Run(loop, new Silent(), TestContext.Current.CancellationToken)
        );

        Assert.Contains("example ", error.Message);
    }

    [Fact]
    public void Run_AbsurdRate_StopsWithTheReason()
    {
        TrainingOptions options = Small("cdinn") with
        {
            LearningRate = 1,
            WarmUpSteps = 0,
            Epochs = 20,
            GradientNorm = 1e9,
        };

        TrainingOutcome outcome = Run(options, NewFolder("a"));

        Assert.NotEqual(TrainingStop.Finished, outcome.Stop);
    }

    [Fact]
    public void Run_CheckpointOfOtherOptions_IsRefused()
    {
        string path = NewFolder("a");
        Run(Small("fringe") with { Epochs = 1 }, path);

        Assert.Contains(
            "other options",
            Assert
                .Throws<InputException>(() => Run(Small("fringe") with { Epochs = 1, LearningRate = 1e-4 }, path))
                .Message
        );
        Assert.Contains(
            "'fringe', not of 'cdinn'",
            Assert.Throws<InputException>(() => Run(Small("cdinn") with { Epochs = 1 }, path)).Message
        );
    }

    [Fact]
    public void Run_Finished_EventsAreItsHistory()
    {
        string path = NewFolder("a");
        TrainingOutcome outcome = Run(Small("fringe"), path);
        IReadOnlyList<EventFile.Scalar> events = EventFile.ReadFolder(path);

        Assert.Equal(7 * 2, events.Count);
        foreach (EpochRecord record in outcome.History)
        {
            Dictionary<string, float> found = events
                .Where(point => point.Step == record.Epoch)
                .ToDictionary(point => point.Tag, point => point.Value);
            Assert.Equal((float)record.Loss, found["loss/training"]);
            Assert.Equal((float)record.ValidationLoss, found["loss/validation"]);
            Assert.Equal((float)record.MedianError, found["error/median"]);
            Assert.Equal((float)record.WorstError, found["error/95th percentile"]);
            Assert.Equal((float)record.LearningRate, found["learning rate"]);
            Assert.Equal((float)record.SamplesPerSecond, found["speed/examples per second"]);
            Assert.Equal((float)record.DataShare, found["speed/data share"]);
        }

        Assert.All(events, point => Assert.InRange(point.WallTime, 1.6e9, 1e10));
        Run(Small("fringe"), path);
        // Nothing was left to do.
        Assert.Single(EventFile.Paths(path));
    }

    // kill -9 within the second epoch while a record is written: the file ends early, the next run has one of its own.
    [Fact]
    public void Run_KilledWhileEventsAreWritten_GoesOnWithAllOfThem()
    {
        string path = NewFolder("a");
        StopAndRead(Small("fringe"), path, 3);
        string first = Assert.Single(EventFile.Paths(path));
        File.WriteAllBytes(first, File.ReadAllBytes(first)[..^5]);
        Assert.Equal(6, EventFile.Read(first).Count);

        Run(Small("fringe"), path);

        IReadOnlyList<EventFile.Scalar> events = EventFile.ReadFolder(path);
        Assert.Equal(2, EventFile.Paths(path).Count);
        Assert.Equal(Enumerable.Repeat(1, 6).Concat(Enumerable.Repeat(2, 7)), events.Select(point => point.Step));
    }

    // Killed after the epoch's figures and before its checkpoint: it is done again, and its losses are the same.
    [Fact]
    public void Run_KilledBeforeTheCheckpoint_RepeatsTheSamePoints()
    {
        string path = NewFolder("a");
        TrainingOptions options = Small("fringe") with { Epochs = 1 };
        Run(options, path);
        File.Delete(Path.Combine(path, TrainingFolder.CheckpointName));
        Run(options, path);

        IEnumerable<IGrouping<string, EventFile.Scalar>> curves = EventFile
            .ReadFolder(path)
            .Where(point => !point.Tag.StartsWith("speed", StringComparison.Ordinal))
            .GroupBy(point => point.Tag);
        Assert.All(
            curves,
            curve =>
            {
                Assert.Equal([1, 1], curve.Select(point => point.Step));
                Assert.Single(curve.Select(point => point.Value).Distinct());
            }
        );
    }

    private static TrainingOptions Small(string preset) =>
        new()
        {
            Preset = preset,
            Epochs = 2,
            ExamplesPerEpoch = 4,
            BatchSize = 2,
            ValidationExamples = 2,
            WarmUpSteps = 2,
            Compute = preset == "cdinn" ? ScalarType.Float32 : ScalarType.BFloat16,
            Loss = preset == "cdinn" ? LossOptions.Paper : new LossOptions(),
        };

    private static TrainingOutcome Run(TrainingOptions options, string path) =>
        Run(options, path, new Silent(), TestContext.Current.CancellationToken);

    private static TrainingOutcome Run(
        TrainingOptions options,
        string path,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellation
    )
    {
        using TrainingLoop loop = Loop(options);
        return Folder(path).Run(loop, progress, cancellation);
    }

    private static TrainingLoop Loop(TrainingOptions options, CrystalSource? source = null) =>
        new(
            options,
            source ?? new ProceduralCrystals(),
            new ProceduralCrystals(),
            new MeasurementOptions(),
            TimeProvider.System
        );

    private static TrainingFolder Folder(string path) =>
        new(path, "procedural", null, new Dictionary<string, string>(), TimeProvider.System);

    private static SafeTensorsContent StopAndRead(TrainingOptions options, string path, int step)
    {
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => Run(options, path, new StopAt(step, stop), stop.Token));
        return Checkpoint(path);
    }

    private static SafeTensorsContent Checkpoint(string path) =>
        SafeTensorsFile.Read(Path.Combine(path, TrainingFolder.CheckpointName));

    private string NewFolder(string name) => Directory.CreateDirectory(folder.File(name)).FullName;

    private sealed class Silent : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) { }
    }

    private sealed class StopAt(long step, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= step)
            {
                source.Cancel();
            }
        }
    }

    private sealed class Broken : CrystalSource
    {
        public override void Draw(Random random, int size, Span<float> psi) => psi.Fill(float.NaN);
    }
}
