using Fringe.Core.Phasing;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class StartTests
{
    [Fact]
    public void Random_Seed_IsItsName() => Assert.Equal("random -3", Start.Random(-3).Origin);

    [Fact]
    public void From_WrongDtypeOrShapes_IsRefused()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, 4, 5, 6);

        Assert.Equal("given", Start.From(psi, "given", ones(4, 5, 6)).Origin);
        Assert.Throws<ArgumentException>(() => Start.From(psi.real, "given"));
        Assert.Throws<ArgumentException>(() => Start.From(psi[0], "given"));
        Assert.Throws<ArgumentException>(() => Start.From(psi, "given", ones(4, 5, 7)));
    }
}
