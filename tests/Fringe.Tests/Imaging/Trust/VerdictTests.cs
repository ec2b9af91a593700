using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Imaging.Trust;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Imaging.Trust;

/// <summary>The rules of the verdict; how good they are says docs/results/verdict.md.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class VerdictTests
{
    [Fact]
    public void Of_MisfitThatIsPhotonNoise_IsGood()
    {
        Verdict verdict = Of(
            new()
            {
                Agreements = [],
                ReachesNoise = true,
                Ratio = 1.5,
            }
        );

        Assert.Equal("good", verdict.Word);
        Assert.Contains("photon noise, by one start", Assert.Single(verdict.Reasons));
    }

    [Theory]
    [InlineData(0.99, "photon noise, two starts agree (correlation 0.990)")]
    [InlineData(0.9, "photon noise, though another start ended elsewhere (correlation 0.900)")]
    public void Of_MisfitThatIsPhotonNoise_SaysWhatOtherStartsSay(double agreement, string reason)
    {
        Verdict verdict = Of(new() { Agreements = [agreement], ReachesNoise = true });

        Assert.Equal("good", verdict.Word);
        Assert.Contains(reason, Assert.Single(verdict.Reasons));
    }

    [Theory]
    [InlineData(0.99, "good", "two starts agree (correlation 0.990)")]
    [InlineData(0.9, "doubtful", "independent starts differ (correlation 0.90)")]
    [InlineData(0.5, "failed", "no two starts agree (correlation 0.50)")]
    public void Of_MisfitAboveNoise_NeedsAnotherStart(double agreement, string word, string reason)
    {
        Verdict verdict = Of(new() { Agreements = [0.1, agreement] });

        Assert.Equal(word, verdict.Word);
        Assert.Contains(reason, string.Join("; ", verdict.Reasons));
    }

    [Fact]
    public void Of_OneStartAboveNoise_IsDoubtful() =>
        Assert.Contains("no independent start confirms", Assert.Single(Of(new() { Agreements = [] }).Reasons));

    // Another of the best one's origin agrees, independent ones do or do not.
    [Theory]
    [InlineData(0.985, "good", "two starts agree (correlation 0.985)")]
    [InlineData(0.9, "doubtful", "independent starts differ (correlation 0.90)")]
    [InlineData(0.6, "failed", "no independent start agrees with the best (correlation 0.60)")]
    public void Of_TwoOfOneOriginAboveNoise_IndependentOnesDecide(double agreement, string word, string reason)
    {
        Verdict verdict = Of(new() { Agreements = [0.995, agreement, 0.55], Alike = 1 });

        Assert.Equal(word, verdict.Word);
        Assert.Contains(reason, Assert.Single(verdict.Reasons));
    }

    // All of one origin: what misled one may have misled the other.
    [Theory]
    [InlineData(0.99, "doubtful", "no independent start confirms")]
    [InlineData(0.5, "failed", "no two starts agree (correlation 0.50)")]
    public void Of_StartsOfOneOriginAboveNoise_AreNoConfirmation(double agreement, string word, string reason)
    {
        Verdict verdict = Of(new() { Agreements = [agreement], Alike = 1 });

        Assert.Equal(word, verdict.Word);
        Assert.Contains(reason, Assert.Single(verdict.Reasons));
        Assert.Equal(
            "good",
            Of(
                new()
                {
                    Agreements = [agreement],
                    Alike = 1,
                    ReachesNoise = true,
                }
            ).Word
        );
    }

    [Fact]
    public void Of_OneStartWithoutFreeVoxels_SaysThatNothingCouldTell() =>
        Assert.Contains(
            "no voxels were held back",
            Assert.Single(Of(new() { Agreements = [], Ratio = double.NaN }).Reasons)
        );

    [Fact]
    public void Of_ObjectThatExplainsNothing_HasFailed() =>
        Assert.Equal("failed", Of(new() { Chi = 0.5, ReachesNoise = true }).Word);

    [Fact]
    public void Of_PoorMeasurement_IsDoubtfulWhateverTheStartsSay()
    {
        Assert.Contains("sampled too coarsely", Doubt(new() { IsFilled = true, ReachesNoise = true }));
        Assert.Contains("coherent over much less", Doubt(new() { Blur = 1, ReachesNoise = true }));
        Assert.Contains("50", Doubt(new() { Masked = 0.5, ReachesNoise = true }));
        Assert.Contains("fall where nothing was measured", Doubt(new() { IsPeakHidden = true, ReachesNoise = true }));
        Assert.Contains(
            "few photons",
            Doubt(
                new()
                {
                    Photons = 1,
                    Misfit = 1,
                    ReachesNoise = true,
                }
            )
        );
        // The noise of 10 photons in each voxel leaves a chi of 0.025; with more of them a model that lacks something may leave any misfit.
        Assert.Contains("misfit 1.40 times photon noise", Doubt(new() { Photons = 10, Misfit = 1.4 }));
        Assert.Equal("good", Of(new() { Photons = 10, Misfit = 1.15 }).Word);
        Assert.Equal("good", Of(new() { Photons = 100, Misfit = 1.4 }).Word);
        Assert.Contains("should be masked", Doubt(new() { Ratio = 4.5, Chi = 0.01 }));
        Assert.Equal("good", Of(new() { Ratio = 10, Chi = 0.0006 }).Word);
    }

    private static string Doubt(Case of)
    {
        Verdict verdict = Of(of);
        Assert.Equal("doubtful", verdict.Word);
        return Assert.Single(verdict.Reasons);
    }

    private static Verdict Of(Case of)
    {
        using var scope = NewDisposeScope();
        Tensor psi = ones(4, 4, 4).to(ScalarType.ComplexFloat32);
        Tensor support = zeros(4, 4, 4, ScalarType.Bool);
        int length = of.IsFilled ? 4 : 2;
        support.narrow(0, 0, length).narrow(1, 0, length).narrow(2, 0, length).fill_(true);
        using PhasingResult result = new()
        {
            Object = psi.clone().DetachFromDisposeScope(),
            Support = support.clone().DetachFromDisposeScope(),
            Canonical = CanonicalForm.Of(psi, support),
            Chi = of.Chi,
            Scale = 1,
            CoherenceWidths = of.Blur is { } blur ? [blur, blur, blur] : null,
            Prtf = null,
            FreeLogLikelihood = 1,
            NoiseRatio = of.Ratio,
            MisfitRatio = of.Misfit,
            ReachesNoise = of.ReachesNoise,
            Starts =
            [
                Start(1, 1, "network"),
                .. of.Agreements.Select(
                    (agreement, i) => Start(i + 2, agreement, i < of.Alike ? "network" : $"random {i + 2}")
                ),
            ],
        };
        // The object is the same everywhere: all its photons are in the middle.
        Tensor mask = zeros(4, 4, 4, ScalarType.Bool);
        mask.narrow(0, 2, 1).narrow(1, 2, 1).narrow(2, 2, 1).fill_(of.IsPeakHidden);
        using DiffractionPattern pattern = new(ones(4, 4, 4) * of.Photons, mask);
        using PhasingProblem problem = new(pattern, zeros(4, 4, 4, ScalarType.Bool), CPU);
        PreparationSummary prepared = PreparationSummary.Of(pattern) with { MaskedFraction = of.Masked };
        return Verdict.Of(PatternFit.Of(result, problem, result.Modelled()), result.Starts, prepared);
    }

    private static StartOutcome Start(int number, double agreement, string origin) =>
        new()
        {
            Number = number,
            Origin = origin,
            Method = new Iterate(),
            Chi = 0.01,
            FreeLogLikelihood = 1,
            SupportVoxels = 10,
            Agreement = agreement,
            IsKept = true,
            ChiHistory = [],
            Stop = StopReason.Converged,
        };

    private sealed record Case
    {
        public bool IsPeakHidden { get; init; }

        public double[] Agreements { get; init; } = [0.99];

        // Further starts that have the origin of the best.
        public int Alike { get; init; }

        public bool ReachesNoise { get; init; }

        public double Ratio { get; init; } = 2.1;

        public double Misfit { get; init; } = 1.5;

        public double Chi { get; init; } = 0.01;

        // Of all voxels by the object; else an eighth is.
        public bool IsFilled { get; init; }

        public double? Blur { get; init; }

        public double Masked { get; init; }

        // In each voxel.
        public double Photons { get; init; } = 1000;
    }
}
