using System.Reflection;
using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

[Collection(TensorTests.Name)]
public sealed class LeakCheckAttributeTests
{
    private static readonly MethodInfo Method = typeof(LeakCheckAttributeTests).GetMethod(
        nameof(After_TensorNotDisposed_Fails)
    )!;

    [Fact]
    public void After_TensorNotDisposed_Fails()
    {
        LeakCheckAttribute check = new();
        check.Before(Method, null!);
        Tensor lost = ones(2) + 1;

        Exception? failure = Record.Exception(() => check.After(Method, null!));
        lost.Dispose();

        Assert.NotNull(failure);
        Assert.Contains("not disposed", failure.Message);
    }

    [Fact]
    public void After_EverythingDisposed_Passes()
    {
        LeakCheckAttribute check = new();
        check.Before(Method, null!);
        using (NewDisposeScope())
        {
            _ = ones(2) + 1;
        }

        check.After(Method, null!);
    }
}
