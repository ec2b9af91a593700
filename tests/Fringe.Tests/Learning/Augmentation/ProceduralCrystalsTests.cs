using Fringe.Learning.Augmentation;

namespace Fringe.Tests.Learning.Augmentation;

/// <summary>Made-up crystals are the same whatever else is drawn with the same pieces.</summary>
public sealed class ProceduralCrystalsTests
{
    // Stored before hard kinds shared its shapes (commit 5a8736b): networks are compared that have learnt from the same examples.
    [Fact]
    public void Draw_ToLearnFrom_IsWhatItAlwaysWas()
    {
        float[] pairs = new float[2 * 32 * 32 * 32];
        new ProceduralCrystals().Draw(new Random(7), 32, pairs);

        int place = 2 * ((16 * 32 * 32) + (16 * 32) + 12);
        Assert.Equal(0.9983083, pairs[place], 1e-5);
        Assert.Equal(0.058014482, pairs[place + 1], 1e-5);
        Assert.Equal(1852.6829, pairs.Sum(value => (double)value * value), 1e-2);
    }
}
