using System.Reflection;
using Xunit.v3;
using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

/// <summary>
/// Fails a test that ends with more live tensors than it began with: the garbage collector does not see native memory, so a tensor
/// that nobody disposes is a leak (reference/torchsharp.md row 4). TorchSharp counts for the whole process, so such tests stand in
/// <see cref="TensorTests"/>, which runs alone.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class LeakCheckAttribute : BeforeAfterTestAttribute
{
    private long before;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // What other tests lost goes now, not in the middle of this one.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        before = Tensor.TotalCount;
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        // Fewer is a fault too: this test freed what is not its own, or an earlier one lost it where the collector could not see.
        long leaked = Tensor.TotalCount - before;
        Assert.True(leaked == 0, $"{leaked} tensors were not disposed");
    }
}
