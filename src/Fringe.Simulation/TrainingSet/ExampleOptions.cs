using Fringe.Core;
using Fringe.Core.Diffraction;

namespace Fringe.Simulation.TrainingSet;

/// <summary>Which pattern to compute from a crystal's atoms.</summary>
public sealed record ExampleOptions : IOptions
{
    /// <summary>The Bragg reflection.</summary>
    public MillerIndices Reflection { get; init; } = new(1, 1, 1);

    /// <summary>Voxels along each axis.</summary>
    public int Size { get; init; } = 64;

    /// <summary>Least edge of the volume over the crystal's largest extent.</summary>
    public double SmallestOversampling { get; init; } = 2;

    /// <summary>Largest; drawn uniformly between the two for each crystal.</summary>
    public double LargestOversampling { get; init; } = 2;

    /// <summary>Photons in the whole pattern.</summary>
    public double Photons { get; init; } = 1e7;

    /// <summary>
    /// The least oversampling ratio of a crystal: a voxel is then a lattice unit, and the pattern ends halfway to the neighbouring reflections of
    /// an FCC crystal, which are 1 away along each axis. What a detector sees of one reflection has no others in it.
    /// </summary>
    /// <param name="extent">Largest of the crystal, lattice units.</param>
    public double LeastOversampling(double extent) => Size / extent;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        if (!Reflection.IsAllowedInFcc)
        {
            yield return new(
                nameof(Reflection),
                $"{Reflection} does not exist in an FCC crystal; hkl must be all even or all odd"
            );
        }

        if (Size is < 16 or > 512 || Size % 2 == 1)
        {
            yield return new(nameof(Size), "must be an even number from 16 to 512");
        }

        if (!(SmallestOversampling >= 1.1 && LargestOversampling <= 16 && SmallestOversampling <= LargestOversampling))
        {
            yield return new(nameof(SmallestOversampling), "must be from 1.1 to 16, the largest not below it");
        }

        if (Photons is not (>= 100 and <= 1e14))
        {
            yield return new(nameof(Photons), "must be 100 to 1e14");
        }
    }
}
