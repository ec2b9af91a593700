using TorchSharp;

namespace Fringe.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Torch_OnThisMachine_LoadsAndComputes()
    {
        using var ones = torch.ones(2);
        using var sum = ones.sum();
        Assert.Equal(2f, sum.item<float>());
    }
}
