using Fringe.Learning.Training;
using Fringe.Tests.Fixtures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Training;

public sealed class ScalarSafeAdamTests
{
    [Fact]
    public void Step_SeveralParametersAndSteps_GivesTheBytesOfTorchSharps()
    {
        using var scope = NewDisposeScope();
        Parameter[] held = Parameters();
        Parameter[] plain = Parameters();
        using ScalarSafeAdam own = new(held, 0.02, 0.9, 0.99);
        using optim.Optimizer theirs = optim.Adam(plain, 0.02, 0.9, 0.99);
        for (int step = 0; step < 5; step++)
        {
            Step(own, held);
            Step(theirs, plain);
        }

        // The last parameter has no gradient and stays.
        Assert.All(held.Zip(plain), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.All(held.Zip(Parameters()).SkipLast(1), pair => Assert.False(pair.First.Equals(pair.Second)));
    }

    private static Parameter[] Parameters() =>
        [.. Enumerable.Range(0, 3).Select(i => new Parameter(TestTensors.RandomReal(i, 5, 4 + i)))];

    private static void Step(optim.Optimizer optimiser, Parameter[] parameters)
    {
        optimiser.zero_grad();
        (parameters[0].square().sum() + (parameters[1] * parameters[0].mean()).exp().sum()).backward();
        optimiser.step();
    }
}
