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

/// <summary>
/// An imager with its network. No leak check of a whole test: a <c>Parameter</c>, of which the network has many, counts itself twice and is
/// disposed once.
/// </summary>
[Collection(TensorTests.Name)]
public sealed class ImagerNetworkTests
{
    private static readonly Iterate Few = new()
    {
        Recipe = PhasingRecipe.Parse("5*ER+5*HIO+5*ER", Iterate.DefaultBeta),
        AverageLast = 0,
    };

    private static readonly RefineWithBlur Short = new() { Refine = new Refine().WithSteps(4) with { FinalSteps = 2 } };

    private static readonly ImagingOptions Quick = new()
    {
        Method = new Automatic
        {
            FromPrediction = Few,
            FromRandom = Few,
            Refinement = Short,
            StopWhenSettled = false,
        },
        Preparation = new PreparationOptions { Shape = [32, 32, 32] },
        Replicas = 2,
        Seed = 3,
    };

    private static readonly ImagerOptions OneThread = new() { Threads = 1 };

    // The network stays warm, and is none the worse for it.
    [Fact]
    public void Image_AgainAndFromAnotherThread_GivesTheSameBytesAndLeavesNothing()
    {
        using Imager imager = Imager.Create(OneThread);
        Measurement measurement = Measure();
        ImagingResult first = Image(imager, measurement, Quick);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        ImagingResult? second = null;
        Thread thread = new(() => second = Image(imager, measurement, Quick));
        thread.Start();
        thread.Join();
        long after = Tensor.TotalCount;
        using Imager another = Imager.Create(OneThread);
        ImagingResult fresh = Image(another, measurement, Quick);

        Assert.Equal(before, after);
        Assert.All(
            [first, second!],
            result =>
            {
                Assert.Equal(fresh.Crystal.Object.Interleaved, result.Crystal.Object.Interleaved);
                Assert.Equal(fresh.Uncertainty!.PhaseRadians.Values, result.Uncertainty!.PhaseRadians.Values);
                Assert.Equal(fresh.Network, result.Network);
            }
        );
    }

    [Fact]
    public void Image_FromTheNetwork_BeginsThere()
    {
        using Imager imager = Imager.Create(OneThread);
        ImagingOptions options = Quick with
        {
            Method = new FromNetwork { Iterate = Few, Refinement = Short },
        };

        ImagingResult result = Image(imager, Measure(), options);

        Assert.Equal(Origins.Network, Assert.Single(result.Starts).Origin);
        Assert.True(result.KeepsNetwork);
        Assert.Equal(
            ["prepare", "find coherence", "predict", "judge prediction", "phase", "estimate uncertainty"],
            result.Clock.Stages.Select(stage => stage.Stage.Name)
        );
    }

    [Fact]
    public void Image_Automatic_AsksTheNetworkWhereThePatternIsLargeEnough()
    {
        using Imager imager = Imager.Create(OneThread);
        ImagingOptions options = Quick with { Replicas = 0 };
        ImagingResult large = Image(imager, Measure(), options);
        ImagingResult small = Image(
            imager,
            Measure(),
            options with
            {
                Preparation = new PreparationOptions { Shape = [32, 32, 30] },
            }
        );

        Assert.NotNull(large.Network);
        Assert.Equal(
            ["network", "network", "random 5", "random 6"],
            large.Starts.Select(start => start.Origin).Order(StringComparer.Ordinal)
        );
        Assert.Null(small.Network);
        Assert.Equal(
            ["random 3", "random 4", "random 5", "random 6"],
            small.Starts.Select(start => start.Origin).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Image_FromTheNetworkOfASmallPattern_IsBadInput()
    {
        using Imager imager = Imager.Create(OneThread);
        ImagingOptions options = Quick with
        {
            Method = new FromNetwork(),
            Preparation = new PreparationOptions { Shape = [32, 32, 16] },
        };

        Assert.Throws<InputException>(() => Image(imager, Measure(), options));
    }

    [Fact]
    public void Predict_Measurement_IsWhatItsImageBeginsWith()
    {
        using Imager imager = Imager.Create(OneThread);
        Measurement measurement = Measure();

        PredictedMeasurement predicted = imager.Predict(measurement, Quick.Preparation, Token);
        ImagingResult result = Image(imager, measurement, Quick with { Replicas = 0 });

        Assert.Equal([32L, 32, 32], predicted.Shape);
        Assert.Equal(result.Network, predicted.Network);
        Assert.Same(measurement, predicted.Measurement);
        Assert.InRange(predicted.Chi, 0, 1);
    }

    [Fact]
    public void Create_WeightsThatAreNotThere_IsBadInputWhenTheyAreWanted()
    {
        using Imager imager = Imager.Create(OneThread with { WeightsPath = "/no/such.safetensors" });

        string message = Assert.Throws<InputException>(imager.LoadNetwork).Message;
        Assert.StartsWith("/no/such.safetensors", message);
        Assert.Equal(message, Assert.Throws<InputException>(() => Image(imager, Measure(), Quick)).Message);
    }

    // A process that ends while native code still loads crashes.
    [Fact]
    public void Dispose_WhileTheNetworkLoads_WaitsForIt()
    {
        Imager imager = Imager.Create(OneThread);
        imager.Network.Begin();

        imager.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ImagingResult Image(Imager imager, Measurement measurement, ImagingOptions options) =>
        imager.Image(measurement, options, null, Token);

    private static Measurement Measure()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e7 photons") { Size = 32, Photons = 1e7 });
        return new Measurement { Name = "crystal", Stack = problem.Pattern.Intensity.ToRealVolume() };
    }
}
