namespace Fringe.Tests.Fixtures;

/// <summary>Tests that count tensors: one after another, and with no other test beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorTests
{
    public const string Name = "tensors";
}
