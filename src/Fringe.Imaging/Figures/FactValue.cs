namespace Fringe.Imaging.Figures;

/// <summary>A text of one run.</summary>
/// <param name="Fact">What it is.</param>
/// <param name="Text">Empty where there is nothing to say.</param>
public sealed record FactValue(Fact Fact, string Text);
