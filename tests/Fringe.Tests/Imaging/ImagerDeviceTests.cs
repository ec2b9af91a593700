using Fringe.Core.Metrics;
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

/// <summary>
/// The product on a device that is not the CPU, from the network to the uncertainty and frame by frame: it ends, and where it ends on the
/// CPU. Runs are short: longer ones are chaotic, and the device rounds otherwise.
/// </summary>
[Collection(TensorTests.Name)]
public sealed class ImagerDeviceTests
{
    private const double LeastOverlap = 0.99;
    private static readonly ImagerOptions OneThread = new() { Threads = 1 };

    private static readonly Iterate Few = new()
    {
        Recipe = PhasingRecipe.Parse("5*ER+5*HIO+5*ER", Iterate.DefaultBeta),
        AverageLast = 0,
    };

    // A pattern whose noise does not explain a short run: a blur is looked for, and all starts are run.
    private static readonly ImagingOptions Options = new()
    {
        Method = new Automatic
        {
            FromPrediction = Few,
            FromRandom = Few,
            Refinement = new RefineWithBlur { Refine = new Refine().WithSteps(6) with { FinalSteps = 2 } },
            Starts = 3,
        },
        Preparation = new PreparationOptions { Shape = [32, 32, 32], MaskHotPixels = false },
        Replicas = 2,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Image_OtherDevice_IsAsOnTheCpu()
    {
        using Imager here = Imager.Create(OneThread);
        using Imager there = Imager.On(OneThread, OtherDevice.Get());
        Measurement measurement = Measure();

        ImagingResult expected = here.Image(measurement, Options, null, Token);
        ImagingResult found = there.Image(measurement, Options, null, Token);

        Assert.Equal(3, found.Starts.Count);
        Assert.NotNull(found.Network);
        Assert.NotNull(found.Uncertainty);
        // Computed elsewhere, where it is rounded otherwise.
        Assert.NotEqual(expected.Crystal.Object.Interleaved, found.Crystal.Object.Interleaved);
        AssertSame(expected.Crystal, found.Crystal);
    }

    [Fact]
    public void Session_OtherDevice_AdvancesAndFinishesAsOnTheCpu()
    {
        using Imager here = Imager.Create(OneThread);
        using Imager there = Imager.On(OneThread, OtherDevice.Get());
        Measurement measurement = Measure();
        RealVolume stack = measurement.Stack;
        ImagingOptions options = Options with { Replicas = 0 };
        ScanHeader header = new()
        {
            Name = "grows",
            Frames = stack.Depth,
            Height = stack.Height,
            Width = stack.Width,
        };
        using ImagingSession session = there.Open(header, options);
        foreach (int share in new[] { 3, 4 })
        {
            while (session.Frames < share * stack.Depth / 4)
            {
                int frame = session.Frames;
                int pixels = stack.Height * stack.Width;
                session.Add(new DetectorFrame(frame, stack.Values.AsMemory(frame * pixels, pixels)));
            }

            SessionUpdate update = session.Advance(TimeSpan.FromSeconds(3), Token);
            Assert.NotNull(update.Crystal);
            Assert.InRange(update.Fit!.Chi, 0, 0.2);
        }

        AssertSame(here.Image(measurement, options, null, Token).Crystal, session.Finish(null, Token).Crystal);
    }

    private static void AssertSame(CrystalView expected, CrystalView found)
    {
        using Tensor first = expected.Object.ToTensor();
        using Tensor second = found.Object.ToTensor();
        Assert.InRange(1 - RealSpaceError.Of(first, second), LeastOverlap, 1.0001);
    }

    private static Measurement Measure()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("device") { Size = 32, Photons = 1e7 });
        return new Measurement { Name = "device", Stack = problem.Pattern.Intensity.ToRealVolume() };
    }
}
