using System.Reflection;

namespace Fringe.Formats.Beamlines;

/// <summary>The JSON files of one kind that ship within the program.</summary>
/// <param name="prefix">Of the kind's resources: "Beamlines.".</param>
internal sealed class ShippedFiles(string prefix)
{
    private const string Ending = ".json";
    private static readonly Assembly Home = typeof(ShippedFiles).Assembly;

    /// <summary>Their names, in order.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. Home.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => name[prefix.Length..^Ending.Length])
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Reads one of them.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="read">Gets its content and its name.</param>
    public T Read<T>(string name, Func<Stream, string, T> read)
    {
        using Stream resource = Home.GetManifestResourceStream($"{prefix}{name}{Ending}")!;
        return read(resource, name);
    }

    /// <summary>Whether two names are one, however they are spelt (34-ID-C, 34idc).</summary>
    public static bool AreOne(string name, string other) => Letters(name) == Letters(other);

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
