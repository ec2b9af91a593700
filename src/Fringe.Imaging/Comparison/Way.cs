using Fringe.Imaging.Figures;

namespace Fringe.Imaging.Comparison;

/// <summary>A way from a pattern to an object, or where an object is from.</summary>
public sealed class Way
{
    private Way(string jsonName, string name, Figure distance)
    {
        JsonName = jsonName;
        Name = name;
        Distance = distance;
    }

    /// <summary>Iterations alone.</summary>
    public static Way Iterative { get; } = new("iterative", "iterative", ComparisonFigures.DistanceToIterative);

    /// <summary>The network's prediction.</summary>
    public static Way Network { get; } = new("network", "network", ComparisonFigures.DistanceToNetwork);

    /// <summary>The network's prediction, iterated and refined.</summary>
    public static Way Refined { get; } = new("refined", "network + refinement", ComparisonFigures.DistanceToRefined);

    /// <summary>No way: the object that the pattern was made from.</summary>
    public static Way Truth { get; } = new("truth", "truth", ComparisonFigures.DistanceToTruth);

    /// <summary>Name of its file and in <c>compare.json</c>.</summary>
    public string JsonName { get; }

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <summary>The figure of how far an object is from its object.</summary>
    public Figure Distance { get; }
}
