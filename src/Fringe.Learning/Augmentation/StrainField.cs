using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Learning.Augmentation;

/// <summary>
/// A made-up phase, as lattice strain gives it: smooth waves across the crystal, bending, and displacement that decays from some
/// of the faces (surface relaxation, a clamped facet).
/// </summary>
internal sealed class StrainField
{
    private const int Waves = 6;
    private const int StrainedFaces = 5;

    private readonly float[] wave = new float[5 * Waves];
    private readonly (int Face, float Strength, float Decay)[] faces;

    /// <summary>Draws a field for a shape.</summary>
    /// <param name="random">All that is random about it.</param>
    /// <param name="shape">Its faces carry strain.</param>
    /// <param name="size">Voxels along the grid's edge.</param>
    public StrainField(Random random, Polyhedron shape, int size)
    {
        // Some crystals have next to no strain, some have a lot.
        double smooth = random.NextDouble() < 0.15 ? 0 : random.Uniform(0, 3) * random.NextDouble();
        double surface = random.NextDouble() < 0.3 ? 0 : random.Uniform(0, 4) * random.NextDouble();
        double softness = random.Uniform(0.35, 1.1) * 2 * Math.PI / (0.875 * size);
        for (int i = 0; i < Waves; i++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                wave[(5 * i) + axis] = (float)(random.Normal() * softness);
            }

            wave[(5 * i) + 3] = (float)random.Uniform(0, 2 * Math.PI);
            wave[(5 * i) + 4] = (float)(random.Normal() * smooth / Math.Sqrt(Waves / 2.0));
        }

        faces =
        [
            .. Enumerable
                .Range(0, StrainedFaces)
                .Select(_ =>
                    (
                        random.Next(shape.Count),
                        (float)(random.Normal() * surface),
                        (float)(size / 32.0 * random.LogUniform(1, 9))
                    )
                ),
        ];
    }

    /// <summary>The phase at a place inside the shape, radians.</summary>
    public float At(Polyhedron shape, float z, float y, float x)
    {
        float phase = 0;
        for (int i = 0; i < wave.Length; i += 5)
        {
            phase += wave[i + 4] * MathF.Cos((wave[i] * z) + (wave[i + 1] * y) + (wave[i + 2] * x) + wave[i + 3]);
        }

        foreach ((int face, float strength, float decay) in faces)
        {
            phase += strength * MathF.Exp(-MathF.Max(0, shape.Depth(face, z, y, x)) / decay);
        }

        return phase;
    }
}
