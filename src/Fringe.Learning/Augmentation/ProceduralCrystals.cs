using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Learning.Augmentation;

/// <summary>Made-up crystals without limit: convex polyhedra with a soft edge and a strained phase.</summary>
public sealed class ProceduralCrystals : CrystalSource
{
    // Below this |psi| an edge is not worth a phase.
    private const float Empty = 1e-3f;

    public override void Draw(Random random, int size, Span<float> psi)
    {
        Polyhedron shape = Polyhedron.Draw(random, size);
        StrainField strain = new(random, shape, size);
        // The edge of a band-limited crystal: 10 to 90 % within 1 to 2 voxels.
        float sharpness = (float)random.Uniform(2.2, 4.2);
        float far = MathF.Log(1 / Empty) / sharpness;
        int half = size / 2;
        Span<float> depths = stackalloc float[size];
        for (int row = 0; row < size * size; row++)
        {
            (float z, float y) = ((row / size) - half, (row % size) - half);
            shape.RowDepths(z, y, depths);
            Span<float> pairs = psi.Slice(2 * row * size, 2 * size);
            pairs.Clear();
            for (int i = 0; i < size; i++)
            {
                if (depths[i] > -far)
                {
                    float amplitude = 1 / (1 + MathF.Exp(-sharpness * depths[i]));
                    (float sine, float cosine) = MathF.SinCos(strain.At(shape, z, y, i - half));
                    pairs[2 * i] = amplitude * cosine;
                    pairs[(2 * i) + 1] = amplitude * sine;
                }
            }
        }
    }
}
