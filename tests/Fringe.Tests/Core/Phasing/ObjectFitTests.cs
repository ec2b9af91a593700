using Fringe.Core.Phasing;

namespace Fringe.Tests.Core.Phasing;

public sealed class ObjectFitTests
{
    private static readonly ObjectFit Judged = new()
    {
        Chi = 0.01,
        Scale = 1,
        FreeNoise = 0.5,
        MisfitRatio = 1.1,
    };

    [Fact]
    public void Rank_JudgedObject_IsBothMisfitsOverNoise() => Assert.Equal(1.4 + 1.1, Judged.Rank(0.7), 1e-12);

    // As large as that of an object that predicts more, or chance would choose between the two.
    [Fact]
    public void Rank_NoVoxelOfManyPhotons_IsTheFreeMisfitTwice() =>
        Assert.Equal(2.8, (Judged with { MisfitRatio = double.NaN }).Rank(0.7), 1e-12);

    // A run that went astray before anybody judged it, beside one that was judged.
    [Fact]
    public void Rank_ObjectThatWasNeverJudged_IsTheWorst() => Assert.True(Judged.Rank(double.NaN) > Judged.Rank(1e6));

    [Fact]
    public void Rank_NoFreeVoxels_IsChi() =>
        Assert.Equal(0.01, (Judged with { FreeNoise = double.NaN }).Rank(double.NaN));
}
