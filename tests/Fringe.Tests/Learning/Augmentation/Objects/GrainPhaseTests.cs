using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Tests.Learning.Augmentation.Objects;

/// <summary>A domain is ahead by its jump; a grain's phase slopes as well.</summary>
public sealed class GrainPhaseTests
{
    [Fact]
    public void At_AcrossTheWall_JumpsAndSlopes()
    {
        HalfSpace part = new(new Vector3D(0, 0, 1), 2);
        GrainPhase domain = new(part, Math.PI, new Vector3D(0, 0, 0));
        GrainPhase grain = new(part, 1, new Vector3D(0.1, 0, 0.2));

        Assert.Equal(Math.PI, domain.At(new Vector3D(5, 5, 1.9)));
        Assert.Equal(0, domain.At(new Vector3D(5, 5, 2.1)));
        Assert.Equal(1 + 0.5 - 0.6, grain.At(new Vector3D(5, 5, -3)), 1e-12);
        Assert.Equal(0, grain.At(new Vector3D(5, 5, 3)));
    }
}
