using Fringe.Core;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
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
public sealed class ImagingSessionTests(ITestOutputHelper output)
{
    private const int Size = 24;
    private static readonly ImagerOptions OneThread = new() { Threads = 1 };

    private static readonly ImagingOptions Options = new()
    {
        Preparation = new PreparationOptions { Shape = [Size, Size, Size], MaskHotPixels = false },
        Method = new FromRandom
        {
            Iterate = RefinedPhasing.FromRandom with { Recipe = PhasingRecipe.Parse("10*ER+40*HIO+10*ER", 0.9) },
            Starts = 1,
        },
        Replicas = 0,
    };

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finish_FramesOneByOne_IsTheStacks(bool isShuffled)
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        using Imager imager = Imager.Create(OneThread);
        ImagingResult whole = imager.Image(new Measurement { Name = "whole", Stack = stack }, Options, null, Token);

        using ImagingSession session = imager.Open(Header(), Options);
        AddAll(session, stack, isShuffled);

        ImagingResult grown = session.Finish(null, Token);

        Assert.Equal(whole.Crystal.Object.Interleaved, grown.Crystal.Object.Interleaved);
        Assert.Equal(whole.Crystal.Support, grown.Crystal.Support);
        Assert.Equal(whole.Fit.FreeLogLikelihood, grown.Fit.FreeLogLikelihood);
    }

    // The peak is in the middle: a session that has it finds the crystal, and comes nearer with every further frame.
    [Fact]
    public void Advance_MoreFrames_ComesNearer()
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        using Imager imager = Imager.Create(OneThread);
        using ImagingSession session = imager.Open(Header(), Options);
        List<double> errors = [];
        for (int frame = 0; frame < Size; frame++)
        {
            session.Add(Frame(stack, frame));
            if (frame + 1 is 15 or 18 or 21 or Size)
            {
                SessionUpdate update = Settle(session);
                using Tensor found = update.Crystal!.Object.ToTensor();
                errors.Add(RealSpaceError.Of(found, problem.Truth));
                output.WriteLine($"{update.Frames} frames: error {errors[^1]:F4}, chi {update.Fit!.Chi:F5}");
            }
        }

        Assert.True(errors[^1] < 0.05, $"error {errors[^1]}");
        Assert.True(errors[^1] < errors[0], $"{errors[0]} to {errors[^1]}");
    }

    [Fact]
    public void Advance_Next_ShowsTheSameTwinInTheSamePlace()
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        using Imager imager = Imager.Create(OneThread);
        using ImagingSession session = imager.Open(Header(), Options);
        using var scope = NewDisposeScope();
        Tensor? before = null;
        for (int frame = 0; frame < Size; frame++)
        {
            session.Add(Frame(stack, frame));
            if (frame + 1 is 18 or 20 or 22 or Size)
            {
                Tensor now = Settle(session).Crystal!.Object.ToTensor();
                if (before is not null)
                {
                    // Neither moved nor mirrored: as it stands it lies nearly as well on the one before as at its best. How much the object
                    // itself changes with the frames is chance.
                    double overlap = TrivialTransforms.Overlap(now, before).Magnitude;
                    double norms = TestTensors.Norm(now) * TestTensors.Norm(before);
                    using AlignedObject best = Alignment.Align(before, now, removeRamp: false);
                    string found = $"correlation {overlap / norms}, at its best {best.Correlation} at frame {frame}";
                    Assert.True(overlap / norms > 0.95 * best.Correlation && best.Correlation > 0.7, found);
                }

                before = now;
            }
        }
    }

    // Two measurements that differ in the photons of the voxels that judge, and in nothing else, have one object.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Advance_ToTheEnd_HasNotFittedTheJudges(bool isRefined)
    {
        using SyntheticProblem problem = Problem();
        Iterate iterate = new()
        {
            Recipe = PhasingRecipe.Parse("10*ER+40*HIO+10*ER", 0.9),
            InitialSupport = new InitialSupport { Kind = InitialSupportKind.Box },
        };
        // Judged once: judges that choose between steps have a say.
        Refine refine = new Refine().WithSteps(20) with
        {
            ExtraSteps = 0,
            JudgeEvery = 100,
        };
        ImagingOptions options = Options with
        {
            Method = isRefined
                ? new FromRandom
                {
                    Iterate = iterate,
                    Refinement = new RefineWithBlur { Refine = refine, Coherence = CoherenceFit.Never },
                    Starts = 1,
                }
                : new Iterations { Iterate = iterate, Starts = 1 },
        };
        using var scope = NewDisposeScope();
        Tensor free = FreeVoxels.Choose(problem.Pattern, options.FreeFraction, options.Seed);
        Tensor other = problem.Pattern.Intensity + (free * ((3 * problem.Pattern.Intensity) + 7));
        using Imager imager = Imager.Create(OneThread);

        Tensor found = Found(problem.Pattern.Intensity);
        Tensor foundOfOther = Found(other);

        double overlap = TrivialTransforms.Overlap(found, foundOfOther).Magnitude;
        double correlation = overlap / (TestTensors.Norm(found) * TestTensors.Norm(foundOfOther));
        Assert.True(correlation > 1 - 1e-6, $"correlation {correlation}");

        Tensor Found(Tensor intensity)
        {
            RealVolume stack = intensity.ToRealVolume();
            using ImagingSession session = imager.Open(Header(), options);
            AddAll(session, stack);

            return Settle(session).Crystal!.Object.ToTensor();
        }
    }

    [Fact]
    public void Open_FromAnObject_NeedsOne()
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        using Imager imager = Imager.Create(OneThread);
        ImagingOptions options = Options with { Method = new FromObject() };

        Assert.Contains("Initial", Assert.Throws<InputException>(() => imager.Open(Header(), options)).Message);

        ScanHeader header = Header() with { Initial = problem.Truth.ToComplexVolume() };
        using ImagingSession session = imager.Open(header, options);
        AddAll(session, stack);

        using Tensor found = Settle(session).Crystal!.Object.ToTensor();
        Assert.True(RealSpaceError.Of(found, problem.Truth) < 0.02);
    }

    // What a first start made of the frames is left where another explains them better.
    [Fact]
    public void Advance_LeaderIsWrong_AChallengerLeads()
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        using Tensor wrong = ones_like(problem.Truth);
        using Imager imager = Imager.Create(OneThread);
        double alone = ErrorOf(new GivenStarts(wrong));
        double challenged = ErrorOf(new GivenStarts(wrong, problem.Truth));

        Assert.True(alone > 0.2, $"error {alone} of what should be wrong");
        Assert.True(challenged < 0.02, $"error {challenged}");

        double ErrorOf(ImagingMethod method)
        {
            using ImagingSession session = imager.Open(Header(), Options with { Method = method });
            AddAll(session, stack);

            using Tensor found = Settle(session).Crystal!.Object.ToTensor();
            return RealSpaceError.Of(found, problem.Truth);
        }
    }

    [Fact]
    public void Advance_Settled_AnswersAtOnce()
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        using Imager imager = Imager.Create(OneThread);
        using ImagingSession session = imager.Open(Header(), Options);
        AddAll(session, stack);

        SessionUpdate update = Settle(session);

        Assert.Same(update, session.Advance(Long, Token));
        Assert.True(update.Fit!.SupportVoxels > 0);
        Assert.NotEmpty(update.Verdict!.Reasons);
    }

    // The first frames are few.
    [Fact]
    public void Advance_TooSmallForTheNetwork_BeginsAtRandom()
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        using Imager imager = Imager.Create(OneThread);
        using ImagingSession session = imager.Open(Header(), Options with { Method = new FromNetwork() });
        AddAll(session, stack);

        Assert.NotNull(session.Advance(TimeSpan.Zero, Token).Crystal);
    }

    [Fact]
    public void Advance_NoPhotons_Waits()
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        RealVolume dark = new(new float[Size * Size], 1, Size, Size);
        using Imager imager = Imager.Create(OneThread);
        using ImagingSession session = imager.Open(Header(), Options);

        Assert.Equal(SessionStage.Waiting, session.Advance(Long, Token).Stage);
        session.Add(new DetectorFrame(0, dark.Values));
        SessionUpdate update = session.Advance(Long, Token);
        Assert.Equal(SessionStage.Waiting, update.Stage);
        Assert.Equal(1, update.Frames);
        Assert.Null(update.Crystal);

        foreach (int frame in Enumerable.Range(1, Size - 1))
        {
            session.Add(Frame(stack, frame));
        }

        Assert.NotNull(session.Advance(Long, Token).Crystal);
    }

    [Fact]
    public void Add_WrongFrames_AreRefusedAndTheSessionGoesOn()
    {
        using Imager imager = Imager.Create(OneThread);
        using ImagingSession session = imager.Open(Header(), Options);
        float[] counts = new float[Size * Size];
        session.Add(new DetectorFrame(3, counts));

        Assert.Contains("frame 3 came twice", Refused(3, counts));
        Assert.Contains($"0 to {Size - 1}", Refused(Size, counts));
        Assert.Contains($"{Size} x {Size}", Refused(4, new float[5]));
        session.Add(new DetectorFrame(4, counts));
        Assert.Equal(2, session.Frames);

        string Refused(int index, float[] pixels) =>
            Assert.Throws<InputException>(() => session.Add(new DetectorFrame(index, pixels))).Message;
    }

    [Fact]
    public void TwoSessions_AreStrangers()
    {
        using SyntheticProblem problem = Problem();
        RealVolume stack = problem.Pattern.Intensity.ToRealVolume();
        using Imager imager = Imager.Create(OneThread);
        using ImagingSession alone = imager.Open(Header(), Options);
        using ImagingSession one = imager.Open(Header(), Options);
        using ImagingSession other = imager.Open(Header(), Options);
        foreach (int frame in Order(isShuffled: false))
        {
            alone.Add(Frame(stack, frame));
            one.Add(Frame(stack, frame));
            other.Add(Frame(stack, Size - 1 - frame));
        }

        SessionUpdate wanted = Settle(alone);
        other.Advance(TimeSpan.Zero, Token);
        one.Advance(TimeSpan.Zero, Token);
        other.Advance(TimeSpan.Zero, Token);
        SessionUpdate found = Settle(one);

        Assert.Equal(wanted.Fit!.Chi, found.Fit!.Chi);
    }

    // From these objects, one after another.
    private sealed record GivenStarts(params Tensor[] Objects) : ImagingMethod
    {
        public override string Name => "given";

        public override IEnumerable<OptionProblem> Validate() => [];

        internal override StartPlan Plan(KnownBefore known) =>
            new()
            {
                Starts =
                [
                    .. Objects.Select(psi => new PlannedStart(
                        Start.From(psi, Origins.Given),
                        new RefineWithBlur { Coherence = CoherenceFit.Never }
                    )),
                ],
                Polish = new Refine(),
                Repeat = new Refine(),
            };
    }

    private static void AddAll(ImagingSession session, RealVolume stack, bool isShuffled = false)
    {
        foreach (int frame in Order(isShuffled))
        {
            session.Add(Frame(stack, frame));
        }
    }

    private static SessionUpdate Settle(ImagingSession session)
    {
        SessionUpdate update = session.Advance(Long, Token);
        Assert.Equal(SessionStage.Settled, update.Stage);
        return update;
    }

    private static SyntheticProblem Problem() => SyntheticProblems.Create(new("small") { Size = Size, Photons = 1e7 });

    private static ScanHeader Header() =>
        new()
        {
            Name = "scan",
            Frames = Size,
            Height = Size,
            Width = Size,
        };

    private static int[] Order(bool isShuffled)
    {
        int[] order = [.. Enumerable.Range(0, Size)];
        if (isShuffled)
        {
            new Random(5).Shuffle(order);
        }

        return order;
    }

    private static DetectorFrame Frame(RealVolume stack, int index) =>
        new(index, stack.Values.AsMemory(index * Size * Size, Size * Size));
}
