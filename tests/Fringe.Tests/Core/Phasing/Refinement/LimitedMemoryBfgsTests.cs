using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Refinement;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Refinement;

/// <summary>No leak check: a <c>Parameter</c>, which torch's optimisers want, counts itself twice and is disposed once.</summary>
[Collection(TensorTests.Name)]
public sealed class LimitedMemoryBfgsTests
{
    [Fact]
    public void Run_FromABlurredObject_FindsTheObjectAndKeepsTheNumberOfLiveTensors()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("1e6 photons") { Size = 16, Photons = 1e6 });
        using var scope = NewDisposeScope();
        Tensor start = (TestTensors.Blurred(problem.Truth, 0.7) * problem.Support)
            .to(ScalarType.ComplexFloat32)
            .contiguous();
        using JudgedProblem judged = new(problem.Pattern);
        Refine method = new() { Optimiser = new LimitedMemoryBfgs() };
        List<long> live = [];

        using Reconstruction found = judged.Run(
            method,
            Start.From(start, "blurred", problem.Support),
            _ => live.Add(Tensor.TotalCount)
        );

        double before = RealSpaceError.Of(start, problem.Truth);
        double after = RealSpaceError.Of(found.Object, problem.Truth);
        Assert.True(after < 0.02 && after < 0.5 * before, $"error {before} to {after}");
        Assert.Single(live.Skip(1).Take(50).Distinct());
    }
}
