using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Combining;

/// <summary>When a beam is taken for partly coherent. Each run begins at the true object, where none is chaotic.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class RefineWithBlurTests(ITestOutputHelper output)
{
    private static readonly double[] Widths = [0.8, 0.5, 0.65];

    [Fact]
    public void Run_CoherentBeam_TriesNoBlur()
    {
        Outcome found = Run(new RefineWithBlur(), blur: null, known: null);

        Assert.Null(found.Widths);
        Assert.Equal(found.History, found.Steps);
    }

    [Fact]
    public void Run_BlurredPattern_KeepsTheBlurThatExplainsTheFreeVoxels()
    {
        Outcome coherent = Run(new RefineWithBlur { Coherence = CoherenceFit.Never }, Widths, known: null);
        Outcome found = Run(new RefineWithBlur(), Widths, known: null);

        output.WriteLine($"{string.Join(' ', found.Widths ?? [])}: {coherent.FreeMisfit} to {found.FreeMisfit}");
        Assert.Null(coherent.Widths);
        Assert.True(found.FreeMisfit < 0.8 * coherent.FreeMisfit, "the blur explains nothing");
        Assert.True(Distance(found.Widths!) < Distance(PartialCoherence.FirstWidths), "the widths moved away");
        // The steps of the coherent beam before it belong to the outcome, too.
        Assert.Equal(found.History, found.Steps);
    }

    [Theory]
    [InlineData(CoherenceFit.Never)]
    [InlineData(CoherenceFit.WhereItPays)]
    public void Run_BlurThatTheStartKnows_IsFittedFromTheFirstStep(CoherenceFit coherence)
    {
        RefineWithBlur method = new() { Coherence = coherence };
        double[] known = [0.6, 0.7, 0.5];
        Outcome found = Run(method, Widths, known);

        output.WriteLine($"{string.Join(' ', found.Widths ?? [])}");
        Assert.True(Distance(found.Widths!) < Distance(known), "the widths moved away");
        Assert.Equal(found.History, found.Steps);
        Assert.InRange(found.Steps, 1, (method.Refine.Steps / 2) + method.Refine.ExtraSteps + method.Refine.FinalSteps);
    }

    private static double Distance(IReadOnlyList<double> widths) =>
        widths.Zip(Widths, (one, other) => Math.Abs(one - other)).Sum();

    private static Outcome Run(RefineWithBlur method, double[]? blur, IReadOnlyList<double>? known)
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e6 photons") { Size = 24, Photons = 1e6 });
        Tensor counts = PartialCoherence.Blur(problem.Pattern.Intensity, blur).clone();
        using DiffractionPattern pattern = new(counts, problem.Pattern.Mask.clone());
        using JudgedProblem judged = new(pattern);
        using PhasingRun run = PhasingRun.Begin(
            judged.Problem,
            method,
            Start.From(problem.Truth, "truth", problem.Support, known)
        );
        run.ToTheEnd(null, TestContext.Current.CancellationToken);
        using Reconstruction found = run.Read();
        return new Outcome(found.CoherenceWidths, found.FreeLogLikelihood, run.Steps, found.ChiHistory.Count);
    }

    private sealed record Outcome(IReadOnlyList<double>? Widths, double FreeMisfit, int Steps, int History);
}
