namespace Fringe.App.Prediction;

/// <summary>What the network's prediction of a pattern is worth.</summary>
/// <param name="Spread">How far its passes are apart.</param>
/// <param name="Chi">chi on the network's grid.</param>
/// <param name="Doubt">Why it should not be trusted; null when nothing speaks against it.</param>
internal sealed record NetworkJudgement(double Spread, double Chi, string? Doubt);
