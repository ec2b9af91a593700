using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Projections;

/// <summary>Where the first support comes from.</summary>
public enum InitialSupportKind
{
    /// <summary>The autocorrelation's central component, scaled down.</summary>
    Autocorrelation,

    /// <summary>A box in the centre of the volume.</summary>
    Box,
}

/// <summary>The support of the first iteration.</summary>
public sealed record InitialSupport : IOptions
{
    public InitialSupportKind Kind { get; init; } = InitialSupportKind.Autocorrelation;

    /// <summary>Fraction of the autocorrelation's maximum at which its component is taken.</summary>
    public double Threshold { get; init; } = 0.05;

    /// <summary>Scale from the autocorrelation to the support; an object is half as wide as its autocorrelation.</summary>
    public double Shrink { get; init; } = 0.55;

    /// <summary>The box's edge as a fraction of the volume's, along each axis.</summary>
    public double BoxFraction { get; init; } = 0.5;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        if (Threshold is not (> 0 and < 1))
        {
            yield return new(nameof(Threshold), "must lie between 0 and 1");
        }

        if (Shrink is not (> 0 and <= 1))
        {
            yield return new(nameof(Shrink), "must be above 0 and at most 1");
        }

        if (BoxFraction is not (> 0 and <= 1))
        {
            yield return new(nameof(BoxFraction), "must be above 0 and at most 1");
        }
    }

    /// <summary>Draws the support.</summary>
    /// <param name="pattern">Borrowed.</param>
    /// <returns>float32 <c>[z, y, x]</c>, centred, 1 inside; belongs to the caller.</returns>
    internal Tensor Draw(DiffractionPattern pattern)
    {
        int depth = (int)pattern.Shape[0];
        int height = (int)pattern.Shape[1];
        int width = (int)pattern.Shape[2];
        bool isBox = Kind == InitialSupportKind.Box;
        bool[] component = isBox ? [] : Autocorrelation.Of(pattern).CentralComponent(Threshold);
        float[] support = new float[depth * height * width];
        for (int z = 0; z < depth; z++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    bool inside = isBox
                        ? IsInBox(z, depth) && IsInBox(y, height) && IsInBox(x, width)
                        : component[
                            (((Unshrink(z, depth) * height) + Unshrink(y, height)) * width) + Unshrink(x, width)
                        ];
                    support[(((z * height) + y) * width) + x] = inside ? 1 : 0;
                }
            }
        }

        return tensor(support, [depth, height, width], dtype: ScalarType.Float32);
    }

    private bool IsInBox(int index, int length) => Math.Abs(index - (length / 2)) <= BoxFraction * length / 2;

    // The autocorrelation's index that lands on this one when it is scaled about the centre; index 0, which is never
    // inside, beyond the volume.
    private int Unshrink(int index, int length)
    {
        int source = (length / 2) + (int)Math.Round((index - (length / 2)) / Shrink);
        return source >= 0 && source < length ? source : 0;
    }
}
