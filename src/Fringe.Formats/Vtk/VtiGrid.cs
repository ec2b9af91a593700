namespace Fringe.Formats.Vtk;

/// <summary>A regular grid in space: the voxels of a volume <c>[z, y, x]</c>.</summary>
/// <param name="Depth">Points along z.</param>
/// <param name="Height">Points along y.</param>
/// <param name="Width">Points along x (fastest).</param>
/// <param name="SpacingZ">Distance of neighbours along z, in <paramref name="Unit"/>.</param>
/// <param name="SpacingY">Distance of neighbours along y, in <paramref name="Unit"/>.</param>
/// <param name="SpacingX">Distance of neighbours along x, in <paramref name="Unit"/>.</param>
/// <param name="Unit">"nm", or "voxel" where no geometry is known.</param>
public sealed record VtiGrid(
    int Depth,
    int Height,
    int Width,
    double SpacingZ = 1,
    double SpacingY = 1,
    double SpacingX = 1,
    string Unit = "voxel"
)
{
    /// <summary>Position of the first voxel along z; the default puts the origin at index N/2.</summary>
    public double OriginZ { get; init; } = -(Depth / 2) * SpacingZ;

    /// <summary>Position of the first voxel along y.</summary>
    public double OriginY { get; init; } = -(Height / 2) * SpacingY;

    /// <summary>Position of the first voxel along x.</summary>
    public double OriginX { get; init; } = -(Width / 2) * SpacingX;

    internal long Count => (long)Depth * Height * Width;
}
