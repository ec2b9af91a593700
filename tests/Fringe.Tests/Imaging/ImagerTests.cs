using Fringe.Core;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Imaging;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ImagerTests
{
    private static readonly Iterate Few = new()
    {
        Recipe = PhasingRecipe.Parse("5*ER+5*HIO+5*ER", Iterate.DefaultBeta),
        AverageLast = 0,
    };

    private static readonly RefineWithBlur Short = new() { Refine = new Refine().WithSteps(4) with { FinalSteps = 2 } };

    private static readonly ImagingOptions Quick = new()
    {
        Method = new Iterations { Iterate = Few, Starts = 2 },
        Preparation = new PreparationOptions { Shape = [32, 32, 32] },
        Replicas = 2,
        Seed = 3,
    };

    private static readonly ImagerOptions OneThread = new() { Threads = 1 };

    public static TheoryData<string> Methods => [.. All.Keys];

    private static readonly Dictionary<string, ImagingMethod> All = new()
    {
        ["random"] = new FromRandom
        {
            Iterate = Few,
            Refinement = Short,
            Starts = 2,
        },
        ["given"] = new FromObject { Iterate = Few, Refinement = Short },
        ["iterative"] = Quick.Method,
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Image_FromTwoThreads_GivesTheSameBytes(string name)
    {
        using Imager imager = Imager.Create(OneThread);
        Measurement measurement = Measure();
        ImagingOptions options = Quick with { Method = All[name] };
        ImagingResult?[] results = new ImagingResult?[2];
        for (int i = 0; i < results.Length; i++)
        {
            int at = i;
            Thread thread = new(() => results[at] = Image(imager, measurement, options));
            thread.Start();
            thread.Join();
        }

        ImagingResult fresh;
        using (Imager another = Imager.Create(OneThread))
        {
            fresh = Image(another, measurement, options);
        }

        AssertSame(fresh, results[0]!);
        AssertSame(fresh, results[1]!);
    }

    // They take turns on the imager's thread.
    [Fact]
    public void Image_SeveralAtOnce_GiveWhatEachGivesAlone()
    {
        using Imager imager = Imager.Create(OneThread);
        Measurement measurement = Measure();
        ImagingOptions[] options = [Quick, Quick with { Seed = 4 }, Quick with { Seed = 5 }];
        ImagingResult[] alone = [.. options.Select(one => Image(imager, measurement, one))];
        ImagingResult[] together = new ImagingResult[options.Length];
        Thread[] threads =
        [
            .. options.Select((one, i) => new Thread(() => together[i] = Image(imager, measurement, one))),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        for (int i = 0; i < options.Length; i++)
        {
            AssertSame(alone[i], together[i]);
        }

        Assert.NotEqual(alone[0].Crystal.Object.Interleaved, alone[1].Crystal.Object.Interleaved);
    }

    [Fact]
    public void Image_Measurement_KnowsWhereItIsFrom()
    {
        using Imager imager = Imager.Create(new ImagerOptions { Threads = 2 });
        Measurement measurement = Measure();

        ImagingResult result = Image(imager, measurement, Quick);

        Assert.Same(measurement, result.Measurement);
        Assert.Equal(measurement.HashStack(), result.DataHash);
        Assert.Equal(Quick, result.Options);
        Assert.Equal(2, result.Imager.Threads);
        Assert.Equal(["random 3", "random 4"], result.Starts.Select(start => start.Origin).Order());
        Assert.Equal(0.8, result.LeastAgreement);
        Assert.Equal(["5*ER+5*HIO+5*ER"], result.Recipes);
        Assert.Equal(2, result.Uncertainty!.Replicas);
        Assert.Null(result.Network);
        Assert.Null(result.Space);
        Assert.Equal(32 * 32 * 32, result.Mask.Length);
        Assert.Equal(result.Fit.SupportVoxels, result.Crystal.Support.Count(inside => inside));
        Assert.Equal(
            ["prepare", "phase", "estimate uncertainty"],
            result.Clock.Stages.Select(stage => stage.Stage.Name)
        );
    }

    [Fact]
    public void Image_PreparedPattern_IsAsOfItsMeasurement()
    {
        using Imager imager = Imager.Create(OneThread);
        using SyntheticProblem problem = Problem();

        ImagingResult prepared = Image(imager, problem.Pattern, Quick);
        ImagingResult measured = Image(
            imager,
            Measure(),
            Quick with
            {
                Preparation = Quick.Preparation with { MaskHotPixels = false },
            }
        );

        Assert.Equal(measured.Measured.Values, prepared.Measured.Values);
        Assert.Equal(measured.Crystal.Object.Interleaved, prepared.Crystal.Object.Interleaved);
        Assert.Equal(measured.DataHash, prepared.DataHash);
    }

    [Fact]
    public void Image_Watch_HearsEveryStepOfEveryStage()
    {
        using Imager imager = Imager.Create(OneThread);
        Listener listener = new();

        Image(imager, Measure(), Quick, listener);

        Assert.Equal(30, listener.Heard.Count(update => update.Stage == ImagingStage.Phase));
        Assert.Equal(
            [(1, 2), (2, 2)],
            listener
                .Heard.Where(update => update.Stage == ImagingStage.Uncertainty)
                .Select(update => (update.Step, update.Steps))
        );
        Assert.Single(listener.Threads.Distinct());
    }

    [Fact]
    public void Image_Cancelled_ThrowsAndTheImagerGoesOn()
    {
        using Imager imager = Imager.Create(OneThread);
        using CancellationTokenSource source = new();
        Listener listener = new() { AfterStep = 7, Source = source };

        Assert.ThrowsAny<OperationCanceledException>(() => imager.Image(Measure(), Quick, listener, source.Token));
        Assert.Equal(7, listener.Heard.Count);
        Assert.NotNull(Image(imager, Measure(), Quick));
    }

    [Fact]
    public void Create_BadOptions_NamesEveryProblem()
    {
        Assert.SkipWhen(cuda.is_available(), "this machine has a usable card");

        InputException error = Assert.Throws<InputException>(() =>
            Imager.Create(new ImagerOptions { Threads = 0, Device = ComputeDevice.Cuda }).Dispose()
        );
        Assert.Contains("`Threads` must be 1 to 1024", error.Message);
        Assert.Contains("`Device` cuda", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Image_BadOptions_NamesEveryProblem()
    {
        using Imager imager = Imager.Create(OneThread);
        ImagingOptions bad = new()
        {
            Preparation = new PreparationOptions { Bin = [0, 1, 1] },
            Method = new Iterations { Starts = 0 },
            FreeFraction = 0.6,
            Replicas = 1,
        };
        string[] problems = [.. bad.Validate().Select(problem => problem.ToString())];

        InputException error = Assert.Throws<InputException>(() => Image(imager, Measure(), bad));

        Assert.Equal(4, problems.Length);
        Assert.All(problems, problem => Assert.Contains(problem, error.Message));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains(
            bad.Preparation.Validate().First().ToString(),
            Assert.Throws<InputException>(() => imager.Predict(Measure(), bad.Preparation, Token)).Message
        );
    }

    [Fact]
    public void Image_NothingButNaN_IsBadInput()
    {
        using Imager imager = Imager.Create(OneThread);
        Measurement nothing = new()
        {
            Name = "nothing",
            Stack = new RealVolume([.. Enumerable.Repeat(float.NaN, 32 * 32 * 32)], 32, 32, 32),
        };

        Assert.Contains(
            "nothing was measured",
            Assert.Throws<InputException>(() => Image(imager, nothing, Quick)).Message
        );
    }

    [Fact]
    public void Image_NoFiniteStart_IsBadInput()
    {
        using var scope = NewDisposeScope();
        using Imager imager = Imager.Create(OneThread);
        Tensor intensity = ones(16, 16, 16);
        intensity[1, 2, 3] = float.NaN;
        using DiffractionPattern pattern = new(intensity, zeros([16, 16, 16], ScalarType.Bool));

        Assert.Contains(
            "no finite numbers",
            Assert.Throws<InputException>(() => Image(imager, pattern, Quick)).Message
        );
    }

    [Fact]
    public void Image_FromAnObjectThatIsNotThere_IsBadInput()
    {
        using Imager imager = Imager.Create(OneThread);
        ImagingOptions options = Quick with { Method = All["given"] };

        Assert.Throws<InputException>(() => Image(imager, Measure() with { Initial = null }, options));
        Assert.Contains(
            "32 x 32 x 32",
            Assert
                .Throws<InputException>(() =>
                    Image(imager, Measure() with { Initial = new ComplexVolume(new float[2 * 8], 2, 2, 2) }, options)
                )
                .Message
        );
    }

    [Fact]
    public void Dispose_Unused_LeavesNothing()
    {
        using Imager imager = Imager.Create(OneThread);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ImagingResult Image(
        Imager imager,
        Measurement measurement,
        ImagingOptions options,
        IProgress<ImagingUpdate>? watch = null
    ) => imager.Image(measurement, options, watch, Token);

    private static ImagingResult Image(Imager imager, DiffractionPattern pattern, ImagingOptions options) =>
        imager.Image(pattern, options, null, Token);

    private static SyntheticProblem Problem() =>
        SyntheticProblems.Create(new("1e7 photons") { Size = 32, Photons = 1e7 });

    private static Measurement Measure()
    {
        using SyntheticProblem problem = Problem();
        return new Measurement
        {
            Name = "crystal",
            Stack = problem.Pattern.Intensity.ToRealVolume(),
            Initial = problem.Truth.ToComplexVolume(),
        };
    }

    private static void AssertSame(ImagingResult wanted, ImagingResult found)
    {
        Assert.Equal(wanted.Crystal.Object.Interleaved, found.Crystal.Object.Interleaved);
        Assert.Equal(wanted.Crystal.Support, found.Crystal.Support);
        Assert.Equal(wanted.Modelled.Values, found.Modelled.Values);
        Assert.Equal(wanted.Uncertainty!.Amplitude.Values, found.Uncertainty!.Amplitude.Values);
        Assert.Equal(wanted.Uncertainty.PhaseRadians.Values, found.Uncertainty.PhaseRadians.Values);
        Assert.Equal(wanted.Network, found.Network);
        Assert.Equal(
            wanted.Figures.Select(value => (value.Figure.JsonName, value.Value)),
            found.Figures.Select(value => (value.Figure.JsonName, value.Value))
        );
    }

    private sealed class Listener : IProgress<ImagingUpdate>
    {
        public List<ImagingUpdate> Heard { get; } = [];

        public List<int> Threads { get; } = [];

        public int AfterStep { get; init; } = -1;

        public CancellationTokenSource? Source { get; init; }

        public void Report(ImagingUpdate value)
        {
            Heard.Add(value);
            Threads.Add(Environment.CurrentManagedThreadId);
            if (Heard.Count == AfterStep)
            {
                Source!.Cancel();
            }
        }
    }
}
