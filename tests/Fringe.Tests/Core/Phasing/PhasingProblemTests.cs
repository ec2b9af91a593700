using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class PhasingProblemTests
{
    [Fact]
    public void Constructor_FreeVoxelsOfAnotherShapeOrType_AreRefused()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16 });

        Assert.Throws<ArgumentException>(() =>
            new PhasingProblem(problem.Pattern, zeros([16, 16, 8], ScalarType.Bool), CPU).Dispose()
        );
        Assert.Throws<ArgumentException>(() => new PhasingProblem(problem.Pattern, zeros(16, 16, 16), CPU).Dispose());
    }

    // Starts and stages share them.
    [Fact]
    public void Parts_AskedForTwice_AreMadeOnce()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16, Photons = 1e6 });
        using JudgedProblem judged = new(problem.Pattern);

        Assert.Same(judged.Problem.WithoutFree, judged.Problem.WithoutFree);
        Assert.Same(judged.Problem.All, judged.Problem.All);
        Assert.Same(judged.Problem.FreeMisfit, judged.Problem.FreeMisfit);
        Assert.Same(judged.Problem.SeenPattern, judged.Problem.SeenPattern);
        Assert.Equal(PhotonNoise.ChiOf(problem.Pattern), judged.Problem.NoiseChi);
        Assert.True(judged.Problem.WithoutFree.Power < judged.Problem.All.Power);
    }

    [Fact]
    public void All_FreeVoxelsThatStayUnseen_IsWithoutThem()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("small") { Size = 16, Photons = 1e6 });
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingProblem unseen = new(problem.Pattern, judged.Free, CPU) { AreFreeGivenBack = false };
        using PhasingProblem centre = unseen.Centre([8, 8, 8]);
        using PhasingProblem redrawn = unseen.WithPhotons(problem.Pattern.Intensity.clone());

        Assert.Same(unseen.WithoutFree, unseen.All);
        Assert.Same(centre.WithoutFree, centre.All);
        Assert.Same(redrawn.WithoutFree, redrawn.All);
    }

    [Fact]
    public void Judge_ObjectOfAnyScale_IsJudgedAsByEachFigureAlone()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(
            new("gap")
            {
                Size = 16,
                HasGap = true,
                Photons = 1e6,
            }
        );
        using JudgedProblem judged = new(problem.Pattern);
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.Blurred(problem.Truth) * 3;
        double[] widths = [0.5, 0.4, 0.6];
        (double chi, double scale) = AmplitudeMisfits.Chi(psi, problem.Pattern, widths);
        double own = AmplitudeMisfits.Chi(psi, problem.Pattern).Scale;
        double noise = PhotonNoise.Of(psi, judged.Free, own);
        double free = FreeLogLikelihood.Of(psi, problem.Pattern, judged.Free, own);

        ObjectFit blurred = judged.Problem.Judge(psi, widths);
        ObjectFit fit = judged.Problem.Judge(psi, null);
        Assert.Equal((chi, scale), (blurred.Chi, blurred.Scale));
        Assert.Equal(free, fit.FreeLogLikelihood, 1e-5 * free);
        Assert.Equal(free / noise, fit.NoiseRatio, 1e-5 * free / noise);
        Assert.InRange(fit.HiddenFraction, 1e-6, 0.5);

        // Of many voxels the mean misfit of the true object is what its photons' noise leaves, and it shows what is wrong.
        Assert.InRange(judged.Problem.Judge(problem.Truth, null).MisfitRatio, 0.9, 1.1);
        Assert.True(fit.MisfitRatio > PhotonNoise.LargestMisfitRatio, $"{fit.MisfitRatio}");
        Assert.Equal(fit.NoiseRatio + fit.MisfitRatio, fit.Rank(fit.FreeLogLikelihood));
        Assert.Equal(double.PositiveInfinity, fit.Rank(double.NaN));

        ObjectFit nothing = judged.Problem.Judge(zeros_like(psi), null);
        Assert.Equal((1, 0), (nothing.Chi, nothing.Scale));
        Assert.True(double.IsNaN(nothing.FreeLogLikelihood));
    }

    [Fact]
    public void SeenPattern_FreeVoxels_AreMasked()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("gap") { Size = 16, HasGap = true });
        using JudgedProblem judged = new(problem.Pattern);
        using var scope = NewDisposeScope();

        Assert.True(judged.Free.any().item<bool>());
        Assert.True(judged.Problem.SeenPattern.Mask.Equals(problem.Pattern.Mask.logical_or(judged.Free)));
    }

    [Fact]
    public void WithoutFreeVoxels_OfAProblem_SeesAllThatWasMeasured()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("gap") { Size = 16, HasGap = true });
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingProblem all = judged.Problem.WithoutFreeVoxels();

        using var scope = NewDisposeScope();
        Assert.False(all.Free.any().item<bool>());
        Assert.False(all.FreeMisfit.HasFreeVoxels);
        Assert.Equal(judged.Problem.All.Power, all.WithoutFree.Power);
        Assert.Same(problem.Pattern, all.Pattern);
    }

    [Fact]
    public void WithPhotons_OtherCounts_KeepsMaskAndFreeVoxels()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("gap") { Size = 16, HasGap = true });
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingProblem other = judged.Problem.WithPhotons(problem.Pattern.Intensity * 2);

        Assert.Equal(2 * judged.Problem.All.Power, other.All.Power, 1e-6 * other.All.Power);
        Assert.Equal(problem.Pattern.Mask.ToBooleans(), other.Pattern.Mask.ToBooleans());
        Assert.Same(judged.Free, other.Free);
    }

    [Fact]
    public void Centre_SmallerShape_IsThePartAboutThePeak()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("gap") { Size = 16, HasGap = true });
        using JudgedProblem judged = new(problem.Pattern);
        using PhasingProblem part = judged.Problem.Centre([8, 10, 12]);

        using var scope = NewDisposeScope();
        Assert.Equal([8, 10, 12], part.Shape);
        Assert.True(part.Pattern.Intensity.Equals(problem.Pattern.Intensity[4..12, 3..13, 2..14]));
        Assert.True(part.Pattern.Mask.Equals(problem.Pattern.Mask[4..12, 3..13, 2..14]));
        Assert.True(part.Free.Equals(judged.Free[4..12, 3..13, 2..14]));
    }
}
