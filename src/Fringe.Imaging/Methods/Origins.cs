namespace Fringe.Imaging.Methods;

/// <summary>The names of starts that are not random.</summary>
public static class Origins
{
    /// <summary>The network's prediction.</summary>
    public const string Network = "network";

    /// <summary>An object that the caller gave.</summary>
    public const string Given = "given";
}
