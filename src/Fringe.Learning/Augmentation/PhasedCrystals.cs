using Fringe.Core.Strain;
using Fringe.Core.Values;
using Fringe.Formats.Crystals;
using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Learning.Augmentation;

/// <summary>
/// Crystals that were phased from measurements, each seen in endless ways: turned and mirrored by the 48 symmetries of the cube,
/// sheared a little, stretched along each axis to an oversampling ratio, moved within a voxel, its strain reversed or multiplied.
/// </summary>
public sealed class PhasedCrystals : CrystalSource
{
    private const double Shear = 0.05;
    private const double Inside = 0.5;
    private readonly (FieldObject Object, double? Steepness)[] crystals;

    /// <param name="crystals">At least one.</param>
    /// <param name="scalesStrain">Whether strain is multiplied by a random factor: to learn from, not to judge by.</param>
    public PhasedCrystals(IReadOnlyList<PhasedCrystal> crystals, bool scalesStrain)
    {
        this.crystals = [.. crystals.Select(crystal => Prepare(crystal, scalesStrain))];
    }

    public override void Draw(Random random, int size, Span<float> psi)
    {
        (FieldObject source, double? steepness) = crystals[random.Next(crystals.Length)];
        double[] turn = Turn(random);
        double[] step = [.. source.Extent(turn).Select(length => length * random.OversamplingRatio() / size)];
        double[] map = [.. turn.Select((value, i) => value * step[i % 3])];
        double[] shift = [random.Uniform(-0.5, 0.5), random.Uniform(-0.5, 0.5), random.Uniform(-0.5, 0.5)];
        double sign = random.Next(2) == 0 ? 1 : -1;
        double factor = steepness is { } slope ? StrainScale.Draw(random, slope * step.Max()) : 1;
        source.Strained(sign * factor).Sample(map, shift, size, psi);
    }

    // The steepness only where strain is to be multiplied.
    private static (FieldObject Object, double? Steepness) Prepare(PhasedCrystal crystal, bool scalesStrain)
    {
        int voxels = crystal.Interleaved.Length / 2;
        float[] amplitude = new float[voxels];
        double[] wrapped = new double[voxels];
        for (int i = 0; i < voxels; i++)
        {
            (float re, float im) = (crystal.Interleaved[2 * i], crystal.Interleaved[(2 * i) + 1]);
            amplitude[i] = MathF.Sqrt((re * re) + (im * im));
            wrapped[i] = Math.Atan2(im, re);
        }

        Shape3 shape = new(PhasedCrystal.Voxels, PhasedCrystal.Voxels, PhasedCrystal.Voxels);
        double[] phase = PhaseUnwrapping.Follow(amplitude, wrapped, shape);
        bool hasSeam = PhaseUnwrapping.HasSeam(amplitude, phase, shape, Inside);
        FieldObject source = new(amplitude, hasSeam ? wrapped : phase, PhasedCrystal.Voxels);
        return (source, scalesStrain && !hasSeam ? source.Steepness() : null);
    }

    // One of the 48 symmetries of the cube with some shear, row-major z, y, x.
    private static double[] Turn(Random random)
    {
        int[] order = [0, 1, 2];
        random.Shuffle(order);
        double[] turn = new double[9];
        for (int axis = 0; axis < 3; axis++)
        {
            turn[(3 * axis) + order[axis]] = random.Next(2) == 0 ? 1 : -1;
        }

        for (int i = 0; i < 9; i++)
        {
            turn[i] += Shear * random.Normal();
        }

        return turn;
    }
}
