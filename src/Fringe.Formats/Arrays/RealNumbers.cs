using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>The one wording for arrays whose elements are not real numbers.</summary>
internal static class RealNumbers
{
    public static InputException Error(string path, string? dataset, string typeName)
    {
        string advice = typeName.StartsWith("complex", StringComparison.Ordinal)
            ? "; this looks like a reconstruction, give the measured intensity"
            : "; save the array as a plain number type or choose another one with `Dataset`";
        return InputException.ForFile(
            path,
            $"the elements are {Streams.OneLine(typeName)}, expected real numbers (integer, float or bool){advice}",
            dataset
        );
    }
}
