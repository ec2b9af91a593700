namespace Fringe.Imaging.Figures;

/// <summary>Figures that belong together.</summary>
/// <param name="Name">A heading.</param>
/// <param name="Where">Which results have them, in a sentence.</param>
/// <param name="Figures">In the order of a catalogue.</param>
public sealed record FigureTopic(string Name, string Where, IReadOnlyList<Figure> Figures);
