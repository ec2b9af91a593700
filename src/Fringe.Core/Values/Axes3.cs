namespace Fringe.Core.Values;

/// <summary>
/// One value for each axis of a volume <c>[z, y, x]</c> = <c>[rocking, row, column]</c>, by the axis' name: unlike a list of three numbers it
/// cannot be taken for the components x, y, z of a <see cref="Vector3D"/>.
/// </summary>
/// <param name="Z">Of the first axis, along which neighbours are a plane apart in memory.</param>
/// <param name="Y">Of the second axis.</param>
/// <param name="X">Of the last axis, along which neighbours stand beside each other.</param>
public readonly record struct Axes3<T>(T Z, T Y, T X)
{
    /// <summary>By the axis' number in a shape: 0 is z, 1 is y, 2 is x.</summary>
    public T this[int axis] =>
        axis switch
        {
            0 => Z,
            1 => Y,
            2 => X,
            _ => throw new ArgumentOutOfRangeException(
                nameof(axis),
                axis,
                "a volume has the axes 0 (z), 1 (y) and 2 (x)"
            ),
        };

    /// <summary>What a function makes of the value of each axis.</summary>
    public Axes3<TResult> Select<TResult>(Func<T, TResult> function) => new(function(Z), function(Y), function(X));

    /// <summary>What a function makes of two values of each axis.</summary>
    public Axes3<TResult> Zip<TOther, TResult>(Axes3<TOther> other, Func<T, TOther, TResult> function) =>
        new(function(Z, other.Z), function(Y, other.Y), function(X, other.X));

    /// <summary>The values in the order z, y, x.</summary>
    public T[] ToArray() => [Z, Y, X];
}

/// <summary>Makes <see cref="Axes3{T}"/> of lists.</summary>
public static class Axes3
{
    /// <param name="values">In the order z, y, x.</param>
    /// <exception cref="ArgumentException">Not three values.</exception>
    public static Axes3<T> FromList<T>(IReadOnlyList<T> values) =>
        values.Count == 3
            ? new(values[0], values[1], values[2])
            : throw new ArgumentException($"{values.Count} values for three axes", nameof(values));
}
