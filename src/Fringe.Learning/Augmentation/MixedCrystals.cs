namespace Fringe.Learning.Augmentation;

/// <summary>Two sources in a given proportion.</summary>
/// <param name="first">Drawn from with the given chance.</param>
/// <param name="second">Drawn from otherwise.</param>
/// <param name="share">Chance of the first, 0 to 1.</param>
public sealed class MixedCrystals(CrystalSource first, CrystalSource second, double share) : CrystalSource
{
    public override void Draw(Random random, int size, Span<float> psi) =>
        (random.NextDouble() < share ? first : second).Draw(random, size, psi);
}
