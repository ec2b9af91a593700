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
        Tensor start = (Tensors.Blurred(problem.Truth, 0.7) * problem.Support)
            .to(ScalarType.ComplexFloat32)
            .contiguous();
        Tensor held = FreeVoxels.Choose(problem.Pattern, 0.03, 1);
        AutodiffRefiner refiner = new(new RefinementOptions { Optimiser = new LimitedMemoryBfgs() }, CPU);
        using RefinementState state = refiner.Begin(problem.Pattern, held, start, problem.Support);
        List<long> live = [];
        Listener listener = new(_ => live.Add(Tensor.TotalCount));

        using Reconstruction found = refiner.Run(
            state,
            problem.Pattern,
            held,
            listener,
            TestContext.Current.CancellationToken
        );

        double before = RealSpaceError.Of(start, problem.Truth);
        double after = RealSpaceError.Of(found.Object, problem.Truth);
        Assert.True(after < 0.02 && after < 0.5 * before, $"error {before} to {after}");
        Assert.Single(live.Skip(1).Take(50).Distinct());
    }

    private sealed class Listener(Action<RefinementProgress> hear) : IProgress<RefinementProgress>
    {
        public void Report(RefinementProgress value) => hear(value);
    }
}
