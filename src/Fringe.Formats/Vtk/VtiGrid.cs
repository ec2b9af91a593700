using Fringe.Core.Values;

namespace Fringe.Formats.Vtk;

/// <summary>A regular grid in space: the voxels of a volume <c>[z, y, x]</c>, with its origin at index N/2.</summary>
/// <param name="Shape">Points along each axis; x is the fastest.</param>
public sealed record VtiGrid(Shape3 Shape)
{
    /// <summary>Distance of neighbours, in <see cref="Unit"/>.</summary>
    public Axes3<double> Spacing { get; init; } = new(1, 1, 1);

    /// <summary>"nm", or "voxel" where no geometry is known.</summary>
    public string Unit { get; init; } = "voxel";

    /// <summary>Position of the first voxel.</summary>
    internal Axes3<double> Origin => Shape.Centre.Zip(Spacing, (centre, step) => -centre * step);

    /// <summary>A grid of cubes with edges in nm.</summary>
    public static VtiGrid OfCubes(Shape3 shape, double edgeNanometres) =>
        new(shape) { Spacing = new(edgeNanometres, edgeNanometres, edgeNanometres), Unit = "nm" };
}
