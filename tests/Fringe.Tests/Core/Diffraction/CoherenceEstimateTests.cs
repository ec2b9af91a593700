using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Diffraction;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class CoherenceEstimateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void WidthOf_CoherentBeam_IsNone(double width) => Assert.Null(WidthOf([width, width, width], 1e7));

    [Theory]
    [InlineData(0.6, 1e7)]
    [InlineData(1.0, 1e7)]
    [InlineData(1.5, 1e7)]
    [InlineData(1.0, 1e6)]
    public void WidthOf_EqualBlur_IsItsWidth(double width, double photons)
    {
        double? found = WidthOf([width, width, width], photons);

        Assert.NotNull(found);
        Assert.InRange(found.Value / width, 0.75, 1.35);
    }

    [Fact]
    public void WidthOf_UnequalBlur_LiesBetween()
    {
        double? found = WidthOf([0.5, 1.2, 0.8], 1e7);

        Assert.NotNull(found);
        Assert.InRange(found.Value, 0.5, 1.2);
    }

    private static double? WidthOf(double[] widths, double photons)
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(
            new("blurred")
            {
                Size = 48,
                Photons = photons,
                StrainRadians = 1,
            }
        );
        Tensor seen = PartialCoherence.Blur(ForwardModel.Propagate(problem.Truth).abs().square(), widths);
        using Generator generator = new(3);
        using DiffractionPattern blurred = new(poisson(seen, generator).clone(), problem.Pattern.Mask.clone());
        return CoherenceEstimate.WidthOf(blurred, TestContext.Current.CancellationToken);
    }
}
