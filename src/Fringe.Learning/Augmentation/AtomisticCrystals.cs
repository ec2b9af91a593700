using System.Numerics;
using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Learning.Augmentation;

/// <summary>
/// Simulated crystals, each seen in endless ways: another reflection of a family, turned, sheared as a detector's frame is, and
/// stretched along each axis to an oversampling ratio.
/// </summary>
public sealed class AtomisticCrystals : CrystalSource
{
    private const double Shear = 0.12;
    private readonly IReadOnlyList<CrystalRecord> crystals;
    private readonly double unstrainedShare;
    private readonly bool scalesStrain;

    /// <param name="crystals">At least one.</param>
    /// <param name="unstrainedShare">Share of examples made of a crystal as it was before it was strained.</param>
    /// <param name="scalesStrain">Whether strain is multiplied by a random factor: to learn from, not to judge by.</param>
    public AtomisticCrystals(
        IReadOnlyList<CrystalRecord> crystals,
        double unstrainedShare = 0.1,
        bool scalesStrain = false
    )
    {
        this.crystals = crystals;
        this.unstrainedShare = unstrainedShare;
        this.scalesStrain = scalesStrain;
    }

    public override void Draw(Random random, int size, Span<float> psi)
    {
        CrystalRecord crystal = crystals[random.Next(crystals.Count)];
        bool isUnstrained = random.NextDouble() < unstrainedShare;
        CrystalFields fields = isUnstrained ? crystal.ToUnstrainedFields() : crystal.ToFields();
        FieldObject source = new(fields, DrawReflection(random));
        double[] turn = Turn(random);
        double[] extent = source.Extent(turn);
        double[] step = [.. extent.Select(length => length * random.OversamplingRatio() / size)];
        // Columns of the map from voxels of the example to voxels of the fields.
        double[] map = new double[9];
        for (int i = 0; i < 9; i++)
        {
            map[i] = turn[i] * step[i % 3];
        }

        // Drawn last, so that all else is the same without it.
        FieldObject shown =
            scalesStrain && !isUnstrained
                ? source.Strained(StrainScale.Draw(random, source.Steepness() * step.Max()))
                : source;
        shown.Sample(map, size, psi);
    }

    // (111) mostly, (200) sometimes: h, k, l with random signs and order.
    private static MillerIndices DrawReflection(Random random)
    {
        int[] hkl = random.NextDouble() < 0.85 ? [1, 1, 1] : [2, 0, 0];
        random.Shuffle(hkl);
        int[] signed = [.. hkl.Select(index => random.Next(2) == 0 ? index : -index)];
        return new MillerIndices(signed[0], signed[1], signed[2]);
    }

    // A random rotation with some shear, row-major z, y, x.
    private static double[] Turn(Random random)
    {
        Quaternion q = Quaternion.Normalize(
            new Quaternion(
                (float)random.Normal(),
                (float)random.Normal(),
                (float)random.Normal(),
                (float)random.Normal()
            )
        );
        Matrix4x4 m = Matrix4x4.CreateFromQuaternion(q);
        double[] turn = [m.M11, m.M12, m.M13, m.M21, m.M22, m.M23, m.M31, m.M32, m.M33];
        for (int i = 0; i < 9; i++)
        {
            turn[i] += Shear * random.Normal();
        }

        return turn;
    }
}
