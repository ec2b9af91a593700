namespace Fringe.Core.Values;

/// <summary>Numbers of voxels of a volume <c>[z, y, x]</c>, and where in memory a voxel stands (C order: x varies fastest).</summary>
/// <param name="Depth">Along z: planes, or frames of a rocking curve.</param>
/// <param name="Height">Along y: rows.</param>
/// <param name="Width">Along x: columns.</param>
public readonly record struct Shape3(int Depth, int Height, int Width)
{
    /// <summary>Voxels in the whole volume.</summary>
    public long Volume => (long)Depth * Height * Width;

    /// <summary>The lengths by the axes' names.</summary>
    public Axes3<int> Lengths => new(Depth, Height, Width);

    /// <summary>The voxel at the centre of a centred volume: N/2, rounded down, along each axis.</summary>
    public Axes3<int> Centre => new(Depth / 2, Height / 2, Width / 2);

    /// <summary>Length of axis 0 (z), 1 (y) or 2 (x).</summary>
    public int this[int axis] =>
        axis switch
        {
            0 => Depth,
            1 => Height,
            2 => Width,
            _ => throw new ArgumentOutOfRangeException(
                nameof(axis),
                axis,
                "a volume has the axes 0 (z), 1 (y) and 2 (x)"
            ),
        };

    /// <param name="lengths">In the order z, y, x, as a tensor's shape.</param>
    /// <exception cref="ArgumentException">Not three lengths.</exception>
    public static Shape3 FromList(IReadOnlyList<long> lengths) =>
        lengths.Count == 3
            ? new((int)lengths[0], (int)lengths[1], (int)lengths[2])
            : throw new ArgumentException($"a volume has three axes, not {lengths.Count}", nameof(lengths));

    /// <inheritdoc cref="FromList(IReadOnlyList{long})"/>
    public static Shape3 FromList(IReadOnlyList<int> lengths) =>
        lengths.Count == 3
            ? new(lengths[0], lengths[1], lengths[2])
            : throw new ArgumentException($"a volume has three axes, not {lengths.Count}", nameof(lengths));

    /// <summary>Where a voxel stands in memory.</summary>
    public long Index(int z, int y, int x) => ((((long)z * Height) + y) * Width) + x;

    /// <summary>The voxel that stands there in memory.</summary>
    public Axes3<int> Place(long index) =>
        new((int)(index / ((long)Height * Width)), (int)(index / Width % Height), (int)(index % Width));

    /// <summary>Whether the volume has such a voxel.</summary>
    public bool Contains(int z, int y, int x) => z >= 0 && z < Depth && y >= 0 && y < Height && x >= 0 && x < Width;

    /// <summary>The lengths in the order z, y, x.</summary>
    public int[] ToArray() => [Depth, Height, Width];

    /// <summary>Such as <c>64 x 96 x 96</c>.</summary>
    public override string ToString() => $"{Depth} x {Height} x {Width}";
}
